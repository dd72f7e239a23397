package dev.parley.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalPostgresTest {

    @TempDir
    private Path folder;

    @Test
    void losesNothingThatWasCommittedAndStaysSmall() throws Exception {
        // Given
        try (LocalPostgres postgres = start()) {

            // When / Then
            assertThat(query(postgres, "SHOW server_version")).startsWith("17.");
            assertThat(query(postgres, "SHOW fsync")).isEqualTo("on");
            assertThat(query(postgres, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(query(postgres, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(query(postgres, "SHOW shared_buffers")).isEqualTo("64MB");
            assertThat(query(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void knowsTheLettersOfAllLanguages() throws Exception {
        // Given
        try (LocalPostgres postgres = start()) {
            execute(postgres, "CREATE EXTENSION pg_trgm");

            // When / Then
            assertThat(query(postgres, "SELECT upper('é') || ' ' || array_length(show_trgm('안녕하세요'), 1)"))
                    .isEqualTo("É 6");
        }
    }

    @Test
    void isBackWithItsDataWhereItWas() throws Exception {
        // Given
        try (LocalPostgres postgres = start()) {
            String url = postgres.jdbcUrl();
            execute(postgres, "CREATE TABLE message (content text)");
            execute(postgres, "INSERT INTO message VALUES ('kept')");

            // When
            postgres.stop();
            postgres.startAgain();

            // Then
            assertThat(postgres.jdbcUrl()).isEqualTo(url);
            assertThat(query(postgres, "SELECT content FROM message")).isEqualTo("kept");
        }
    }

    @Test
    void keepsItsDataAndItsPasswordAfterAStop() throws Exception {
        // Given
        String password;
        try (LocalPostgres postgres = start()) {
            execute(postgres, "CREATE TABLE message (content text)");
            execute(postgres, "INSERT INTO message VALUES ('kept')");
            password = postgres.password().value();
        }

        // When
        try (LocalPostgres postgres = start()) {

            // Then
            assertThat(query(postgres, "SELECT content FROM message")).isEqualTo("kept");
            assertThat(postgres.password().value()).isEqualTo(password);
        }
    }

    @Test
    void refusesWhoDoesNotKnowThePassword() throws Exception {
        // Given
        try (LocalPostgres postgres = start()) {

            // When / Then
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(Files.getPosixFilePermissions(folder.resolve("password")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void stopsTheServerThatAnEarlierRunLeftBehind() throws Exception {
        // Given
        try (LocalPostgres left = start()) {
            execute(left, "CREATE TABLE message (content text)");

            // When
            try (LocalPostgres postgres = start()) {

                // Then
                assertThat(ProcessHandle.of(left.processId())).isEmpty();
                assertThat(query(postgres, "SELECT count(*) FROM message")).isEqualTo("0");
            }
        }
    }

    @Test
    void startsOverThePidFileOfAProcessThatIsSomethingElseNow() throws Exception {
        // Given
        start().close();
        long self = ProcessHandle.current().pid();
        Files.writeString(folder.resolve("data/postmaster.pid"), self + "\n/somewhere\n");

        // When
        try (LocalPostgres postgres = start()) {

            // Then
            assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void startsAfterAFirstStartThatWasKilledHalfway() throws Exception {
        // Given
        Files.createDirectories(folder.resolve("data.new/base"));
        Files.writeString(folder.resolve("data.new/PG_VERSION"), "17\n");

        // When
        try (LocalPostgres postgres = start()) {

            // Then
            assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void saysWhyItDoesNotStart() throws Exception {
        // Given
        start().close();
        Files.writeString(folder.resolve("data/postgresql.conf"), "nonsense = 1\n");

        // When / Then
        assertThatThrownBy(this::start)
                .isInstanceOf(LocalStoreException.class)
                .hasMessageStartingWith("PostgreSQL ended while it started:")
                .hasMessageContaining("unrecognized configuration parameter \"nonsense\"");
    }

    @Test
    void refusesTheDataOfAnotherMajorVersion() throws Exception {
        // Given
        start().close();
        Files.writeString(folder.resolve("data/PG_VERSION"), "16\n");

        // When / Then
        assertThatThrownBy(this::start)
                .isInstanceOf(LocalStoreException.class)
                .hasMessageEndingWith("was made by PostgreSQL 16; this parley runs version 17");
    }

    @Test
    void runsForRootWithAndWithoutNamespaces() throws Exception {
        // Given
        assumeTrue(new UnixSystem().getUid() == 0, "only root needs another user");
        for (ServerUser user : List.of(ServerUser.AS_NOBODY, ServerUser.IN_NAMESPACE, ServerUser.AS_NOBODY)) {
            // When
            try (LocalPostgres postgres = LocalPostgres.start(folder, BinaryCache.ofUser(), user)) {

                // Then
                assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
            }
        }
    }

    private LocalPostgres start() {
        return LocalPostgres.start(folder, BinaryCache.ofUser());
    }

    private static void execute(LocalPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(LocalPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(LocalPostgres postgres) throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl(), postgres.user(), postgres.password().value());
    }
}
