package dev.parley.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPgBouncerTest {

    /** Of the requirements: a pool of 50, and 5 in reserve. */
    private static final int SERVERS = 55;

    private static final String SERVER = "SELECT pg_backend_pid()";

    @TempDir
    private Path folder;

    private LocalDatabase database;

    @BeforeEach
    void start() {
        assumeTrue(LocalPgBouncer.installed(), "pgbouncer is not installed");
        database = LocalDatabase.start(
                folder, BinaryCache.ofUser(), LocalDatabaseOptions.direct().withPooler(true));
    }

    @AfterEach
    void stop() {
        if (database != null) {
            database.close();
        }
    }

    @Test
    void keepsATransactionTogetherAndASessionNot() throws Exception {
        try (Connection connection = connect(database.jdbcUrl())) {
            // Given
            connection.setAutoCommit(false);
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            Set<String> servers = new HashSet<>();

            // When
            while (servers.size() < 2) {
                assertThat(System.nanoTime()).as("another server in time").isLessThan(deadline);
                String server = query(connection, SERVER);

                // Then
                assertThat(query(connection, SERVER)).as("in one transaction").isEqualTo(server);
                servers.add(server);
                connection.commit();
            }
        }
    }

    @Test
    void letsMoreClientsInThanItHasServersAndRefusesWhoWaitsTooLong() throws Exception {
        List<Connection> holders = new ArrayList<>();
        try {
            // Given
            for (int i = 0; i < SERVERS; i++) {
                Connection holder = connect(database.jdbcUrl());
                holders.add(holder);
                holder.setAutoCommit(false);
                execute(holder, "SELECT 1");
            }
            try (Connection late = connect(database.jdbcUrl())) {
                // When
                long begun = System.nanoTime();
                assertThatThrownBy(() -> execute(late, "SELECT 1"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                refusal -> assertThat(refusal.getSQLState()).startsWith("08"))
                        .hasMessageContaining("query_wait_timeout");

                // Then
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(18));
            }
            holders.getFirst().commit();
            try (Connection next = connect(database.jdbcUrl())) {
                execute(next, "SELECT 1");
            }
        } finally {
            for (Connection holder : holders) {
                holder.close();
            }
        }
    }

    @Test
    void isThereAgainWhenTheServerIs() throws Exception {
        // Given
        try (Connection connection = connect(database.jdbcUrl())) {
            execute(connection, "CREATE TABLE message (content text)");
        }

        // When
        database.postgres().stop();
        database.postgres().startAgain();

        // Then
        assertThat(awaitCount()).isEqualTo("0");
    }

    @Test
    void refusesWhoDoesNotKnowThePasswordAndKeepsItToItself() throws Exception {
        Properties properties = properties();
        properties.setProperty("password", "guess");

        assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), properties))
                .isInstanceOf(SQLException.class);
        assertThat(Files.getPosixFilePermissions(folder.resolve("pgbouncer/userlist.txt")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    /** The first questions may meet a connection that the server closed. */
    private String awaitCount() throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            try (Connection connection = connect(database.jdbcUrl())) {
                return query(connection, "SELECT count(*) FROM message");
            } catch (SQLException e) {
                assertThat(System.nanoTime()).as(e.getMessage()).isLessThan(deadline);
                Thread.sleep(20);
            }
        }
    }

    private Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, properties());
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password().value());
        properties.setProperty("assumeMinServerVersion", "16");
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty("socketTimeout", "20");
        return properties;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
