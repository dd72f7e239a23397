package dev.parley.snowflake;

/** Where workers come from. Implementations are thread-safe. */
public interface WorkerLeases {

    /**
     * A lease that nobody else holds, as far as can be known. Never fails: without the store that keeps the leases the
     * worker is drawn at random, for a short time.
     */
    WorkerLease acquire();
}
