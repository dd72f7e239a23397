package dev.parley.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.catalog.Routes;
import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalPostgres;
import dev.parley.migrations.MigrationFailedException;
import dev.parley.protocol.Json;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the person who deploys reads when a migration fails: the real function, on a real database. */
class MigrationFailureTest {

    /** What an answer to CloudFormation may have, besides the message (CloudFormation user guide, "Custom resource response objects"). */
    private static final int ROOM_FOR_THE_MESSAGE = 2_000;

    @TempDir
    private static Path folder;

    private static LocalPostgres server;

    @BeforeAll
    static void startPostgres() {
        server = LocalPostgres.start(folder, BinaryCache.ofUser());
    }

    @AfterAll
    static void stopPostgres() {
        server.close();
    }

    @Test
    void namesTheMigrationAndTheReasonAndKeepsWhatWasThere() throws Exception {
        // Given a database that already has what its last migration would make, and does not know it
        JsonNode done = Json.parse(migrate(server.password().value()));
        String version = done.path("version").asText();
        String script = newest("script");
        execute("DELETE FROM flyway_schema_history WHERE version = '" + version + "'");

        // When
        Throwable failure = catchThrowable(() -> migrate(server.password().value()));

        // Then
        assertThat(failure).rootCause().isInstanceOf(SQLException.class);
        assertThat(reported(failure))
                .startsWith("Migration " + script + " failed at line ")
                .contains("SQLSTATE", "the version that is deployed goes on")
                .doesNotContain(server.password().value(), "ALTER TABLE")
                .hasSizeLessThan(ROOM_FOR_THE_MESSAGE);
        assertThat(newest("version")).as("nothing is noted as done").isNotEqualTo(version);
        assertThat(newest("success")).isEqualTo("t");
    }

    @Test
    void tellsNoPasswordWhenTheDatabaseRefusesIt() {
        // Given
        String wrong = "wrong-and-never-to-be-shown";

        // When
        Throwable failure = catchThrowable(() -> migrate(wrong));

        // Then
        assertThat(reported(failure))
                .startsWith("The schema could not be migrated: ")
                .doesNotContain(wrong)
                .hasSizeLessThan(ROOM_FOR_THE_MESSAGE);
    }

    /** What Lambda gives as {@code errorMessage}, which CDK's trigger hands on to CloudFormation. */
    private static String reported(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MigrationFailedException reported) {
                return String.valueOf(reported.getMessage());
            }
        }
        throw new AssertionError("The function did not fail as it should", failure);
    }

    private static byte[] migrate(String password) throws Exception {
        Map<String, String> environment = new HashMap<>(TestSystem.environment());
        environment.put(Setting.DATABASE_URL.variable(), server.jdbcUrl());
        environment.put(Setting.DATABASE_USER.variable(), server.user());
        environment.put(Setting.DATABASE_PASSWORD.variable(), password);
        try (Parley parley = new Parley(Settings.of(environment), Clock.systemUTC(), _ -> {});
                InProcessHost host = new InProcessHost(
                        List.of(Routes.MIGRATE), parley, (function, took, ok) -> {}, InProcessOptions.local())) {
            return host.invoke(Routes.MIGRATE.name(), "{}".getBytes(StandardCharsets.UTF_8))
                    .toCompletableFuture()
                    .get(1, TimeUnit.MINUTES);
        }
    }

    private static String newest(String column) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT " + column + " FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1")) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(
                server.jdbcUrl(), server.user(), server.password().value());
    }
}
