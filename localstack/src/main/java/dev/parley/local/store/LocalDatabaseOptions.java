package dev.parley.local.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What stands around PostgreSQL on one machine.
 *
 * @param pooler whether functions reach it through PgBouncer, as they reach Aurora through RDS Proxy in the cloud
 * @param replicaDelay how much later a replica shows what was committed, at least; null for no replica
 */
public record LocalDatabaseOptions(boolean pooler, @Nullable Duration replicaDelay) {

    /** PostgreSQL alone. */
    public static LocalDatabaseOptions direct() {
        return new LocalDatabaseOptions(false, null);
    }

    public LocalDatabaseOptions withPooler(boolean inFront) {
        return new LocalDatabaseOptions(inFront, replicaDelay);
    }

    /** With a replica that functions read from. */
    public LocalDatabaseOptions withReplica(Duration delay) {
        return new LocalDatabaseOptions(pooler, delay);
    }
}
