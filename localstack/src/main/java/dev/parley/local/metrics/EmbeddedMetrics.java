package dev.parley.local.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.InvalidJsonException;
import dev.parley.protocol.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the metrics in log lines, as CloudWatch Logs does (Amazon CloudWatch user guide, "Specification: Embedded metric
 * format"): only what the line's own directives name is a metric.
 */
final class EmbeddedMetrics {

    private static final String MARK = "{\"_aws\":";

    /** Values of one metric in a line; CloudWatch drops the metric when there are more. */
    private static final int MOST_VALUES = 100;

    private EmbeddedMetrics() {}

    /** Whether a line looks like one with metrics; cheap enough for every line. */
    static boolean isIn(String line) {
        return line.startsWith(MARK);
    }

    /** The values of each metric of a namespace, by its name; none if the line cannot be read. */
    static Map<String, List<Double>> read(String line, String namespace) {
        JsonNode json;
        try {
            json = Json.parse(line);
        } catch (InvalidJsonException e) {
            return Map.of();
        }
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (JsonNode directive : json.path("_aws").path("CloudWatchMetrics")) {
            if (!directive.path("Namespace").asText().equals(namespace)) {
                continue;
            }
            for (JsonNode metric : directive.path("Metrics")) {
                String name = metric.path("Name").asText();
                List<Double> found = numbers(json.path(name));
                if (!found.isEmpty() && found.size() <= MOST_VALUES) {
                    values.put(name, found);
                }
            }
        }
        return values;
    }

    private static List<Double> numbers(JsonNode value) {
        if (value.isNumber()) {
            return List.of(value.doubleValue());
        }
        List<Double> numbers = new ArrayList<>(value.size());
        for (JsonNode element : value) {
            if (!element.isNumber()) {
                return List.of();
            }
            numbers.add(element.doubleValue());
        }
        return numbers;
    }
}
