package dev.parley.local.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a local cloud's PostgreSQL has done so far, by its own statistics (PostgreSQL documentation, "The Cumulative
 * Statistics System"). Thread-safe.
 */
final class PostgresProbe {

    /** An idle server process hands its numbers in after 10 s at the latest. */
    static final Duration STATISTICS_DELAY = Duration.ofSeconds(11);

    private static final String DATABASE = "postgres";
    private static final String SCANS = "SELECT relname, coalesce(seq_scan, 0) + coalesce(idx_scan, 0)"
            + " + n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_user_tables";
    private static final String TRANSACTIONS =
            "SELECT xact_commit + xact_rollback FROM pg_stat_database" + " WHERE datname = '" + DATABASE + "'";

    private final String url;
    private final String password;

    /**
     * What was done since the server began.
     *
     * @param transactions of all connections, those of the server's own housekeeping and of this probe among them
     * @param uses scans of each table, and rows that were written
     */
    record Work(long transactions, Map<String, Long> uses) {

        Work minus(Work earlier) {
            Map<String, Long> difference = new TreeMap<>();
            uses.forEach((table, count) -> {
                long more = count - earlier.uses.getOrDefault(table, 0L);
                if (more != 0) {
                    difference.put(table, more);
                }
            });
            return new Work(transactions - earlier.transactions, difference);
        }
    }

    /** Finds the server whose files are in a data folder. */
    PostgresProbe(Path data) throws IOException {
        Path folder = data.resolve("postgres");
        // Line 4 of the file is the port.
        String port =
                Files.readAllLines(folder.resolve("data/postmaster.pid")).get(3).strip();
        url = "jdbc:postgresql://127.0.0.1:" + port + "/";
        password = Files.readString(folder.resolve("password")).strip();
    }

    /** What was done until {@link #STATISTICS_DELAY} ago at the least. */
    Work work() throws SQLException {
        Map<String, Long> uses = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection(url + DATABASE, "parley", password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SCANS)) {
            while (rows.next()) {
                uses.put(rows.getString(1), rows.getLong(2));
            }
        }
        // From another database, so that this question is not counted with the answers.
        try (Connection connection = DriverManager.getConnection(url + "template1", "parley", password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TRANSACTIONS)) {
            rows.next();
            return new Work(rows.getLong(1), uses);
        }
    }
}
