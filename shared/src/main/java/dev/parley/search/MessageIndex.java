package dev.parley.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.Json;
import dev.parley.search.DirectoryRows.Place;
import dev.parley.search.PostingRows.Posting;
import dev.parley.shard.Content;
import dev.parley.shard.ContentDatabase;
import dev.parley.shard.LogicalShard;
import dev.parley.snowflake.Snowflake;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    private static final String CHANGES = """
            SELECT s.id, s.channel_id, s.message_id, s.before,
              (SELECT r.author_id FROM messages r
               WHERE s.before IS NOT NULL AND r.channel_id = (s.before::json->>'reference_channel_id')::bigint
                 AND r.id = (s.before::json->>'reference_id')::bigint) AS replied_to
            FROM search_changes s WHERE s.guild_id = ? ORDER BY s.id LIMIT ?
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

    private final ContentDatabase content;
    private final GoneChannels gone;
    private final Clock clock;

    /** @param gone whose postings go with the rest of them, in the same turns */
    public MessageIndex(ContentDatabase content, GoneChannels gone, Clock clock) {
        this.content = content;
        this.gone = gone;
        this.clock = clock;
    }

    /**
     * How far a guild's index is.
     *
     * @param documents about how many messages are in it
     * @param current whether it has everything that was there when it was asked
     */
    public record Progress(long documents, boolean current) {}

    /** @param before null for a new message */
    private record Change(
            long id,
            long channelId,
            long messageId,
            @Nullable JsonNode before,
            long repliedTo) {}

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
        return content.query(
                LogicalShard.ofGuild(guildId),
                there -> there.handle()
                        .createQuery(PROGRESS)
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
            inRound = gone.removeSome();
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
        return content.transaction(LogicalShard.ofGuild(guildId), there -> step(there, guildId));
    }

    /** As above, in the caller's transaction of the content. */
    public static int step(Content there, Snowflake guildId) {
        if (!there.inDirectory(directory -> DirectoryRows.hasGuild(directory, guildId.value()))) {
            return forget(there.handle(), guildId);
        }
        lock(there.handle(), guildId);
        int changes = applyChanges(there, guildId);
        return changes == STEP ? changes : Math.max(changes, readBacklog(there, guildId));
    }

    /** Takes the guild's index until the transaction ends. */
    private static void lock(Handle handle, Snowflake guildId) {
        handle.execute("INSERT INTO search_guilds (guild_id) VALUES (?) ON CONFLICT DO NOTHING", guildId.value());
        handle.select("SELECT guild_id FROM search_guilds WHERE guild_id = ? FOR UPDATE", guildId.value())
                .mapTo(Long.class)
                .one();
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

    private static int applyChanges(Content there, Snowflake guildId) {
        Handle handle = there.handle();
        List<Change> changes = handle.select(CHANGES, guildId.value(), STEP)
                .map((rs, context) -> {
                    String before = rs.getString("before");
                    return new Change(
                            rs.getLong("id"),
                            rs.getLong("channel_id"),
                            rs.getLong("message_id"),
                            before == null ? null : Json.parse(before),
                            rs.getLong("replied_to"));
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
                        there,
                        first.values().stream().map(Change::channelId).toList(),
                        first.values().stream().map(Change::messageId).toList())
                .forEach(document -> now.put(document.id(), document));
        Map<Long, Place> places = there.inDirectory(directory -> DirectoryRows.places(
                directory, first.values().stream().map(Change::channelId).toList()));
        Set<Long> bots = there.inDirectory(directory -> DirectoryRows.bots(
                directory,
                first.values().stream()
                        .map(Change::before)
                        .filter(Objects::nonNull)
                        .map(MessageIndex::authorId)
                        .toList()));
        List<Posting> added = new ArrayList<>();
        List<Posting> removed = new ArrayList<>();
        int more = 0;
        for (Change change : first.values()) {
            JsonNode before = change.before();
            Place place = places.getOrDefault(change.channelId(), Place.GONE);
            Document document = now.get(change.messageId());
            Set<Long> gone = before == null
                    ? Set.of()
                    : new HashSet<>(new Document(before, bots.contains(authorId(before)), change.repliedTo()).tokens());
            Set<Long> wanted = document == null ? Set.of() : document.tokens();
            gone.stream()
                    .filter(token -> !wanted.contains(token))
                    .forEach(token -> removed.add(posting(place, change, token)));
            wanted.forEach(token -> added.add(posting(place, change, token)));
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

    private static long authorId(JsonNode row) {
        return row.path("author_id").longValue();
    }

    private static Posting posting(Place place, Change change, long token) {
        return new Posting(place.placeId(), token, change.messageId(), place.threadId());
    }

    /** Takes the next messages of one channel, the newest of those that are left. */
    private static int readBacklog(Content there, Snowflake guildId) {
        record Backlog(long channelId, long beforeId) {}
        Handle handle = there.handle();
        Backlog backlog = handle.select(
                        "SELECT channel_id, before_id FROM search_backlog WHERE guild_id = ? ORDER BY channel_id LIMIT 1",
                        guildId.value())
                .map((rs, context) -> new Backlog(rs.getLong("channel_id"), rs.getLong("before_id")))
                .findOne()
                .orElse(null);
        if (backlog == null) {
            return 0;
        }
        Place place = there.inDirectory(directory -> DirectoryRows.places(directory, List.of(backlog.channelId())))
                .getOrDefault(backlog.channelId(), Place.GONE);
        List<Document> documents = place.equals(Place.GONE)
                ? List.of()
                : DocumentRows.older(there, backlog.channelId(), backlog.beforeId(), STEP);
        PostingRows.insert(handle, postings(place.placeId(), place.threadId(), documents));
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

    /** The next guild that has something to be done, on whichever cluster. */
    private @Nullable Long nextGuild(long after) {
        return content
                .everywhere(there -> there.handle()
                        .createQuery(NEXT_GUILD)
                        .bind("after", after)
                        .mapTo(Long.class)
                        .findOne())
                .stream()
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
