package dev.parley.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamingReplicaTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void followsItsPrimaryAndTakesNoWrites() throws Exception {
        // Given
        try (LocalPostgres primary = primary(PostgresOptions.replicated())) {
            execute(primary, "CREATE TABLE message (content text)");
            execute(primary, "INSERT INTO message VALUES ('before')");

            // When
            try (StreamingReplica replica = replica(primary, ReplicaOptions.asynchronous("follower"))) {
                execute(primary, "INSERT INTO message VALUES ('after')");

                // Then
                assertThat(replica.awaitCaughtUp(LONGEST)).isTrue();
                assertThat(query(
                                replica.server(), "SELECT string_agg(content, ' ' ORDER BY content DESC) FROM message"))
                        .isEqualTo("before after");
                assertThatThrownBy(() -> execute(replica.server(), "INSERT INTO message VALUES ('no')"))
                        .hasMessageContaining("read-only transaction");
            }
        }
    }

    @Test
    void hasEveryAcknowledgedCommitWhenItIsWaitedForAndThePrimaryIsLost() throws Exception {
        // Given
        try (LocalPostgres primary = primary(PostgresOptions.replicated())) {
            execute(primary, "CREATE TABLE message (id int)");
            try (StreamingReplica replica = replica(primary, ReplicaOptions.synchronous("standby"))) {
                for (int id = 0; id < 200; id++) {
                    execute(primary, "INSERT INTO message VALUES (" + id + ")");
                }

                // When
                primary.kill();
                LocalPostgres promoted = replica.promote(LONGEST);

                // Then
                assertThat(query(promoted, "SELECT count(*) FROM message")).isEqualTo("200");
                execute(promoted, "INSERT INTO message VALUES (200)");
                assertThat(query(promoted, "SELECT max(id) FROM message")).isEqualTo("200");
            }
        }
    }

    @Test
    void showsCommitsLaterByTheDelayThatItIsGivenAndAppliesAllOfThemWhenItIsPromoted() throws Exception {
        // Given
        try (LocalPostgres primary = primary(PostgresOptions.replicated())) {
            execute(primary, "CREATE TABLE message (content text)");
            ReplicaOptions late = ReplicaOptions.synchronous("late").withApplyDelay(Duration.ofHours(1));
            try (StreamingReplica replica = replica(primary, late)) {

                // When
                execute(primary, "INSERT INTO message VALUES ('held back')");

                // Then
                assertThat(query(replica.server(), "SELECT count(*) FROM message"))
                        .isEqualTo("0");
                primary.kill();
                assertThat(query(replica.promote(LONGEST), "SELECT count(*) FROM message"))
                        .isEqualTo("1");
            }
        }
    }

    @Test
    void aBaseBackupAndTheArchiveGiveBackWhatWasThereAtAMoment() throws Exception {
        // Given
        WalArchive archive = WalArchive.create(folder.resolve("archive of 50% o'clock"));
        PostgresOptions options = PostgresOptions.replicated().withArchive(archive, Duration.ofSeconds(1));
        Instant moment;
        BaseBackup backup;
        try (LocalPostgres primary = primary(options)) {
            execute(primary, "CREATE TABLE message (id int)");
            execute(primary, "INSERT INTO message VALUES (1)");
            backup = BaseBackup.take(primary, folder.resolve("backup"), true);
            execute(primary, "INSERT INTO message VALUES (2)");
            moment = Instant.parse(query(
                    primary,
                    "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
            execute(primary, "INSERT INTO message VALUES (3)");
            String piece = query(primary, "SELECT pg_walfile_name(pg_switch_wal())");
            long deadline = System.nanoTime() + LONGEST.toNanos();
            while (!query(primary, "SELECT last_archived_wal >= '" + piece + "' FROM pg_stat_archiver")
                    .equals("t")) {
                assertThat(System.nanoTime()).as("archived in time").isLessThan(deadline);
                Thread.onSpinWait();
            }
            primary.kill();
        }

        // When
        try (LocalPostgres then = backup.restore(
                        archive, moment, folder.resolve("then"), BinaryCache.ofUser(), PostgresOptions.replicated());
                LocalPostgres newest = backup.restore(
                        archive, null, folder.resolve("newest"), BinaryCache.ofUser(), PostgresOptions.replicated())) {

            // Then
            assertThat(query(then, "SELECT max(id) FROM message")).isEqualTo("2");
            assertThat(query(newest, "SELECT max(id) FROM message")).isEqualTo("3");
            execute(then, "INSERT INTO message VALUES (4)");
        }
    }

    private LocalPostgres primary(PostgresOptions options) {
        return LocalPostgres.start(folder.resolve("primary"), BinaryCache.ofUser(), options);
    }

    private StreamingReplica replica(LocalPostgres primary, ReplicaOptions options) {
        return StreamingReplica.of(primary, folder.resolve("replica"), BinaryCache.ofUser(), options);
    }

    private static void execute(LocalPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.connect(LONGEST);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(LocalPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.connect(LONGEST);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }
}
