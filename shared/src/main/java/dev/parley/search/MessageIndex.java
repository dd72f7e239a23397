package dev.parley.search;

import dev.parley.protocol.Json;
import dev.parley.search.PostingRows.Posting;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the index of guild messages up to date. The database notes each change of a message in the transaction that makes
 * it; here the notes are worked off, in their order and guild by guild, by a schedule and by whoever searches. A step is one
 * transaction, so that what is broken off is done again and nothing is lost.
 *
 * <p>Thread-safe, also between processes: a guild's steps follow on each other.
 */
public final class MessageIndex {

    /** Messages in a step. */
    private static final int STEP = 500;

    private static final int STEPS_IN_TURN = 20;
    private static final int REMOVED_AT_ONCE = 10_000;

    private static final String CHANGES = "SELECT s.id, s.channel_id, s.message_id, s.before, u.bot, "
            + PostingRows.PLACE + " AS place_id, " + PostingRows.THREAD + " AS thread_id" + """
            , (SELECT r.author_id FROM messages r
               WHERE s.before IS NOT NULL AND r.channel_id = (s.before::json->>'reference_channel_id')::bigint
                 AND r.id = (s.before::json->>'reference_id')::bigint) AS replied_to
            FROM (SELECT * FROM search_changes WHERE guild_id = ? ORDER BY id LIMIT ?) s
              LEFT JOIN channels c ON c.id = s.channel_id
              LEFT JOIN users u ON s.before IS NOT NULL AND u.id = (s.before::json->>'author_id')::bigint
            ORDER BY s.id
            """;

    private static final String PROGRESS = """
            SELECT coalesce((SELECT documents FROM search_guilds WHERE guild_id = :guild), 0) AS documents,
              EXISTS (SELECT 1 FROM search_changes WHERE guild_id = :guild)
              OR EXISTS (SELECT 1 FROM search_backlog WHERE guild_id = :guild) AS behind
            """;

    private static final String NEXT_GUILD = """
            SELECT min(guild_id) FROM (
              (SELECT guild_id FROM search_changes WHERE guild_id > :after ORDER BY guild_id LIMIT 1)
              UNION ALL
              (SELECT guild_id FROM search_backlog WHERE guild_id > :after ORDER BY guild_id LIMIT 1)) g
            """;

    private final Database database;
    private final Clock clock;

    public MessageIndex(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * How far a guild's index is.
     *
     * @param documents about how many messages are in it
     * @param current whether it has everything that was there when it was asked
     */
    public record Progress(long documents, boolean current) {}

    /** @param placeId 0 if the channel is gone */
    private record Change(
            long id,
            long channelId,
            long messageId,
            @Nullable String before,
            boolean bot,
            long repliedTo,
            long placeId,
            @Nullable Long threadId) {}

    /** Brings a guild's index up to date, as far as there is time. */
    public Progress catchUp(Snowflake guildId, Duration time) {
        Instant end = clock.instant().plus(time);
        Progress progress = progress(guildId);
        while (!progress.current() && clock.instant().isBefore(end)) {
            boolean all = step(guildId) < STEP;
            progress = all ? new Progress(progress(guildId).documents(), true) : progress(guildId);
        }
        return progress;
    }

    private Progress progress(Snowflake guildId) {
        return database.query(handle -> handle.createQuery(PROGRESS)
                .bind("guild", guildId.value())
                .map((rs, context) -> new Progress(rs.getLong("documents"), !rs.getBoolean("behind")))
                .one());
    }

    /**
     * Works for all guilds in turn, until everything is done or the time is over.
     *
     * @return messages looked at
     */
    public int work(Duration time) {
        Instant end = clock.instant().plus(time);
        int done = 0;
        int inRound;
        do {
            inRound = removeGone();
            Long guild = nextGuild(0);
            while (guild != null && clock.instant().isBefore(end)) {
                for (int i = 0; i < STEPS_IN_TURN && clock.instant().isBefore(end); i++) {
                    int messages = step(new Snowflake(guild));
                    inRound += messages;
                    if (messages < STEP) {
                        break;
                    }
                }
                guild = nextGuild(guild);
            }
            done += inRound;
        } while (inRound > 0 && clock.instant().isBefore(end));
        return done;
    }

    /** One step for a guild. Returns how many messages it looked at: with fewer than a full step, nothing is left. */
    private int step(Snowflake guildId) {
        return database.transaction(handle -> {
            if (!lock(handle, guildId)) {
                return forget(handle, guildId);
            }
            int changes = applyChanges(handle, guildId);
            return changes == STEP ? changes : Math.max(changes, readBacklog(handle, guildId));
        });
    }

    /** Takes the guild's index until the transaction ends; false if there is no such guild any more. */
    private static boolean lock(Handle handle, Snowflake guildId) {
        handle.execute(
                "INSERT INTO search_guilds (guild_id) SELECT id FROM guilds WHERE id = ? ON CONFLICT DO NOTHING",
                guildId.value());
        return handle.select("SELECT guild_id FROM search_guilds WHERE guild_id = ? FOR UPDATE", guildId.value())
                .mapTo(Long.class)
                .findOne()
                .isPresent();
    }

    private static int forget(Handle handle, Snowflake guildId) {
        int forgotten = handle.execute(
                "DELETE FROM search_changes WHERE guild_id = ? AND id IN"
                        + " (SELECT id FROM search_changes WHERE guild_id = ? LIMIT ?)",
                guildId.value(),
                guildId.value(),
                REMOVED_AT_ONCE);
        return Math.min(forgotten, STEP);
    }

    private static int applyChanges(Handle handle, Snowflake guildId) {
        List<Change> changes = handle.select(CHANGES, guildId.value(), STEP)
                .map((rs, context) -> {
                    long thread = rs.getLong("thread_id");
                    return new Change(
                            rs.getLong("id"),
                            rs.getLong("channel_id"),
                            rs.getLong("message_id"),
                            rs.getString("before"),
                            rs.getBoolean("bot"),
                            rs.getLong("replied_to"),
                            rs.getLong("place_id"),
                            thread == 0 ? null : thread);
                })
                .list();
        if (changes.isEmpty()) {
            return 0;
        }
        // Of several changes of a message the first says what is indexed, and the message itself what is to be.
        Map<Long, Change> first = new LinkedHashMap<>();
        changes.forEach(change -> first.putIfAbsent(change.messageId(), change));
        Map<Long, Document> now = new HashMap<>();
        DocumentRows.find(
                        handle,
                        first.values().stream().map(Change::channelId).toList(),
                        first.values().stream().map(Change::messageId).toList())
                .forEach(document -> now.put(document.id(), document));
        List<Posting> added = new ArrayList<>();
        List<Posting> removed = new ArrayList<>();
        int more = 0;
        for (Change change : first.values()) {
            String before = change.before();
            Document document = now.get(change.messageId());
            Set<Long> gone = before == null
                    ? Set.of()
                    : new HashSet<>(new Document(Json.parse(before), change.bot(), change.repliedTo()).tokens());
            Set<Long> wanted = document == null ? Set.of() : document.tokens();
            gone.stream()
                    .filter(token -> !wanted.contains(token))
                    .forEach(token -> removed.add(posting(change, token)));
            wanted.forEach(token -> added.add(posting(change, token)));
            more += (document == null ? 0 : 1) - (before == null ? 0 : 1);
        }
        PostingRows.delete(handle, removed);
        PostingRows.insert(handle, added);
        count(handle, guildId, more);
        handle.execute(
                "DELETE FROM search_changes WHERE guild_id = ? AND id = ANY (?)",
                guildId.value(),
                changes.stream().map(Change::id).toArray(Long[]::new));
        return changes.size();
    }

    private static Posting posting(Change change, long token) {
        return new Posting(change.placeId(), token, change.messageId(), change.threadId());
    }

    /** Takes the next messages of one channel, the newest of those that are left. */
    private static int readBacklog(Handle handle, Snowflake guildId) {
        record Backlog(
                long channelId,
                long beforeId,
                long placeId,
                @Nullable Long threadId) {}
        Backlog backlog = handle.select(
                        "SELECT b.channel_id, b.before_id, " + PostingRows.PLACE + " AS place_id, " + PostingRows.THREAD
                                + " AS thread_id FROM search_backlog b JOIN channels c ON c.id = b.channel_id"
                                + " WHERE b.guild_id = ? ORDER BY b.channel_id LIMIT 1",
                        guildId.value())
                .map((rs, context) -> {
                    long thread = rs.getLong("thread_id");
                    return new Backlog(
                            rs.getLong("channel_id"),
                            rs.getLong("before_id"),
                            rs.getLong("place_id"),
                            thread == 0 ? null : thread);
                })
                .findOne()
                .orElse(null);
        if (backlog == null) {
            return 0;
        }
        List<Document> documents = DocumentRows.older(handle, backlog.channelId(), backlog.beforeId(), STEP);
        PostingRows.insert(handle, postings(backlog.placeId(), backlog.threadId(), documents));
        count(handle, guildId, documents.size());
        if (documents.size() < STEP) {
            handle.execute(
                    "DELETE FROM search_backlog WHERE guild_id = ? AND channel_id = ?",
                    guildId.value(),
                    backlog.channelId());
        } else {
            handle.execute(
                    "UPDATE search_backlog SET before_id = ? WHERE guild_id = ? AND channel_id = ?",
                    documents.getLast().id(),
                    guildId.value(),
                    backlog.channelId());
        }
        // The guild may have other channels: a step is full as long as there was one.
        return STEP;
    }

    private static List<Posting> postings(long placeId, @Nullable Long threadId, Collection<Document> documents) {
        List<Posting> postings = new ArrayList<>();
        for (Document document : documents) {
            document.tokens().forEach(token -> postings.add(new Posting(placeId, token, document.id(), threadId)));
        }
        return postings;
    }

    private static void count(Handle handle, Snowflake guildId, int more) {
        if (more != 0) {
            handle.execute(
                    "UPDATE search_guilds SET documents = greatest(documents + ?, 0) WHERE guild_id = ?",
                    more,
                    guildId.value());
        }
    }

    /** Removes postings of a channel that is deleted. */
    private int removeGone() {
        return database.transaction(handle -> {
            Long channel = handle.select("SELECT channel_id FROM search_gone LIMIT 1 FOR UPDATE SKIP LOCKED")
                    .mapTo(Long.class)
                    .findOne()
                    .orElse(null);
            if (channel == null) {
                return 0;
            }
            int removed = PostingRows.deleteSome(handle, channel, REMOVED_AT_ONCE);
            if (removed == 0) {
                handle.execute("DELETE FROM search_gone WHERE channel_id = ?", channel);
            }
            return removed + 1;
        });
    }

    private @Nullable Long nextGuild(long after) {
        return database.query(handle -> handle.createQuery(NEXT_GUILD)
                .bind("after", after)
                .mapTo(Long.class)
                .findOne()
                .orElse(null));
    }
}
