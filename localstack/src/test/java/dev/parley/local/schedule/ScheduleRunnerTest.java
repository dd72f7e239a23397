package dev.parley.local.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.ScheduleSpec;
import dev.parley.local.lambda.FunctionHost;
import dev.parley.local.lambda.InvocationException;
import dev.parley.protocol.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScheduleRunnerTest {

    private static final ScheduleSpec EACH_MINUTE = new ScheduleSpec(
            "sweep", Duration.ofMinutes(1), new FunctionSpec("Sweep", "none", 256, Duration.ofSeconds(10)));
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T10:20:30.456Z"), ZoneOffset.UTC);

    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();

    @Test
    void runsAtOnceWithTheEventOfEventBridge() throws Exception {
        try (var runner = new ScheduleRunner(List.of(EACH_MINUTE), host(false), CLOCK, 1)) {
            // When
            JsonNode event = events.poll(5, TimeUnit.SECONDS);

            // Then
            assertThat(event.path("detail-type").asText()).isEqualTo("Scheduled Event");
            assertThat(event.path("time").asText()).isEqualTo("2026-03-01T10:20:30Z");
            assertThat(event.at("/resources/0").asText()).endsWith(":schedule/default/sweep");
            assertThat(events.poll(200, TimeUnit.MILLISECONDS)).isNull();
            assertThat(runner).isNotNull();
        }
    }

    @Test
    void runsFasterOnRequestUntilItIsClosed() throws Exception {
        // Given
        ScheduleRunner runner = new ScheduleRunner(List.of(EACH_MINUTE), host(false), CLOCK, 3_000);

        // Then
        for (int i = 0; i < 5; i++) {
            assertThat(events.poll(5, TimeUnit.SECONDS)).isNotNull();
        }
        runner.close();
        events.clear();
        assertThat(events.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void goesOnAfterARunThatWasRefused() throws Exception {
        try (var runner = new ScheduleRunner(List.of(EACH_MINUTE), host(true), CLOCK, 3_000)) {
            assertThat(events.poll(5, TimeUnit.SECONDS)).isNotNull();
            assertThat(events.poll(5, TimeUnit.SECONDS)).isNotNull();
            assertThat(runner).isNotNull();
        }
    }

    @Test
    void refusesAPeriodThatIsTooShort() {
        assertThatThrownBy(() -> new ScheduleRunner(List.of(EACH_MINUTE), host(false), CLOCK, 60_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sweep");
    }

    private FunctionHost host(boolean refusing) {
        return new FunctionHost() {
            @Override
            public CompletableFuture<byte[]> invoke(String functionName, byte[] event) {
                throw new AssertionError("Schedules do not wait");
            }

            @Override
            public void invokeAsync(String functionName, byte[] event) {
                assertThat(functionName).isEqualTo("Sweep");
                events.add(Json.parse(event));
                if (refusing) {
                    throw new InvocationException(InvocationException.Reason.THROTTLED, "busy");
                }
            }

            @Override
            public void close() {}
        };
    }
}
