package dev.parley.catalog;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of data is backed up.
 *
 * @param method what makes the copies
 * @param every the time between two copies; null where every change makes one
 * @param continuous whether every change is copied as it happens, besides or instead
 * @param retention how long a copy is kept; null for as long as the data itself is there, and longer
 */
public record BackupRule(
        Method method,
        @Nullable Duration every,
        boolean continuous,
        @Nullable Duration retention) {

    /** What makes the copies. */
    public enum Method {
        /** Snapshots and the log of changes: {@code pg_dump} and WAL archiving in their managed form. */
        SNAPSHOTS_AND_LOG,
        /** Snapshots of Redis, as RDB files. */
        SNAPSHOTS,
        /** Replication to another Region. */
        REPLICATION,
        /** Commits to the repository that deployments are made from. */
        GIT
    }

    /**
     * The longest that copies are kept.
     *
     * @throws IllegalStateException if they are kept without an end
     */
    public Duration limit() {
        Duration kept = retention;
        if (kept == null) {
            throw new IllegalStateException(method + " keeps copies without an end");
        }
        return kept;
    }
}
