package dev.parley.local.monitoring;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.catalog.AlertRule;
import dev.parley.catalog.Service;
import dev.parley.protocol.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Grafana dashboard of the alert table: what fires, and a panel for each signal with its thresholds. It is in
 * {@code localstack/monitoring}; a test holds it to this.
 */
public final class GrafanaDashboard {

    /** Names the data source, here and in its provisioning. */
    private static final String DATA_SOURCE = "parley-prometheus";

    private static final int COLUMNS = 3;
    private static final int WIDTH = 24 / COLUMNS;
    private static final int HEIGHT = 7;

    private final List<AlertRule> rules;

    public GrafanaDashboard(List<AlertRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Tells Grafana where Prometheus is. */
    public static String dataSources() {
        return """
                apiVersion: 1
                datasources:
                  - name: Prometheus
                    uid: %s
                    type: prometheus
                    access: proxy
                    url: http://prometheus:9090
                    isDefault: true
                """.formatted(DATA_SOURCE);
    }

    /** Tells Grafana where the dashboard is. */
    public static String providers() {
        return """
                apiVersion: 1
                providers:
                  - name: Parley
                    type: file
                    options:
                      path: /var/lib/grafana/dashboards
                """;
    }

    /** The dashboard. */
    public String json() {
        ObjectNode board = Json.object()
                .put("uid", "parley")
                .put("title", "Parley")
                .put("schemaVersion", 39)
                .put("refresh", "15s");
        board.putObject("time").put("from", "now-1h").put("to", "now");
        ArrayNode panels = board.putArray("panels");
        firing(panels);
        Map<String, List<AlertRule>> bySignal = new LinkedHashMap<>();
        for (AlertRule rule : rules) {
            bySignal.computeIfAbsent(rule.signal() + "/" + rule.service(), _ -> new ArrayList<>())
                    .add(rule);
        }
        bySignal.values().forEach(signal -> signal(panels, signal));
        own(panels);
        return board.toPrettyString() + "\n";
    }

    private static void firing(ArrayNode panels) {
        ObjectNode panel = panel(panels, "table", "Firing", "none");
        panel.withObject("/gridPos").put("w", 24).put("h", HEIGHT).put("x", 0).put("y", 0);
        target(panel, "parley_alert_firing == 1").put("format", "table").put("instant", true);
    }

    private static void signal(ArrayNode panels, List<AlertRule> rows) {
        AlertRule any = rows.getFirst();
        Service service = any.service();
        ObjectNode panel = panel(
                panels, "timeseries", service.title() + ": " + any.signal().description(), unit(any));
        place(panel, panels.size() - 2);
        target(panel, PromQl.value(any.signal(), service));
        ObjectNode defaults = panel.withObject("/fieldConfig/defaults");
        defaults.withObject("/custom/thresholdsStyle").put("mode", "line");
        ArrayNode steps =
                defaults.withObject("/thresholds").put("mode", "absolute").putArray("steps");
        boolean below = any.comparison() == AlertRule.Comparison.BELOW;
        steps.addObject().put("color", below ? "red" : "green").putNull("value");
        rows.stream()
                .sorted((one, other) -> Double.compare(one.threshold(), other.threshold()))
                .forEach(rule -> steps.addObject()
                        .put("color", below ? "green" : colour(rule))
                        .put("value", rule.threshold()));
    }

    /** What no alert looks at, and an operator all the same. */
    private static void own(ArrayNode panels) {
        Map<String, String> more = new LinkedHashMap<>();
        more.put("Requests a second", "sum by (status) (rate(http_requests_total[1m]))");
        more.put("Posts to connections a second", "rate(parley_posts_total[1m])");
        more.put(
                "Delivery latency, 99th percentile",
                "1000 * histogram_quantile(0.99, sum by (le) (rate(parley_delivery_latency_seconds_bucket[1m])))");
        more.put("Sessions", "parley_sessions");
        more.put(
                "Resumes and refused resumes a minute",
                "60 * rate({__name__=~\"parley_resumes_total|parley_resumes_refused_total\"}[5m])");
        more.forEach((title, expression) -> {
            ObjectNode panel = panel(panels, "timeseries", title, title.contains("latency") ? "ms" : "short");
            place(panel, panels.size() - 2);
            target(panel, expression);
        });
    }

    private static ObjectNode panel(ArrayNode panels, String type, String title, String unit) {
        ObjectNode panel =
                panels.addObject().put("id", panels.size()).put("type", type).put("title", title);
        panel.putObject("datasource").put("type", "prometheus").put("uid", DATA_SOURCE);
        panel.withObject("/fieldConfig/defaults").put("unit", unit);
        panel.putArray("targets");
        return panel;
    }

    private static void place(ObjectNode panel, int index) {
        panel.withObject("/gridPos")
                .put("w", WIDTH)
                .put("h", HEIGHT)
                .put("x", WIDTH * (index % COLUMNS))
                .put("y", HEIGHT * (1 + index / COLUMNS));
    }

    private static ObjectNode target(ObjectNode panel, String expression) {
        return panel.withArray("/targets").addObject().put("refId", "A").put("expr", expression);
    }

    private static String unit(AlertRule rule) {
        return switch (rule.signal().unit()) {
            case "%" -> "percent";
            case "ms" -> "ms";
            case "s" -> "s";
            default -> "short";
        };
    }

    private static String colour(AlertRule rule) {
        return switch (rule.severity()) {
            case WARNING -> "orange";
            case CRITICAL -> "red";
        };
    }
}
