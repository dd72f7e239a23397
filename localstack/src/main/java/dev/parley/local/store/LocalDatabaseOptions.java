package dev.parley.local.store;

/**
 * What stands around PostgreSQL on one machine.
 *
 * @param pooler whether functions reach it through PgBouncer, as they reach Aurora through RDS Proxy in the cloud
 */
public record LocalDatabaseOptions(boolean pooler) {

    /** PostgreSQL alone. */
    public static LocalDatabaseOptions direct() {
        return new LocalDatabaseOptions(false);
    }

    public LocalDatabaseOptions withPooler(boolean inFront) {
        return new LocalDatabaseOptions(inFront);
    }
}
