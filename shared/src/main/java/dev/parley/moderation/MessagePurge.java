package dev.parley.moderation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.MemberRows;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Json;
import dev.parley.shard.ContentDatabase;
import dev.parley.shard.LogicalShard;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import dev.parley.thread.ThreadActivity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what users said in a guild in the last days. A message's id begins with its time, so in each channel this is a
 * scan of one range of the primary key: it costs what was said there in that time, by whomever, and needs no index of its
 * own.
 *
 * <p>Thread-safe.
 */
final class MessagePurge {

    private static final Logger log = LoggerFactory.getLogger(MessagePurge.class);

    /** The most ids of one MESSAGE_DELETE_BULK (Discord documentation, "Bulk Delete Messages"). */
    private static final int BATCH = 100;

    /** Well within the 30 s that API Gateway waits for a function. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final String DELETE = """
            WITH doomed AS (
              SELECT id FROM messages
              WHERE channel_id = :channel AND id > :after AND author_id = ANY (:authors) ORDER BY id LIMIT :limit
            )
            DELETE FROM messages m USING doomed d WHERE m.channel_id = :channel AND m.id = d.id RETURNING m.id
            """;

    private final Database database;
    private final ContentDatabase content;
    private final SnowflakeGenerator ids;
    private final Outbox outbox;
    private final EventPublisher publisher;
    private final Clock clock;

    MessagePurge(
            Database database,
            ContentDatabase content,
            SnowflakeGenerator ids,
            Outbox outbox,
            EventPublisher publisher,
            Clock clock) {
        this.database = database;
        this.content = content;
        this.ids = ids;
        this.outbox = outbox;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Removes the messages of users in all channels of a guild, each hundred in a transaction of its own. After 20 s it
     * leaves the rest, and logs that it does.
     *
     * @param period how far back; nothing happens for none
     */
    void purge(Snowflake guildId, List<Snowflake> authors, Duration period) {
        if (period.isZero() || authors.isEmpty()) {
            return;
        }
        Instant start = clock.instant();
        long oldest = Math.max(0, start.minus(period).toEpochMilli() - Snowflake.EPOCH_MILLIS) << 22;
        long begun = System.nanoTime();
        for (Snowflake channelId : channels(guildId)) {
            long after = oldest;
            while (after >= 0) {
                if (System.nanoTime() - begun > LONGEST.toNanos()) {
                    log.warn("Guild {}: not all messages of banned users are removed", guildId);
                    return;
                }
                after = removeSome(guildId, channelId, authors, after);
            }
        }
    }

    /** Removes at most a hundred messages, and gives the id to go on from; -1 when there are no more. */
    private long removeSome(Snowflake guildId, Snowflake channelId, List<Snowflake> authors, long after) {
        record Removed(List<Long> messages, List<Event> events) {}
        Removed removed = content.transaction(LogicalShard.ofGuild(guildId), there -> {
            List<Long> messages = there.handle()
                    .createQuery(DELETE)
                    .bind("channel", channelId.value())
                    .bind("after", after)
                    .bind("authors", MemberRows.longs(authors))
                    .bind("limit", BATCH)
                    .mapTo(Long.class)
                    .list();
            if (messages.isEmpty()) {
                return new Removed(messages, List.of());
            }
            Event event = new Event(
                    ids.next(),
                    DispatchType.MESSAGE_DELETE_BULK,
                    new Audience.Guild(guildId, channelId),
                    data(guildId, channelId, messages));
            outbox.add(there.handle(), event);
            ThreadActivity.deleted(there, channelId, event.id(), messages.size());
            return new Removed(messages, List.of(event));
        });
        publisher.publish(removed.events());
        return removed.messages().size() < BATCH
                ? -1
                : removed.messages().stream().mapToLong(Long::longValue).max().orElse(-1);
    }

    private List<Snowflake> channels(Snowflake guildId) {
        return database.query(
                handle -> handle.select("SELECT id FROM channels WHERE guild_id = ? ORDER BY id", guildId.value())
                        .mapTo(Long.class)
                        .map(Snowflake::new)
                        .list());
    }

    private static ObjectNode data(Snowflake guildId, Snowflake channelId, List<Long> messages) {
        ObjectNode data = Json.object();
        ArrayNode list = data.putArray("ids");
        messages.stream().sorted().forEach(id -> list.add(Long.toString(id)));
        data.put("channel_id", channelId.toString());
        data.put("guild_id", guildId.toString());
        return data;
    }
}
