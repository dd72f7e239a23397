package dev.parley.snowflake;

/**
 * The right to make ids with a worker number until a moment.
 *
 * @param worker 0 to 1,023
 * @param validUntilMillis the moment, in milliseconds since 1970, from which somebody else may hold the worker
 */
public record WorkerLease(int worker, long validUntilMillis) {

    public WorkerLease {
        if (worker < 0 || worker >= Snowflake.WORKERS) {
            throw new IllegalArgumentException("A worker is 0 to 1023: " + worker);
        }
    }

    boolean isValidAt(long millis) {
        return millis < validUntilMillis;
    }
}
