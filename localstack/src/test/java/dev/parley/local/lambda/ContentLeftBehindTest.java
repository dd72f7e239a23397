package dev.parley.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.Json;
import dev.parley.settings.Setting;
import dev.parley.shard.ContentLeftBehindException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deployment without a cluster that content is on is refused before any function changes: the real function, on a real database. */
class ContentLeftBehindTest {

    @TempDir
    private static Path folder;

    private static MigratedServer server;

    @BeforeAll
    static void startPostgres() throws Exception {
        server = MigratedServer.start(folder);
        migrate("");
    }

    @AfterAll
    static void stopPostgres() {
        server.close();
    }

    @BeforeEach
    void bringAllContentToZero() throws SQLException {
        server.execute("DELETE FROM shard_map");
        server.execute("DELETE FROM shard_moves");
    }

    @Test
    void isRefusedWithTheClustersThatAreMissing() throws Exception {
        // Given
        server.execute("INSERT INTO shard_map VALUES (17, 'cluster-2'), (18, 'cluster-2'), (40, 'cluster-3')");

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
        server.execute("INSERT INTO shard_moves (shard, source, target, mover, phase) VALUES"
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
        server.execute("CREATE DATABASE other");
        server.execute("INSERT INTO shard_map VALUES (17, 'cluster-2')");
        JsonNode named = Json.parse(migrate("cluster-2=" + server.jdbcUrl("other")));

        // Then
        assertThat(current.path("applied").asInt()).isZero();
        assertThat(named.path("version")).isEqualTo(current.path("version"));
    }

    private static String reported(Throwable failure) {
        return MigratedServer.reported(failure, ContentLeftBehindException.class);
    }

    private static byte[] migrate(String clusters) throws Exception {
        return server.migrate(Map.of(Setting.DATABASE_CLUSTERS, clusters));
    }
}
