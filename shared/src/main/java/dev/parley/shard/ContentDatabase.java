package dev.parley.shard;

import dev.parley.shard.DeferredChange.Handler;
import dev.parley.shard.DeferredChange.Kind;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import dev.parley.store.StaleReads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content, wherever it is: messages and what hangs from them, each logical shard on one cluster.
 *
 * <p>With one cluster this is the database and nothing besides: the same statements in the same transactions. With several,
 * each transaction begins by asking the cluster whether it has the shard. One that has not, or not any more, refuses; then the
 * map is read anew and the transaction runs again. While a shard is frozen for its move, writers wait and readers do not.
 *
 * <p>Thread-safe.
 */
public final class ContentDatabase {

    private static final Logger log = LoggerFactory.getLogger(ContentDatabase.class);

    /** How long a writer waits for a shard that is being moved. Within the 29 s that API Gateway waits. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final Duration OVERDUE = Duration.ofSeconds(10);
    private static final int OVERDUE_AT_ONCE = 500;

    private final Clusters clusters;
    private final StaleReads staleReads;
    private final ShardMaps maps;
    private final DeferredChanges deferred;

    /** As below, without readers. */
    public ContentDatabase(Clusters clusters, Map<Kind, Handler> handlers) {
        this(clusters, StaleReads.ofWriter(clusters.directory()), handlers);
    }

    /**
     * Content.
     *
     * @param staleReads the reads of the cluster with the directory that may be old
     * @param handlers what makes the changes of each kind
     */
    public ContentDatabase(Clusters clusters, StaleReads staleReads, Map<Kind, Handler> handlers) {
        this.clusters = clusters;
        this.staleReads = staleReads;
        maps = new ShardMaps(clusters);
        deferred = new DeferredChanges(clusters, handlers);
    }

    /** The databases that the content is in. */
    public Clusters clusters() {
        return clusters;
    }

    /** The map as it is known here; it may be stale. */
    public ShardMap map() {
        return maps.current();
    }

    /**
     * Runs statements that read, or one that writes.
     *
     * @throws ShardUnavailableException if the shard is being moved for too long
     * @throws dev.parley.store.DatabaseUnavailableException if there is no connection to be had
     */
    public <T extends @Nullable Object, X extends Exception> T query(
            LogicalShard shard, ContentCallback<T, X> statements) throws X {
        if (clusters.single()) {
            return clusters.directory().query(handle -> statements.with(together(handle)));
        }
        return routed(shard, name -> {
            Database cluster = clusters.get(name);
            return cluster.query(handle -> {
                require(handle, shard);
                return statements.with(content(name, handle));
            });
        });
    }

    /**
     * Runs statements that only read, and may see what is some seconds old, as {@link StaleReads#query}. Content that is not
     * with the directory is read from its cluster's writer.
     *
     * <p>A reader never answers for a shard that has left its cluster, as long as nobody misses their own write: the source of
     * a move is closed before the target takes the first write, and that write is noted for longer than a reader lags.
     *
     * @param place the channel that is read
     * @param viewer who asks
     * @throws ShardUnavailableException if the shard is being moved for too long
     * @throws dev.parley.store.DatabaseUnavailableException if there is no connection to be had
     */
    public <T extends @Nullable Object, X extends Exception> T queryStale(
            LogicalShard shard, Snowflake place, Snowflake viewer, ContentCallback<T, X> statements) throws X {
        if (clusters.single()) {
            return staleReads.query(place, viewer, handle -> statements.with(together(handle)));
        }
        return routed(shard, name -> {
            HandleCallback<T, X> there = handle -> {
                require(handle, shard);
                return statements.with(content(name, handle));
            };
            return name.equals(Clusters.ZERO)
                    ? staleReads.query(place, viewer, there)
                    : clusters.get(name).query(there);
        });
    }

    /**
     * Runs statements as one transaction, which rolls back when the callback throws. What it hands over is made once it is
     * committed.
     *
     * @throws ShardUnavailableException if the shard is being moved for too long
     * @throws dev.parley.store.DatabaseUnavailableException if there is no connection to be had
     */
    public <T extends @Nullable Object, X extends Exception> T transaction(
            LogicalShard shard, ContentCallback<T, X> statements) throws X {
        if (clusters.single()) {
            return clusters.directory().transaction(handle -> statements.with(together(handle)));
        }
        return routed(shard, name -> {
            Database cluster = clusters.get(name);
            List<DeferredChange> written = new ArrayList<>();
            T result = cluster.transaction(handle -> {
                enter(handle, shard);
                Content content = content(name, handle);
                T given = statements.with(content);
                written.addAll(content.written());
                return given;
            });
            applyAfterCommit(cluster, written, clusters.directory());
            return result;
        });
    }

    /** Reads content for who has a transaction of the directory open: in it, where the content is together with it. */
    public <T extends @Nullable Object, X extends Exception> T read(
            Handle directory, LogicalShard shard, ContentCallback<T, X> statements) throws X {
        if (isWithDirectory(shard)) {
            requireWithDirectory(directory, shard);
            return statements.with(together(directory));
        }
        return query(shard, statements);
    }

    /**
     * Changes content within a transaction of the directory. Where the content is apart, its change is committed at once,
     * and so before the directory's: it must be one that does no harm alone, and that can be made twice.
     */
    public <T extends @Nullable Object, X extends Exception> T within(
            Handle directory, LogicalShard shard, ContentCallback<T, X> statements) throws X {
        if (isWithDirectory(shard)) {
            requireWithDirectory(directory, shard);
            return statements.with(together(directory));
        }
        return transaction(shard, statements);
    }

    /**
     * Changes content if a transaction of the directory is committed, once: in the same transaction, or from what this stores
     * in it, right after the commit and if need be later.
     */
    public void write(Handle directory, DeferredChange change) {
        LogicalShard shard = change.shard();
        if (shard == null || isWithDirectory(shard)) {
            deferred.applyHere(directory, change);
            return;
        }
        deferred.store(directory, change);
        directory.afterCommit(() -> applyAfterCommit(clusters.directory(), List.of(change), clusters.beside()));
    }

    /** Whether the content of a shard is in the transactions of the directory. */
    public boolean isWithDirectory(LogicalShard shard) {
        return clusters.single() || maps.current().cluster(shard).equals(Clusters.ZERO);
    }

    /** The directory's transaction as that of content which is together with it. */
    public Content together(Handle directory) {
        return new Content(directory, null, deferred);
    }

    /** Runs statements on each cluster by itself. What is being moved can be found on two. */
    public <T extends @Nullable Object, X extends Exception> List<T> everywhere(ContentCallback<T, X> statements)
            throws X {
        List<T> results = new ArrayList<>();
        for (String name : clusters.names()) {
            results.add(clusters.get(name).query(handle -> statements.with(content(name, handle))));
        }
        return results;
    }

    /**
     * Runs one transaction on each cluster.
     *
     * @throws ShardUnavailableException if what is changed is just being moved
     */
    public <T extends @Nullable Object, X extends Exception> List<T> transactionEverywhere(
            ContentCallback<T, X> statements) throws X {
        List<T> results = new ArrayList<>();
        for (String name : clusters.names()) {
            try {
                results.add(clusters.get(name).transaction(handle -> statements.with(content(name, handle))));
            } catch (JdbiException e) {
                if (ShardRefusal.of(e) == null) {
                    throw e;
                }
                throw new ShardUnavailableException(e);
            }
        }
        return results;
    }

    /**
     * Reads content of many logical shards, with one statement or more for each cluster.
     *
     * @param items what is asked about
     * @param shardOf where each is
     * @param statements run for those of the items that are together
     * @throws ShardUnavailableException if one of them is being moved for too long
     */
    public <K, T> List<T> queryAll(
            List<K> items, Function<K, LogicalShard> shardOf, BiFunction<Content, List<K>, List<T>> statements) {
        if (items.isEmpty()) {
            return List.of();
        }
        if (clusters.single()) {
            return clusters.directory().query(handle -> statements.apply(together(handle), items));
        }
        // A refusal concerns one of the shards, and all are placed anew.
        return routed(shardOf.apply(items.getFirst()), ignored -> {
            ShardMap map = maps.current();
            Map<String, List<K>> byCluster =
                    items.stream().collect(Collectors.groupingBy(item -> map.cluster(shardOf.apply(item))));
            List<T> results = new ArrayList<>();
            byCluster.forEach((name, some) -> results.addAll(clusters.get(name).query(handle -> {
                Integer[] shards = some.stream()
                        .map(item -> shardOf.apply(item).number())
                        .distinct()
                        .toArray(Integer[]::new);
                handle.select("SELECT require_shard(s::smallint) FROM unnest(?) AS s", (Object) shards)
                        .mapTo(String.class)
                        .list();
                return statements.apply(content(name, handle), some);
            })));
            return results;
        });
    }

    /**
     * Makes what crashes have left to be made, of what was handed over longer ago than 10 s.
     *
     * @return how many changes
     */
    public int applyOverdue() {
        return clusters.single() ? 0 : deferred.applyOverdue(OVERDUE, OVERDUE_AT_ONCE, this::apply);
    }

    /**
     * Whether a failure is for a shard that is moved, or was: the request can be tried again in a moment. The map is read
     * anew then, since a transaction of the directory may have failed on content that was together with it.
     */
    public boolean isMoving(RuntimeException failure) {
        if (failure instanceof JdbiException e && ShardRefusal.of(e) != null) {
            maps.refresh(maps.current());
            return true;
        }
        return failure instanceof ShardUnavailableException;
    }

    /** What has a transaction of a cluster. */
    Content content(String cluster, Handle handle) {
        return new Content(handle, cluster.equals(Clusters.ZERO) ? null : clusters.beside(), deferred);
    }

    private void applyAfterCommit(Database source, List<DeferredChange> written, Database directory) {
        deferred.applyAll(source, written, directory, this::apply);
    }

    private void apply(LogicalShard shard, ContentCallback<DeferredChange, RuntimeException> change) {
        transaction(shard, change);
    }

    private interface Attempt<T extends @Nullable Object, X extends Exception> {

        T on(String cluster) throws X;
    }

    private <T extends @Nullable Object, X extends Exception> T routed(LogicalShard shard, Attempt<T, X> attempt)
            throws X {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (true) {
            ShardMap map = maps.current();
            try {
                return attempt.on(map.cluster(shard));
            } catch (JdbiException e) {
                ShardRefusal refusal = ShardRefusal.of(e);
                if (refusal == null) {
                    throw e;
                }
                if (System.nanoTime() > end) {
                    throw new ShardUnavailableException(shard, e);
                }
                log.debug("Shard {} is refused by {}: {}", shard, map.cluster(shard), refusal);
                if (refusal == ShardRefusal.ELSEWHERE) {
                    maps.refresh(map);
                }
                if (refusal == ShardRefusal.FROZEN || maps.current().version() == map.version()) {
                    LockSupport.parkNanos(
                            PAUSE.toNanos() / 2 + ThreadLocalRandom.current().nextLong(PAUSE.toNanos()));
                }
            }
        }
    }

    /**
     * Whoever has an outdated map must not take what the directory's cluster still has for the content. The transaction fails
     * then, and {@link #isMoving} says why: it is not this one's to run again.
     */
    private void requireWithDirectory(Handle directory, LogicalShard shard) {
        if (!clusters.single()) {
            require(directory, shard);
        }
    }

    /** Takes the shard until the transaction ends: it cannot be moved away meanwhile. */
    private static void enter(Handle handle, LogicalShard shard) {
        handle.select("SELECT enter_shard(?::smallint)", shard.number())
                .mapTo(String.class)
                .one();
    }

    /** Who reads need not wait for a shard that is frozen, and holds nothing up. */
    private static void require(Handle handle, LogicalShard shard) {
        handle.select("SELECT require_shard(?::smallint)", shard.number())
                .mapTo(String.class)
                .one();
    }
}
