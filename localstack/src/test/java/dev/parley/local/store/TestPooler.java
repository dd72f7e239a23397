package dev.parley.local.store;

/**
 * Whether tests reach PostgreSQL through PgBouncer. {@code PARLEY_TEST_POOLER} says {@code pgbouncer} or {@code none}; without
 * a word they do where it is installed.
 */
public final class TestPooler {

    private static final String VARIABLE = "PARLEY_TEST_POOLER";

    private TestPooler() {}

    /** What stands around PostgreSQL in tests. */
    public static LocalDatabaseOptions options() {
        return LocalDatabaseOptions.direct().withPooler(chosen());
    }

    private static boolean chosen() {
        String word = System.getenv().getOrDefault(VARIABLE, "");
        return switch (word) {
            case "pgbouncer" -> true;
            case "none" -> false;
            case "" -> LocalPgBouncer.installed();
            default -> throw new IllegalArgumentException(VARIABLE + " is pgbouncer or none, not " + word);
        };
    }
}
