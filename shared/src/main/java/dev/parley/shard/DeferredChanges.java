package dev.parley.shard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import dev.parley.shard.DeferredChange.Handler;
import dev.parley.shard.DeferredChange.Kind;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes that are stored in the transaction that they belong to, and made on another cluster after its commit. Each is made
 * once, however often it is tried: who makes it notes it in the same transaction. Whoever stored one tries at once, and a
 * schedule tries what a crash has left behind.
 *
 * <p>Thread-safe.
 */
final class DeferredChanges {

    private static final Logger log = LoggerFactory.getLogger(DeferredChanges.class);

    private final Clusters clusters;
    private final Map<Kind, Handler> handlers;

    DeferredChanges(Clusters clusters, Map<Kind, Handler> handlers) {
        this.clusters = clusters;
        this.handlers = Map.copyOf(handlers);
    }

    /** What makes a change in a transaction of content. */
    interface Target {

        void transaction(LogicalShard shard, ContentCallback<DeferredChange, RuntimeException> change);
    }

    /** Makes a change in the transaction that it belongs to. */
    void applyHere(Handle handle, DeferredChange change) {
        Objects.requireNonNull(handlers.get(change.kind()), change.kind()::name).apply(handle, change.data());
    }

    /** Stores a change in the transaction that it belongs to. */
    void store(Handle handle, DeferredChange change) {
        LogicalShard shard = change.shard();
        handle.execute(
                "INSERT INTO deferred_changes (kind, id, shard, data) VALUES (?, ?, ?, ?)",
                change.kind().name(),
                change.id().value(),
                shard == null ? null : shard.number(),
                Json.text(change.data()));
    }

    /** Makes stored changes after the commit; those that fail are left to the schedule. */
    void applyAll(Database source, List<DeferredChange> changes, Database directory, Target target) {
        for (DeferredChange change : changes) {
            try {
                apply(source, change, directory, target);
            } catch (RuntimeException e) {
                log.warn("A change of kind {} is made later", change.kind(), e);
            }
        }
    }

    /**
     * Makes what was stored longer ago than {@code age}.
     *
     * @return how many changes were made
     */
    int applyOverdue(Duration age, int limit, Target target) {
        int applied = 0;
        for (Database source : clusters.all()) {
            List<DeferredChange> overdue = source.query(handle -> handle.createQuery("""
                            SELECT kind, id, shard, data FROM deferred_changes
                            WHERE created_at < now() - make_interval(secs => :seconds) ORDER BY created_at LIMIT :limit
                            """)
                    .bind("seconds", age.toMillis() / 1000.0)
                    .bind("limit", limit)
                    .map((rs, context) -> new DeferredChange(
                            Kind.valueOf(rs.getString("kind")),
                            new Snowflake(rs.getLong("id")),
                            rs.getObject("shard") == null ? null : new LogicalShard(rs.getInt("shard")),
                            (ObjectNode) Json.parse(rs.getString("data"))))
                    .list());
            applyAll(source, overdue, clusters.directory(), target);
            applied += overdue.size();
        }
        return applied;
    }

    private void apply(Database source, DeferredChange change, Database directory, Target target) {
        LogicalShard shard = change.shard();
        if (shard == null) {
            directory.transaction(handle -> {
                applyOnce(handle, change);
                return change;
            });
        } else {
            target.transaction(shard, content -> {
                applyOnce(content.handle(), change);
                return change;
            });
        }
        source.query(handle -> handle.execute(
                "DELETE FROM deferred_changes WHERE kind = ? AND id = ?",
                change.kind().name(),
                change.id().value()));
    }

    private void applyOnce(Handle handle, DeferredChange change) {
        LogicalShard shard = change.shard();
        int noted = handle.execute(
                "INSERT INTO applied_changes (kind, id, shard) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                change.kind().name(),
                change.id().value(),
                shard == null ? null : shard.number());
        if (noted > 0) {
            applyHere(handle, change);
        }
    }
}
