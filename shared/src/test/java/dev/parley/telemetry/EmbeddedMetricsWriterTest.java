package dev.parley.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.catalog.Metrics;
import dev.parley.protocol.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The lines that CloudWatch Logs makes metrics from. */
class EmbeddedMetricsWriterTest {

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Clock clock = Clock.fixed(Instant.ofEpochMilli(1_735_689_600_000L), ZoneOffset.UTC);
    private final Meter meter = new EmbeddedMetricsWriter(lines::add, "Parley", clock);

    @Test
    void aBatchIsOneLineInTheEmbeddedMetricFormat() {
        // Given
        meter.record(Metrics.POSTS, 1);
        meter.record(Metrics.POSTS, 1);
        meter.record(Metrics.OUTBOX_AGE, 3.5);
        meter.record(Metrics.OUTBOX_AGE, 1.5);
        meter.record(Metrics.DELIVERY_LATENCY, 20);
        meter.record(Metrics.DELIVERY_LATENCY, 7);

        // When
        meter.flush();

        // Then
        assertThat(lines).hasSize(1);
        assertThat(Json.parse(lines.getFirst()))
                .isEqualTo(Json.parse("{\"_aws\":{\"Timestamp\":1735689600000,\"CloudWatchMetrics\":[{"
                        + "\"Namespace\":\"Parley\",\"Dimensions\":[[\"deployment\"]],\"Metrics\":["
                        + "{\"Name\":\"Posts\",\"Unit\":\"Count\"},"
                        + "{\"Name\":\"DeliveryLatency\",\"Unit\":\"Milliseconds\"},"
                        + "{\"Name\":\"OutboxAge\",\"Unit\":\"Seconds\"}]}]},"
                        + "\"deployment\":\"Parley\",\"Posts\":2,\"DeliveryLatency\":[7,20],\"OutboxAge\":1.5}"));
    }

    @Test
    void nothingIsWrittenTwiceAndNothingIsNoLine() {
        meter.flush();
        meter.record(Metrics.RESUMES, 1);
        meter.flush();
        meter.flush();
        assertThat(lines).hasSize(1);
    }

    @Test
    void tenThousandLatenciesAreAHundredQuantilesInUnderAKilobyte() {
        // Given
        IntStream.rangeClosed(1, 10_000).forEach(latency -> meter.record(Metrics.DELIVERY_LATENCY, latency));

        // When
        meter.flush();

        // Then
        assertThat(lines.getFirst()).hasSizeLessThan(1_024);
        JsonNode values = Json.parse(lines.getFirst()).path("DeliveryLatency");
        assertThat(values).hasSize(100);
        assertThat(values.get(0).asInt()).isEqualTo(1);
        assertThat(values.get(49).asDouble()).isBetween(0.96 * 4_950, 4_950.0);
        assertThat(values.get(99).asDouble()).isBetween(0.96 * 10_000, 10_000.0);
    }

    @Test
    void anOutputThatFailsFailsNobody() {
        Meter broken = new EmbeddedMetricsWriter(
                line -> {
                    throw new IllegalStateException("closed");
                },
                "Parley",
                clock);
        broken.record(Metrics.POSTS, 1);
        broken.flush();
    }

    @Test
    void everythingOfManyThreadsIsCountedOnce() throws Exception {
        // Given
        int threads = 8;
        int each = 20_000;
        List<Thread> running = IntStream.range(0, threads)
                .mapToObj(number -> Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < each; i++) {
                        meter.record(Metrics.POSTS, 1);
                        if (i % 100 == 0) {
                            meter.flush();
                        }
                    }
                }))
                .toList();

        // When
        for (Thread thread : running) {
            thread.join();
        }
        meter.flush();

        // Then
        long posts = lines.stream()
                .mapToLong(line -> Json.parse(line).path("Posts").asLong())
                .sum();
        assertThat(posts).isEqualTo((long) threads * each);
    }
}
