package dev.parley.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.sync.RedisAdvancedClusterCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalRedisTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isAWholeClusterOfOneNode(boolean embedded) {
        // Given
        try (LocalRedis redis = LocalRedis.start(folder, binary(embedded))) {

            // When / Then
            onCluster(redis, commands -> {
                assertThat(commands.clusterInfo())
                        .contains("cluster_state:ok", "cluster_slots_assigned:16384", "cluster_known_nodes:1");
                assertThat(commands.configGet("maxmemory-policy")).containsEntry("maxmemory-policy", "noeviction");
                assertThat(commands.info("server")).contains("version:" + redis.version());
            });
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsItsDataAfterAStop(boolean embedded) {
        // Given
        try (LocalRedis redis = LocalRedis.start(folder, binary(embedded))) {
            onCluster(redis, commands -> commands.set("session", "kept"));
        }

        // When
        try (LocalRedis redis = LocalRedis.start(folder, binary(embedded))) {

            // Then
            onCluster(redis, commands -> assertThat(commands.get("session")).isEqualTo("kept"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isBackWithItsDataWhereItWas(boolean embedded) {
        // Given
        try (LocalRedis redis = LocalRedis.start(folder, binary(embedded))) {
            String uri = redis.uri();
            onCluster(redis, commands -> commands.set("session", "kept"));

            // When
            redis.stop();
            redis.startAgain();

            // Then
            assertThat(redis.uri()).isEqualTo(uri);
            onCluster(redis, commands -> assertThat(commands.get("session")).isEqualTo("kept"));
        }
    }

    @Test
    void standsStillDuringAPause() throws Exception {
        // Given
        try (LocalRedis redis = start()) {
            int port = RedisURI.create(redis.uri()).getPort();

            // When
            try (Pause _ = redis.pause();
                    RespConnection client = new RespConnection(port, Duration.ofMillis(200))) {
                assertThatThrownBy(() -> client.call("PING")).isInstanceOf(IOException.class);
            }

            // Then
            onCluster(redis, commands -> assertThat(commands.ping()).isEqualTo("PONG"));
        }
    }

    @Test
    void refusesWhoDoesNotKnowThePassword() throws Exception {
        // Given
        try (LocalRedis redis = start();
                RespConnection stranger =
                        new RespConnection(RedisURI.create(redis.uri()).getPort(), TIMEOUT)) {

            // When / Then
            assertThat(stranger.call("SET", "a", "1")).startsWith("NOAUTH");
            assertThat(stranger.call("AUTH", "guess")).startsWith("WRONGPASS");
        }
    }

    @Test
    void showsItsPasswordToItsOwnerAlone() throws Exception {
        // Given
        try (LocalRedis redis = start()) {
            String password = new String(RedisURI.create(redis.uri())
                    .getCredentialsProvider()
                    .resolveCredentials()
                    .block(TIMEOUT)
                    .getPassword());

            // When
            try (Stream<Path> files = Files.walk(folder)) {
                List<Path> holders = files.filter(Files::isRegularFile)
                        .filter(file -> contentOf(file).contains(password))
                        .toList();

                // Then
                assertThat(holders).hasSize(1);
                assertThat(Files.getPosixFilePermissions(holders.getFirst()))
                        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
                assertThat(ProcessHandle.of(redis.processId())
                                .orElseThrow()
                                .info()
                                .commandLine())
                        .hasValueSatisfying(line -> assertThat(line).doesNotContain(password));
            }
        }
    }

    @Test
    void stopsTheServerThatAnEarlierRunLeftBehind() {
        // Given
        try (LocalRedis left = start()) {
            onCluster(left, commands -> commands.set("session", "kept"));

            // When
            try (LocalRedis redis = start()) {

                // Then
                assertThat(ProcessHandle.of(left.processId())).isEmpty();
                onCluster(redis, commands -> assertThat(commands.get("session")).isEqualTo("kept"));
            }
        }
    }

    @Test
    void saysWhyItDoesNotStart() throws Exception {
        // Given
        RedisBinary binary = binary(true);
        LocalRedis.start(folder, binary).close();
        Files.writeString(folder.resolve("redis-6/appendonly.aof"), "nonsense");

        // When / Then
        assertThatThrownBy(() -> LocalRedis.start(folder, binary))
                .isInstanceOf(LocalStoreException.class)
                .hasMessageStartingWith("Redis ended while it started:")
                .hasMessageContaining("append only file");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void becomesAClusterWithoutTheShortWay(boolean embedded) {
        // Given
        RedisBinary binary = binary(embedded);
        LocalRedis.start(folder, binary).close();

        // When
        try (LocalRedis redis = LocalRedis.start(folder, binary, ClusterStart.WAIT)) {

            // Then
            onCluster(
                    redis,
                    commands -> assertThat(commands.clusterInfo())
                            .contains("cluster_state:ok", "cluster_slots_assigned:16384"));
        }
    }

    private LocalRedis start() {
        return LocalRedis.start(folder, BinaryCache.ofUser());
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RedisBinary binary(boolean embedded) {
        return embedded ? RedisBinary.embedded(BinaryCache.ofUser()) : RedisBinary.find(BinaryCache.ofUser());
    }

    private static void onCluster(LocalRedis redis, Consumer<RedisAdvancedClusterCommands<String, String>> use) {
        try (RedisClusterClient client = RedisClusterClient.create(RedisURI.create(redis.uri()));
                StatefulRedisClusterConnection<String, String> connection = client.connect()) {
            use.accept(connection.sync());
        }
    }
}
