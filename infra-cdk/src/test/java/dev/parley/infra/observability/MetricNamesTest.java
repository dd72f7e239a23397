package dev.parley.infra.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.catalog.Functions;
import dev.parley.catalog.MetricSpec;
import dev.parley.catalog.Metrics;
import dev.parley.catalog.Queues;
import dev.parley.catalog.Regions;
import dev.parley.infra.phase.Phase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every metric of alarms and dashboard exists. */
class MetricNamesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A metric with the values of its dimensions. */
    private record Found(String namespace, String name, Map<String, String> dimensions) {}

    static Stream<ObservabilitySynthesis> systems() {
        return Stream.of(
                ObservabilitySynthesis.of(Phase.MVP, Map.of()),
                ObservabilitySynthesis.of(Phase.ENTERPRISE, Map.of()),
                ObservabilitySynthesis.ofSecondRegion(Phase.ENTERPRISE));
    }

    @ParameterizedTest
    @MethodSource("systems")
    void everyMetricOfAnAlarmOrTheDashboardIsPublished(ObservabilitySynthesis synthesis) throws IOException {
        // When
        Set<Found> found = new HashSet<>(ofAlarms(synthesis));
        Set<Found> graphs = ofDashboard(synthesis);
        found.addAll(graphs);

        // Then
        KnownMetrics known = new KnownMetrics();
        assertThat(found).hasSizeGreaterThan(40).allSatisfy(metric -> {
            assertThat(known.contains(
                            metric.namespace(),
                            metric.name(),
                            metric.dimensions().keySet()))
                    .as(metric.toString())
                    .isTrue();
            assertThat(exists(metric)).as(metric.toString()).isTrue();
        });
        assertThat(graphs)
                .filteredOn(metric -> metric.namespace().equals(Metrics.NAMESPACE))
                .extracting(Found::name)
                .as("all that the system writes is on the dashboard")
                .containsAll(Metrics.all().stream().map(MetricSpec::name).toList());
    }

    /** Whether what the dimensions name is part of the system. */
    private static boolean exists(Found metric) {
        Map<String, String> dimensions = metric.dimensions();
        Set<String> functions = Functions.of(Regions.TWO).stream()
                .map(function -> "Demo-" + function.name())
                .collect(Collectors.toSet());
        Set<String> queues = Queues.of(Regions.TWO).stream()
                .flatMap(queue -> Stream.of("Demo-" + queue.name(), "Demo-" + queue.deadLetterName()))
                .collect(Collectors.toSet());
        return switch (metric.namespace()) {
            case "AWS/ApiGateway" -> KnownMetrics.fits(dimensions.getOrDefault("ApiId", ""), metric.name());
            case "AWS/Lambda" -> dimensions.isEmpty() || functions.contains(dimensions.get("FunctionName"));
            case "AWS/SQS" -> queues.contains(dimensions.get("QueueName"));
            case "AWS/RDS" ->
                Set.of("WRITER", "READER", "READ_WRITE", "READ_ONLY", "")
                        .contains(dimensions.getOrDefault("Role", dimensions.getOrDefault("TargetRole", "")));
            case "AWS/ElastiCache" ->
                dimensions.get("CacheClusterId").matches("cachegroup-000[1-8]-00[1-3]")
                        && dimensions.get("CacheNodeId").equals("0001");
            case Metrics.NAMESPACE -> dimensions.equals(Map.of(Metrics.DIMENSION, "Demo"));
            default -> false;
        };
    }

    private static Set<Found> ofAlarms(ObservabilitySynthesis synthesis) {
        Set<Found> found = new HashSet<>();
        synthesis.alarms().values().forEach(alarm -> {
            List<JsonNode> metrics = new ArrayList<>();
            alarm.findValues("Metric").forEach(metrics::add);
            if (alarm.has("MetricName")) {
                metrics.add(alarm);
            }
            assertThat(metrics).as(alarm.path("AlarmName").asText()).isNotEmpty();
            for (JsonNode metric : metrics) {
                Map<String, String> dimensions = new LinkedHashMap<>();
                metric.path("Dimensions")
                        .forEach(one -> dimensions.put(
                                one.path("Name").asText(), one.path("Value").asText()));
                found.add(new Found(
                        metric.path("Namespace").asText(),
                        metric.path("MetricName").asText(),
                        dimensions));
            }
        });
        return found;
    }

    /** The dashboard's metrics are lists: namespace, name, dimensions in pairs, and what they look like as an object. */
    private static Set<Found> ofDashboard(ObservabilitySynthesis synthesis) throws IOException {
        Set<Found> found = new HashSet<>();
        for (JsonNode widget : body(synthesis).path("widgets")) {
            for (JsonNode metric : widget.path("properties").path("metrics")) {
                if (metric.path(0).isTextual()) {
                    Map<String, String> dimensions = new LinkedHashMap<>();
                    for (int index = 2; metric.path(index).isTextual(); index += 2) {
                        dimensions.put(
                                metric.path(index).asText(),
                                metric.path(index + 1).asText());
                    }
                    found.add(new Found(metric.path(0).asText(), metric.path(1).asText(), dimensions));
                }
            }
        }
        return found;
    }

    private static JsonNode body(ObservabilitySynthesis synthesis) throws IOException {
        JsonNode body = synthesis
                .properties("AWS::CloudWatch::Dashboard")
                .values()
                .iterator()
                .next()
                .path("DashboardBody");
        StringBuilder text = new StringBuilder();
        if (body.isTextual()) {
            text.append(body.asText());
        }
        for (JsonNode part : body.path("Fn::Join").path(1)) {
            text.append(part.isTextual() ? part.asText() : "reference");
        }
        return MAPPER.readTree(text.toString());
    }
}
