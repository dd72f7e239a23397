package dev.parley.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.catalog.FunctionSpec;
import dev.parley.local.lambda.EnvironmentState.Phase;
import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalRedis;
import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A snapshot is restored many times. No process can be copied here, so the test shows what makes copies differ: with AWS's
 * runtime client the hooks run, and the worker that ids were made with before the snapshot is not used after it.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the Lambda runtime client has a native library for Linux only")
class SnapStartTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void twoRestoresMakeDifferentIdsAndNeitherGoesOnWithTheSnapshotsWorker() throws Exception {
        // Given
        FunctionSpec spec = new FunctionSpec("Id", IdFunction.class.getName(), 1024, TIMEOUT);
        try (LocalRedis redis = LocalRedis.start(folder, BinaryCache.ofUser());
                IsolatedHost host = new IsolatedHost(
                        List.of(spec),
                        environment(redis),
                        IsolatedOptions.local(LineSink.log(), InvocationMeter.none()))) {

            // When
            CompletableFuture<byte[]> one = host.invoke("Id", "{}".getBytes(StandardCharsets.UTF_8));
            CompletableFuture<byte[]> other = host.invoke("Id", "{}".getBytes(StandardCharsets.UTF_8));
            List<JsonNode> made = List.of(
                    Json.parse(one.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)),
                    Json.parse(other.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)));

            // Then
            assertThat(host.environments("Id"))
                    .hasSize(2)
                    .allSatisfy(environment -> assertThat(environment.phases())
                            .containsExactly(Phase.STARTED, Phase.CHECKPOINTED, Phase.RESTORED, Phase.READY));
            assertThat(made)
                    .allSatisfy(ids -> assertThat(ids.path("worker").asInt())
                            .isNotEqualTo(ids.path("before_snapshot").asInt()));
            assertThat(made.get(0).path("worker").asInt())
                    .isNotEqualTo(made.get(1).path("worker").asInt());
            assertThat(made.get(0).path("id").asText())
                    .isNotEqualTo(made.get(1).path("id").asText());
        }
    }

    private static Map<String, String> environment(LocalRedis redis) {
        Map<String, String> environment = new HashMap<>(TestSystem.environment());
        environment.put("PARLEY_REDIS_URL", redis.uri());
        return environment;
    }
}
