package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.iam.ConnectTokens;
import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalPostgres;
import dev.parley.migrations.Migrations;
import dev.parley.settings.Secret;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** A real PostgreSQL with the roles that RDS has, where the token is the password of the functions' user. */
class DatabaseTokenLoginTest {

    private static final String USER = "parley_app";
    private static final Instant NOW = Instant.parse("2026-11-28T03:04:05Z");
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private LocalPostgres server;
    private Database owner;

    @BeforeEach
    void start() {
        server = LocalPostgres.start(folder, BinaryCache.ofUser());
        owner = new Database(server.jdbcUrl(), server.user(), server.password(), 2, TIMEOUT);
        owner.query(handle -> handle.execute("CREATE ROLE rds_iam"));
        migrate();
    }

    @AfterEach
    void stop() {
        owner.close();
        server.close();
    }

    @Test
    @SuppressWarnings("try") // closed, and opened again by the next use
    void logsInWithANewTokenForEachConnection() {
        // Given
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        List<String> made = new CopyOnWriteArrayList<>();
        try (Database database = new Database(
                server.jdbcUrl(),
                USER,
                () -> {
                    Secret token = login(now.get()).password(server.jdbcUrl(), USER);
                    made.add(token.value());
                    return token;
                },
                1,
                TIMEOUT)) {
            let(NOW);
            assertThat(whoami(database)).isEqualTo(USER);
            assertThat(whoami(database)).isEqualTo(USER);
            assertThat(Set.copyOf(made)).hasSize(1);

            // When: the first token is of no use any more, and the connection has gone
            now.set(NOW.plusSeconds(3600));
            let(now.get());
            owner.query(handle -> handle.select(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ?", USER)
                    .mapTo(Boolean.class)
                    .list());
            database.close();

            // Then
            assertThat(whoami(database)).isEqualTo(USER);
            assertThat(Set.copyOf(made)).hasSize(2);
            URI address = URI.create(server.jdbcUrl().substring("jdbc:".length()));
            assertThat(made).allMatch(token -> token.startsWith(address.getHost() + ":" + address.getPort() + "/?"));
        }
    }

    @Test
    void letsTheFunctionsUserWorkWithRowsAndNotChangeTheSchema() {
        // Given
        let(NOW);
        try (Database database =
                new Database(server.jdbcUrl(), USER, () -> login(NOW).password(server.jdbcUrl(), USER), 1, TIMEOUT)) {
            // Then
            database.query(handle -> handle.execute("DELETE FROM messages"));
            assertThat(new ExpiredRows(database, List.of(database)).remove()).isZero();
            refused(database, "CREATE TABLE mine (id bigint)");
            refused(database, "ALTER TABLE messages ADD COLUMN mine bigint");
            refused(database, "TRUNCATE messages");
            refused(database, "DELETE FROM flyway_schema_history");
        }
    }

    @Test
    void letsTheFunctionsUserWorkWithTablesThatComeLater() {
        // Given
        let(NOW);
        owner.query(handle -> handle.execute("CREATE TABLE later (id bigint GENERATED ALWAYS AS IDENTITY, name text)"));

        // When
        migrate();

        // Then
        try (Database database =
                new Database(server.jdbcUrl(), USER, () -> login(NOW).password(server.jdbcUrl(), USER), 1, TIMEOUT)) {
            assertThat(database.<Integer, RuntimeException>query(
                            handle -> handle.execute("INSERT INTO later (name) VALUES ('row')")))
                    .isEqualTo(1);
        }
    }

    @Test
    void putsTheFunctionsUserAmongThoseWhoLogInByIam() {
        assertThat(owner.<Boolean, RuntimeException>query(
                        handle -> handle.select("SELECT pg_has_role('parley_app', 'rds_iam', 'MEMBER')")
                                .mapTo(Boolean.class)
                                .one()))
                .isTrue();
    }

    private void migrate() {
        new Migrations(server.jdbcUrl(), server.user(), server.password().value()).migrate();
    }

    /** Lets the user in with the token of a time and with no other. */
    private void let(Instant time) {
        String token = login(time).password(server.jdbcUrl(), USER).value();
        owner.query(handle -> handle.execute("ALTER ROLE parley_app PASSWORD '" + token + "'"));
    }

    private static DatabaseLogin login(Instant time) {
        return new DatabaseLogin(
                Settings.of(Map.of(Setting.DATABASE_IAM.variable(), "true")),
                new ConnectTokens(
                        () -> AwsBasicCredentials.create("AKIAEXAMPLE", "wJalrXUtnFEMI/K7MDENG"),
                        () -> "eu-west-1",
                        Clock.fixed(time, ZoneOffset.UTC)));
    }

    private static String whoami(Database database) {
        return database.query(handle ->
                handle.select("SELECT current_user").mapTo(String.class).one());
    }

    private static void refused(Database database, String statement) {
        assertThatThrownBy(() -> database.query(handle -> handle.execute(statement)))
                .isInstanceOf(JdbiException.class)
                .hasMessageContainingAll("ERROR");
    }
}
