package dev.parley.shard;

import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Moves a logical shard between clusters while it is written to.
 *
 * <p>The source notes each message that changes, in the transaction that changes it, from a moment on at which no transaction
 * is under way that does not. What is there then is copied; what was noted is copied again, until little is left. Both sides
 * are compared, and what has changed meanwhile is compared once more, until that is little, too. Then the source refuses
 * writes, the rest is copied, and compared. Only if everything was equal is the map changed, which is the one step that
 * decides. Before it the source has the shard, whatever happens; after it the target has. What is left on the other side is
 * removed later.
 *
 * <p>A process that ends anywhere leaves a move that another takes up. Of two, the one that came last goes on: each write of
 * the other is refused.
 *
 * <p>Not thread-safe.
 */
public final class ShardMover {

    private static final int AT_ONCE = 500;
    private static final int CHANNELS_AT_ONCE = 500;

    /** Changes that are copied and compared while writers wait. */
    private static final int FEW = 25;

    /** How often it is tried to come down to a {@link #FEW}; with more writers than that allows, they wait for longer. */
    private static final int ROUNDS_TO_FEW = 50;

    private static final int CATCH_UP_ROUNDS = 1_000;
    private static final int TRIES = 3;

    /** The postings of a thread are those of its channel, of which nothing else may be there. */
    private static final List<String> POSTINGS_BY = List.of("place_id", "thread_id");

    /** How long a step may wait for writers, and these for it. */
    private static final Duration LOCK_TIMEOUT = Duration.ofMillis(250);

    private static final int LOCK_TRIES = 40;

    private static final String NOTHING = "[]";

    /** PostgreSQL, "Error Codes". */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Clusters clusters;
    private final ContentDatabase content;
    private final Index index;
    private final Duration grace;
    private final Consumer<String> steps;

    /**
     * A mover.
     *
     * @param grace how long the source keeps its rows after the switch: longer than a request that has read the old map may
     *     run
     * @param steps hears of each step before it is done
     */
    public ShardMover(ContentDatabase content, Index index, Duration grace, Consumer<String> steps) {
        this.clusters = content.clusters();
        this.content = content;
        this.index = index;
        this.grace = grace;
        this.steps = steps;
    }

    /** What keeps the index of messages, which is not copied but made anew where the messages are. */
    @FunctionalInterface
    public interface Index {

        /** Works off some changes of a guild's messages, and returns how many; 0 when there are none. */
        int step(Content content, Snowflake guildId);
    }

    /**
     * What a move has done.
     *
     * @param frozen how long writers had to wait at the most, from when the first was held up until the target took the next
     *     write; zero if another call had switched before
     */
    public record Moved(LogicalShard shard, String source, String target, Duration frozen) {}

    /**
     * Moves a shard, or goes on with the move that was begun.
     *
     * @throws MoveFailedException if it is there already or on its way elsewhere, or both sides differ; the shard is where it
     *     was then
     * @throws UnknownClusterException if there is no such cluster
     */
    public Moved move(LogicalShard shard, String target) {
        clusters.get(target);
        MoveRecord move = clusters.directory().transaction(directory -> {
            MoveRecord open = MoveRecord.open(directory, shard).orElse(null);
            String source = open == null ? cluster(directory, shard) : open.source();
            if (open == null && source.equals(target)) {
                throw new MoveFailedException("Logical shard " + shard + " is on " + target);
            }
            if (open != null && !open.target().equals(target)) {
                throw new MoveFailedException("Logical shard " + shard + " is on its way to " + open.target());
            }
            return MoveRecord.take(directory, shard, source, target);
        });
        Duration frozen = Duration.ZERO;
        if (move.phase() == MovePhase.ABORTING) {
            abort(move);
            throw new MoveFailedException("The move of logical shard " + shard + " was given up before; begin it anew");
        }
        if (move.phase() == MovePhase.SWITCHED) {
            takeUpSwitched(move);
            open(move);
        } else {
            takeUp(move);
            if (move.phase() == MovePhase.PREPARING) {
                move = prepare(move);
            }
            if (move.phase() == MovePhase.COPYING) {
                move = copy(move);
            }
            long frozenAt = freeze(move);
            move = switchMap(move);
            open(move);
            frozen = Duration.ofNanos(System.nanoTime() - frozenAt);
        }
        finish(move);
        return new Moved(shard, move.source(), move.target(), frozen);
    }

    /**
     * Gives up a move that has not switched: the source keeps the shard.
     *
     * @throws MoveFailedException if nothing is moved, or it has switched
     */
    public void abort(LogicalShard shard) {
        MoveRecord move = clusters.directory().transaction(directory -> {
            MoveRecord open = MoveRecord.open(directory, shard)
                    .orElseThrow(() -> new MoveFailedException("Logical shard " + shard + " is not being moved"));
            if (open.phase() == MovePhase.SWITCHED) {
                throw new MoveFailedException(
                        "Logical shard " + shard + " is on " + open.target() + " already; move it back");
            }
            return MoveRecord.take(directory, shard, open.source(), open.target());
        });
        abort(move);
    }

    private static String cluster(Handle directory, LogicalShard shard) {
        return directory
                .select("SELECT cluster FROM shard_map WHERE shard = ?", shard.number())
                .mapTo(String.class)
                .findOne()
                .orElse(Clusters.ZERO);
    }

    /** From here on nobody writes with the number of a mover before. */
    private void takeUp(MoveRecord move) {
        steps.accept("take up");
        locked(
                source(move),
                move.shard(),
                handle -> handle.execute(
                        "UPDATE shard_ownership SET mover = ? WHERE shard = ? AND state IN ('owned', 'moving', 'frozen')",
                        move.mover(),
                        move.shard().number()));
        locked(target(move), move.shard(), handle -> {
            int arriving = handle.execute(
                    "UPDATE shard_ownership SET mover = ?, state = 'arriving'"
                            + " WHERE shard = ? AND state IN ('absent', 'arriving')",
                    move.mover(),
                    move.shard().number());
            if (arriving == 0) {
                throw new MoveFailedException("Cluster " + move.target() + " still has rows of logical shard "
                        + move.shard() + " from before");
            }
            return arriving;
        });
    }

    private void takeUpSwitched(MoveRecord move) {
        steps.accept("take up");
        for (Database cluster : List.of(source(move), target(move))) {
            locked(
                    cluster,
                    move.shard(),
                    handle -> handle.execute(
                            "UPDATE shard_ownership SET mover = ?"
                                    + " WHERE shard = ? AND state IN ('frozen', 'leaving', 'arriving')",
                            move.mover(),
                            move.shard().number()));
        }
    }

    private MoveRecord prepare(MoveRecord move) {
        steps.accept("clear the target");
        removeAll(target(move), move);
        steps.accept("note changes");
        locked(source(move), move.shard(), handle -> {
            handle.execute(
                    "DELETE FROM shard_changes WHERE shard = ?", move.shard().number());
            return become(handle, move, "moving", "owned", "moving", "frozen");
        });
        return phase(move, MovePhase.COPYING);
    }

    private MoveRecord copy(MoveRecord move) {
        long channel = move.channelId();
        long message = move.messageId();
        // The channel in which the copy ended comes again, from the message on.
        long after = channel - 1;
        while (true) {
            long from = after;
            List<ShardRows.Place> places =
                    source(move).query(handle -> ShardRows.places(handle, move.shard(), from, CHANNELS_AT_ONCE));
            if (places.isEmpty()) {
                return phase(move, MovePhase.CATCHING_UP);
            }
            write(move, handle -> ShardRows.addPlaces(handle, places));
            for (ShardRows.Place place : places) {
                copyChannel(move, place.channelId(), place.channelId() == channel ? message : 0);
                after = place.channelId();
            }
        }
    }

    private void copyChannel(MoveRecord move, long channel, long from) {
        long after = from;
        while (true) {
            steps.accept("copy");
            long last = after;
            List<Long> ids = source(move).query(handle -> ShardRows.ids(handle, channel, last, AT_ONCE));
            if (ids.isEmpty()) {
                return;
            }
            List<ShardRows.Key> keys =
                    ids.stream().map(id -> new ShardRows.Key(channel, id)).toList();
            ShardRows.Copy rows = source(move).query(handle -> ShardRows.read(handle, keys));
            write(move, handle -> ShardRows.add(handle, rows));
            after = ids.getLast();
            long copied = after;
            clusters.directory().query(directory -> {
                move.copied(directory, channel, copied);
                return copied;
            });
        }
    }

    /**
     * Makes both sides equal and lets nobody write.
     *
     * @return when the first writer was held up, by {@link System#nanoTime}
     */
    private long freeze(MoveRecord move) {
        // After a crash it may still be frozen.
        thaw(move);
        for (int attempt = 1; ; attempt++) {
            Instant begun = copyApplied(move, Instant.EPOCH);
            catchUp(move, new HashSet<>());
            buildIndex(move);
            noteNewest(move);
            Set<ShardRows.Key> doubts = new HashSet<>();
            compareAll(move, doubts);
            catchUp(move, doubts);
            buildIndex(move);
            settle(move, doubts);
            steps.accept("freeze");
            long frozenAt =
                    locked(source(move), move.shard(), handle -> become(handle, move, "frozen", "moving", "frozen"));
            steps.accept("copy the rest");
            List<Change> left;
            do {
                left = changes(move);
                copyChanged(move, left, doubts);
                // They are forgotten with the move, unless there are more behind them.
                if (left.size() == AT_ONCE) {
                    forget(move, left);
                }
            } while (left.size() == AT_ONCE);
            copyApplied(move, begun);
            steps.accept("compare");
            if (differing(move, doubts).isEmpty()) {
                return frozenAt;
            }
            thaw(move);
            if (attempt == TRIES) {
                abort(move);
                throw new MoveFailedException("Logical shard " + move.shard() + " differs between " + move.source()
                        + " and " + move.target() + " after its copy. It stays on " + move.source());
            }
        }
    }

    /** Compares what is in doubt and copies what has changed, in turns, until little is left to be compared. */
    private void settle(MoveRecord move, Set<ShardRows.Key> doubts) {
        for (int round = 0; round < ROUNDS_TO_FEW; round++) {
            steps.accept("compare again");
            doubts.retainAll(differing(move, doubts));
            catchUp(move, doubts);
            if (doubts.size() < FEW) {
                return;
            }
        }
    }

    /** The one step that decides. */
    private MoveRecord switchMap(MoveRecord move) {
        steps.accept("switch");
        return clusters.directory().transaction(directory -> {
            MoveRecord next = move.become(directory, MovePhase.SWITCHED);
            if (move.target().equals(Clusters.ZERO)) {
                directory.execute(
                        "DELETE FROM shard_map WHERE shard = ?", move.shard().number());
            } else {
                directory.execute(
                        "INSERT INTO shard_map (shard, cluster) VALUES (?, ?)"
                                + " ON CONFLICT (shard) DO UPDATE SET cluster = excluded.cluster",
                        move.shard().number(),
                        move.target());
            }
            directory.execute("UPDATE shard_map_version SET version = version + 1");
            return next;
        });
    }

    /**
     * Lets the target be written to, and the source not any more. The source is closed in between, while both only answer: else
     * somebody with the old map could read there what is not the newest any more.
     */
    private void open(MoveRecord move) {
        steps.accept("let the target answer");
        target(move)
                .query(handle -> handle.execute(
                        "UPDATE shard_ownership SET state = 'frozen' WHERE shard = ? AND mover = ? AND state = 'arriving'",
                        move.shard().number(),
                        move.mover()));
        steps.accept("close the source");
        source(move).query(handle -> become(handle, move, "leaving", "frozen", "leaving"));
        steps.accept("open the target");
        target(move)
                .query(handle -> handle.execute(
                        "UPDATE shard_ownership SET state = 'owned', mover = NULL"
                                + " WHERE shard = ? AND mover = ? AND state = 'frozen'",
                        move.shard().number(),
                        move.mover()));
    }

    private void finish(MoveRecord move) {
        noteNewest(move);
        steps.accept("wait");
        sleep(grace);
        steps.accept("clear the source");
        removeAll(source(move), move);
        if (move.target().equals(Clusters.ZERO)) {
            target(move)
                    .query(handle -> handle.execute(
                            "DELETE FROM newest_messages n USING channel_places p"
                                    + " WHERE p.channel_id = n.channel_id AND p.shard = ?",
                            move.shard().number()));
        }
        source(move).transaction(handle -> {
            handle.execute(
                    "DELETE FROM shard_changes WHERE shard = ?", move.shard().number());
            return handle.execute(
                    "UPDATE shard_ownership SET state = 'absent', mover = NULL"
                            + " WHERE shard = ? AND mover = ? AND state = 'leaving'",
                    move.shard().number(),
                    move.mover());
        });
        phase(move, MovePhase.DONE);
    }

    private void abort(MoveRecord move) {
        steps.accept("give up");
        MoveRecord aborting = phase(move, MovePhase.ABORTING);
        locked(source(move), move.shard(), handle -> {
            handle.execute(
                    "DELETE FROM shard_changes WHERE shard = ?", move.shard().number());
            return handle.execute(
                    "UPDATE shard_ownership SET state = 'owned', mover = NULL"
                            + " WHERE shard = ? AND state IN ('owned', 'moving', 'frozen')",
                    move.shard().number());
        });
        locked(
                target(move),
                move.shard(),
                handle -> handle.execute(
                        "UPDATE shard_ownership SET mover = ? WHERE shard = ? AND state = 'arriving'",
                        move.mover(),
                        move.shard().number()));
        removeAll(target(move), move);
        locked(
                target(move),
                move.shard(),
                handle -> handle.execute(
                        "UPDATE shard_ownership SET state = 'absent', mover = NULL WHERE shard = ? AND state = 'arriving'",
                        move.shard().number()));
        phase(aborting, MovePhase.ABORTED);
    }

    private void thaw(MoveRecord move) {
        locked(source(move), move.shard(), handle -> become(handle, move, "moving", "frozen", "moving"));
    }

    private void catchUp(MoveRecord move, Set<ShardRows.Key> doubts) {
        for (int round = 1; round <= CATCH_UP_ROUNDS; round++) {
            List<Change> changes = changes(move);
            copyChanged(move, changes, doubts);
            forget(move, changes);
            if (changes.size() < FEW || (round >= ROUNDS_TO_FEW && changes.size() < AT_ONCE)) {
                return;
            }
        }
        throw new MoveFailedException("Logical shard " + move.shard() + " changes faster than it can be copied");
    }

    /** @param place null if the channel is gone from the source altogether, its messages included */
    private record Change(long id, ShardRows.Key message, ShardRows.@Nullable Place place) {}

    private List<Change> changes(MoveRecord move) {
        steps.accept("catch up");
        return source(move)
                .query(handle -> handle.select(
                                "SELECT c.id, c.channel_id, c.message_id, p.channel_id AS place, p.guild_id, p.gone"
                                        + " FROM shard_changes c LEFT JOIN channel_places p ON p.channel_id = c.channel_id"
                                        + " WHERE c.shard = ? ORDER BY c.id LIMIT ?",
                                move.shard().number(),
                                AT_ONCE)
                        .map((rs, context) -> new Change(
                                rs.getLong("id"),
                                new ShardRows.Key(rs.getLong("channel_id"), rs.getLong("message_id")),
                                rs.getObject("place") == null
                                        ? null
                                        : new ShardRows.Place(
                                                rs.getLong("place"),
                                                rs.getObject("guild_id", Long.class),
                                                rs.getBoolean("gone"))))
                        .list());
    }

    /** Copies messages that have changed as they are now. */
    private void copyChanged(MoveRecord move, List<Change> changes, Set<ShardRows.Key> doubts) {
        if (changes.isEmpty()) {
            return;
        }
        Set<ShardRows.Key> keys = new HashSet<>();
        Set<ShardRows.Place> places = new HashSet<>();
        for (Change change : changes) {
            keys.add(change.message());
            if (change.place() != null) {
                places.add(change.place());
            }
        }
        ShardRows.Copy rows = source(move).query(handle -> ShardRows.read(handle, keys));
        write(move, handle -> {
            ShardRows.addPlaces(handle, places);
            ShardRows.remove(handle, keys);
            ShardRows.add(handle, rows);
        });
        doubts.addAll(keys);
    }

    /** Only those that were read: of two transactions, the one with the smaller id may commit last. */
    private void forget(MoveRecord move, List<Change> changes) {
        steps.accept("forget changes");
        if (!changes.isEmpty()) {
            source(move)
                    .query(handle -> handle.execute(
                            "DELETE FROM shard_changes WHERE shard = ? AND id = ANY (?)",
                            move.shard().number(),
                            changes.stream().map(Change::id).toArray(Long[]::new)));
        }
    }

    /**
     * What others have handed over to this shard, and was done.
     *
     * @param since of that, what was done after this moment of the source
     * @return the moment of the source before which everything is copied now
     */
    private Instant copyApplied(MoveRecord move, Instant since) {
        record Applied(Instant until, String rows) {}
        Applied applied = source(move)
                .query(handle -> handle.select(
                                "SELECT now() - interval '1 minute' AS until, coalesce((SELECT json_agg(a)"
                                        + " FROM applied_changes a WHERE shard = ? AND created_at >= ?), '[]')::text AS rows",
                                move.shard().number(),
                                since.atOffset(ZoneOffset.UTC))
                        .map((rs, context) -> new Applied(
                                rs.getObject("until", OffsetDateTime.class).toInstant(), rs.getString("rows")))
                        .one());
        if (applied.rows().equals(NOTHING)) {
            return applied.until();
        }
        target(move)
                .query(handle -> handle.execute(
                        "INSERT INTO applied_changes SELECT * FROM json_populate_recordset(NULL::applied_changes,"
                                + " CAST(? AS json)) ON CONFLICT DO NOTHING",
                        applied.rows()));
        return applied.until();
    }

    private void buildIndex(MoveRecord move) {
        List<Long> guilds = target(move)
                .query(handle -> handle.select(
                                "SELECT DISTINCT guild_id FROM channel_places WHERE shard = ? AND guild_id IS NOT NULL",
                                move.shard().number())
                        .mapTo(Long.class)
                        .list());
        for (Long guild : guilds) {
            int done;
            do {
                steps.accept("index");
                done = target(move).transaction(handle -> {
                    claim(handle, move);
                    return index.step(content.content(move.target(), handle), new Snowflake(guild));
                });
            } while (done >= FEW);
        }
    }

    /** Channel by channel and piece by piece; what differs is in doubt, and has most likely just changed. */
    private void compareAll(MoveRecord move, Set<ShardRows.Key> doubts) {
        steps.accept("compare all");
        long after = 0;
        while (true) {
            long from = after;
            List<ShardRows.Place> places =
                    source(move).query(handle -> ShardRows.places(handle, move.shard(), from, CHANNELS_AT_ONCE));
            if (places.isEmpty()) {
                return;
            }
            for (ShardRows.Place place : places) {
                compareChannel(move, place.channelId(), doubts);
                after = place.channelId();
            }
        }
    }

    private void compareChannel(MoveRecord move, long channel, Set<ShardRows.Key> doubts) {
        long after = 0;
        while (after < Long.MAX_VALUE) {
            long from = after;
            List<Long> ids = source(move).query(handle -> ShardRows.ids(handle, channel, from, AT_ONCE));
            // Behind the last one there is nothing, or what comes meanwhile.
            ShardRows.Range piece =
                    new ShardRows.Range(channel, from, ids.size() < AT_ONCE ? Long.MAX_VALUE : ids.getLast());
            if (differs(move, piece)) {
                Set<ShardRows.Key> keys = new HashSet<>();
                source(move).query(handle -> keys.addAll(ShardRows.keys(handle, piece)));
                target(move).query(handle -> keys.addAll(ShardRows.keys(handle, piece)));
                doubts.addAll(differing(move, keys));
            }
            after = piece.until();
        }
    }

    private boolean differs(MoveRecord move, ShardRows.Range piece) {
        String there = source(move).query(handle -> ShardRows.digest(handle, piece));
        return !there.equals(target(move).query(handle -> ShardRows.digest(handle, piece)));
    }

    /** Those of some messages that are not the same on both sides. */
    private Set<ShardRows.Key> differing(MoveRecord move, Set<ShardRows.Key> messages) {
        Set<ShardRows.Key> differing = new HashSet<>();
        List<ShardRows.Key> keys = new ArrayList<>(messages);
        keys.sort(Comparator.comparingLong(ShardRows.Key::channelId).thenComparingLong(ShardRows.Key::messageId));
        for (int begin = 0; begin < keys.size(); begin += AT_ONCE) {
            List<ShardRows.Key> some = keys.subList(begin, Math.min(begin + AT_ONCE, keys.size()));
            List<String> there = source(move).query(handle -> ShardRows.digests(handle, some));
            List<String> here = target(move).query(handle -> ShardRows.digests(handle, some));
            for (int i = 0; i < some.size(); i++) {
                if (!there.get(i).equals(here.get(i))) {
                    differing.add(some.get(i));
                }
            }
        }
        return differing;
    }

    /** Tells the directory the newest messages of channels that it will not have. */
    private void noteNewest(MoveRecord move) {
        if (move.target().equals(Clusters.ZERO)) {
            return;
        }
        record Newest(long channel, long message) {}
        List<Newest> newest = target(move)
                .query(handle -> handle.createQuery("""
                        SELECT p.channel_id, n.id FROM channel_places p
                        CROSS JOIN LATERAL (SELECT max(m.id) AS id FROM messages m WHERE m.channel_id = p.channel_id) n
                        WHERE p.shard = :shard AND n.id IS NOT NULL ORDER BY p.channel_id
                        """)
                        .bind("shard", move.shard().number())
                        .map((rs, context) -> new Newest(rs.getLong(1), rs.getLong(2)))
                        .list());
        clusters.directory()
                .query(directory -> directory.execute(
                        """
                INSERT INTO newest_messages (channel_id, message_id) SELECT * FROM unnest(?::bigint[], ?::bigint[])
                ON CONFLICT (channel_id) DO UPDATE SET message_id = greatest(newest_messages.message_id, excluded.message_id)
                """,
                        newest.stream().map(Newest::channel).toArray(Long[]::new),
                        newest.stream().map(Newest::message).toArray(Long[]::new)));
    }

    /** Removes what a cluster has of the shard, some at a time. */
    private void removeAll(Database cluster, MoveRecord move) {
        while (true) {
            List<ShardRows.Place> places =
                    cluster.query(handle -> ShardRows.places(handle, move.shard(), 0, CHANNELS_AT_ONCE));
            if (places.isEmpty()) {
                return;
            }
            for (ShardRows.Place place : places) {
                removeChannel(cluster, move, place.channelId());
            }
            Set<Long> guilds = new HashSet<>();
            places.forEach(place -> {
                if (place.guildId() != null) {
                    guilds.add(place.guildId());
                }
            });
            cluster.transaction(handle -> {
                claim(handle, move);
                Object[] ids = guilds.toArray(Long[]::new);
                handle.execute("DELETE FROM search_changes WHERE guild_id = ANY (?)", (Object) ids);
                handle.execute("DELETE FROM search_backlog WHERE guild_id = ANY (?)", (Object) ids);
                handle.execute("DELETE FROM search_guilds WHERE guild_id = ANY (?)", (Object) ids);
                return handle.execute("DELETE FROM channel_places WHERE channel_id = ANY (?)", (Object)
                        places.stream().map(ShardRows.Place::channelId).toArray(Long[]::new));
            });
        }
    }

    private void removeChannel(Database cluster, MoveRecord move, long channel) {
        int removed;
        do {
            steps.accept("remove");
            removed = cluster.transaction(handle -> {
                claim(handle, move);
                List<Long> ids = ShardRows.ids(handle, channel, 0, AT_ONCE);
                ShardRows.remove(
                        handle,
                        ids.stream().map(id -> new ShardRows.Key(channel, id)).toList());
                int postings = 0;
                for (String column : POSTINGS_BY) {
                    postings += handle.execute(
                            "DELETE FROM search_postings WHERE ctid = ANY (ARRAY(SELECT ctid FROM search_postings WHERE "
                                    + column + " = ? LIMIT 10000))",
                            channel);
                }
                return ids.size() + postings;
            });
        } while (removed > 0);
    }

    private interface Write {

        void on(Handle target);
    }

    /** Writes to the target, which is refused to who is not the mover any more. */
    private void write(MoveRecord move, Write write) {
        target(move).transaction(handle -> {
            claim(handle, move);
            write.on(handle);
            return handle;
        });
    }

    /** Makes the transaction the mover's, and takes the shard until it ends; fails for who is not the mover any more. */
    private static void claim(Handle handle, MoveRecord move) {
        handle.select("SELECT claim_shard(?::smallint, ?)", move.shard().number(), move.mover())
                .mapTo(String.class)
                .one();
    }

    private interface Step {

        int run(Handle handle);
    }

    /**
     * Runs a step when no transaction is in the shard, and lets none in until it is committed. It waits for a short time, in
     * which nobody else comes in, and then tries again.
     *
     * @return when the step began to hold others up, by {@link System#nanoTime}
     */
    private static long locked(Database cluster, LogicalShard shard, Step step) {
        for (int attempt = 1; ; attempt++) {
            long begun = System.nanoTime();
            try {
                cluster.transaction(handle -> {
                    handle.select("SELECT set_config('lock_timeout', ?, true)", LOCK_TIMEOUT.toMillis() + "ms")
                            .mapTo(String.class)
                            .one();
                    handle.select("SELECT pg_advisory_xact_lock(1918, ?)", shard.number())
                            .mapTo(String.class)
                            .one();
                    return step.run(handle);
                });
                return begun;
            } catch (JdbiException e) {
                if (!(e.getCause() instanceof SQLException cause) || !LOCK_NOT_AVAILABLE.equals(cause.getSQLState())) {
                    throw e;
                }
            }
            if (attempt == LOCK_TRIES) {
                throw new MoveFailedException("Logical shard " + shard + " is never at rest; try again later");
            }
            sleep(LOCK_TIMEOUT);
        }
    }

    /** Changes the state of the shard at the source, unless somebody else has taken the move up. */
    private static int become(Handle handle, MoveRecord move, String state, String... from) {
        int changed = handle.execute(
                "UPDATE shard_ownership SET state = ? WHERE shard = ? AND mover = ? AND state = ANY (?)",
                state,
                move.shard().number(),
                move.mover(),
                from);
        if (changed == 0) {
            throw new MoveFailedException("Logical shard " + move.shard() + " is being moved by another process now");
        }
        return changed;
    }

    private MoveRecord phase(MoveRecord move, MovePhase phase) {
        steps.accept(phase.name());
        return clusters.directory().query(directory -> move.become(directory, phase));
    }

    private Database source(MoveRecord move) {
        return clusters.get(move.source());
    }

    private Database target(MoveRecord move) {
        return clusters.get(move.target());
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MoveFailedException("Interrupted; another try goes on from here");
        }
    }
}
