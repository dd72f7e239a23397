package dev.parley.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.catalog.Routes;
import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalPostgres;
import dev.parley.protocol.Json;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.shard.ContentLeftBehindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deployment without a cluster that content is on is refused before any function changes: the real function, on a real database. */
class ContentLeftBehindTest {

    @TempDir
    private static Path folder;

    private static LocalPostgres server;

    @BeforeAll
    static void startPostgres() throws Exception {
        server = LocalPostgres.start(folder, BinaryCache.ofUser());
        migrate("");
    }

    @AfterAll
    static void stopPostgres() {
        server.close();
    }

    @BeforeEach
    void bringAllContentToZero() throws SQLException {
        execute("DELETE FROM shard_map");
        execute("DELETE FROM shard_moves");
    }

    @Test
    void isRefusedWithTheClustersThatAreMissing() throws Exception {
        // Given
        execute("INSERT INTO shard_map VALUES (17, 'cluster-2'), (18, 'cluster-2'), (40, 'cluster-3')");

        // When
        Throwable failure = catchThrowable(() -> migrate(""));

        // Then
        assertThat(reported(failure))
                .startsWith("2 logical shards on cluster-2, 1 logical shard on cluster-3 would be left behind")
                .contains(
                        "Move their content to zero first",
                        "./parley shards move",
                        "The version that is deployed goes on");
    }

    @Test
    void isRefusedWhileAMoveIsNotOver() throws Exception {
        // Given
        execute("INSERT INTO shard_moves (shard, source, target, mover, phase) VALUES"
                + " (17, 'zero', 'cluster-2', 1, 'COPYING'), (18, 'cluster-3', 'zero', 1, 'DONE')");

        // When
        Throwable failure = catchThrowable(() -> migrate(""));

        // Then
        assertThat(reported(failure)).startsWith("1 logical shard on cluster-2 would be left behind");
    }

    @Test
    void goesOnWhenAllContentIsOnZeroOrItsClusterIsNamed() throws Exception {
        // Given
        JsonNode current = Json.parse(migrate(""));

        // When
        execute("CREATE DATABASE other");
        execute("INSERT INTO shard_map VALUES (17, 'cluster-2')");
        JsonNode named =
                Json.parse(migrate("cluster-2=" + server.jdbcUrl().replaceFirst("/[^/?]*(\\?|$)", "/other$1")));

        // Then
        assertThat(current.path("applied").asInt()).isZero();
        assertThat(named.path("version")).isEqualTo(current.path("version"));
    }

    private static String reported(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ContentLeftBehindException reported) {
                return String.valueOf(reported.getMessage());
            }
        }
        throw new AssertionError("The function did not refuse", failure);
    }

    private static byte[] migrate(String clusters) throws Exception {
        Map<String, String> environment = new HashMap<>(TestSystem.environment());
        environment.put(Setting.DATABASE_URL.variable(), server.jdbcUrl());
        environment.put(Setting.DATABASE_USER.variable(), server.user());
        environment.put(Setting.DATABASE_PASSWORD.variable(), server.password().value());
        environment.put(Setting.DATABASE_CLUSTERS.variable(), clusters);
        try (Parley parley = new Parley(Settings.of(environment), Clock.systemUTC(), _ -> {});
                InProcessHost host = new InProcessHost(
                        List.of(Routes.MIGRATE), parley, (function, took, ok) -> {}, InProcessOptions.local())) {
            return host.invoke(Routes.MIGRATE.name(), "{}".getBytes(StandardCharsets.UTF_8))
                    .toCompletableFuture()
                    .get(1, TimeUnit.MINUTES);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        server.jdbcUrl(), server.user(), server.password().value());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
