package dev.parley.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalPostgres;
import dev.parley.migrations.Migrations.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the runner does about a table that others hold: on a real database, with Flyway. */
class LockedTableTest {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static LocalPostgres server;

    @BeforeAll
    static void start() {
        server = LocalPostgres.start(folder.resolve("postgres"), BinaryCache.ofUser());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aMigrationGivesUpItsPlaceInTheQueueAndComesBackUntilTheTableIsFree() throws Exception {
        // Given a transaction that holds the table
        execute("CREATE TABLE held (id int)");
        try (Connection holder = server.connect(LONGEST);
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE held IN ROW EXCLUSIVE MODE");

            // When
            CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(
                    () -> migrate("held", "V1__add.sql", "ALTER TABLE held ADD COLUMN a int;"));
            awaitTrue("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = 'held'::regclass)");
            awaitTrue("SELECT NOT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = 'held'::regclass)");
            execute("INSERT INTO held VALUES (1)");
            assertThat(outcome).isNotDone();
            holder.rollback();

            // Then
            assertThat(outcome.get(LONGEST.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Outcome(1, "1"));
        }
    }

    @Test
    void anIndexIsMadeWhileOthersWrite() throws Exception {
        // Given
        execute("CREATE TABLE busy (id int)");

        // When
        Outcome outcome = migrate("busy", "V1__index.sql", "CREATE INDEX CONCURRENTLY busy_id ON busy (id);");

        // Then
        assertThat(outcome.applied()).isEqualTo(1);
        assertThat(query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'busy_id'::regclass"))
                .isEqualTo("t");
    }

    /** Each test has a schema of its own for Flyway's notes, and tables in the shared one. */
    private static Outcome migrate(String name, String script, String sql) {
        try {
            Path scripts = Files.createDirectories(folder.resolve("scripts-" + name));
            Files.writeString(scripts.resolve(script), sql);
            execute("CREATE SCHEMA IF NOT EXISTS notes_" + name);
            return new Migrations(
                            server.jdbcUrl() + "?currentSchema=notes_" + name + ",public",
                            server.user(),
                            server.password().value(),
                            List.of("filesystem:" + scripts))
                    .migrate();
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitTrue(String sql) throws SQLException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!query(sql).equals("t")) {
            assertThat(System.nanoTime()).as(sql).isLessThan(deadline);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = server.connect(LONGEST);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(String sql) throws SQLException {
        try (Connection connection = server.connect(LONGEST);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }
}
