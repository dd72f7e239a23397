package dev.parley.local.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.catalog.Metrics;
import dev.parley.local.alert.Measure;
import dev.parley.local.lambda.LineSink;
import dev.parley.telemetry.EmbeddedMetricsWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the functions write for CloudWatch Logs is what Prometheus gets here. */
class LocalMetricsTest {

    private final LocalMetrics metrics = new LocalMetrics();
    private final List<String> others = new ArrayList<>();
    private final LineSink lines = metrics.lines((function, line) -> others.add(line));
    private final EmbeddedMetricsWriter writer =
            new EmbeddedMetricsWriter(line -> lines.line("Deliver", line), "Parley", Clock.systemUTC());

    @Test
    void linesOfMetricsBecomePrometheusMetrics() {
        // Given
        writer.record(Metrics.MISSED_HEARTBEATS, 3);
        writer.record(Metrics.SESSIONS, 200);
        writer.record(Metrics.DELIVERY_LATENCY, 40);

        // When
        writer.flush();

        // Then
        assertThat(page())
                .contains("parley_missed_heartbeats_total 3.0")
                .contains("parley_sessions 200.0")
                .contains("parley_delivery_latency_seconds_bucket{le=\"0.05\"} 1")
                .contains("parley_posts_total 0.0");
        Map<Measure, Double> measured = new EnumMap<>(Measure.class);
        metrics.measure(measured);
        assertThat(measured).containsEntry(Measure.MISSED_HEARTBEATS, 3.0).containsEntry(Measure.SESSIONS, 200.0);
        assertThat(others).isEmpty();
    }

    @Test
    void otherLinesGoOn() {
        lines.line("Deliver", "{\"level\":\"INFO\"}");
        assertThat(others).containsExactly("{\"level\":\"INFO\"}");
    }

    @Test
    void onlyWhatTheDirectivesNameIsAMetric() {
        lines.line(
                "Deliver",
                "{\"_aws\":{\"CloudWatchMetrics\":[{\"Namespace\":\"Parley\",\"Dimensions\":[[\"deployment\"]],"
                        + "\"Metrics\":[{\"Name\":\"Posts\",\"Unit\":\"Count\"}]}]},\"Posts\":5,\"Resumes\":7}");
        assertThat(page()).contains("parley_posts_total 5.0").contains("parley_resumes_total 0.0");
    }

    private String page() {
        return new String(metrics.page().body(), StandardCharsets.UTF_8);
    }
}
