package dev.parley.local.monitoring;

import dev.parley.catalog.AlertRule;
import dev.parley.catalog.Alerts;
import dev.parley.catalog.MissingData;
import dev.parley.catalog.Signal;
import dev.parley.local.monitoring.PromQl.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The alert table as Prometheus's rules, and promtool's tests of them. The files are in {@code localstack/monitoring}; a test
 * holds them to this.
 */
public final class PrometheusRules {

    private static final String HEAD =
            "# Written from dev.parley.catalog.Alerts by PrometheusRulesTest; do not edit.\n";

    /** What the requirements say of their rules (scaling guide, section 3.3). */
    private static final Map<String, Map<String, String>> REQUIRED_ANNOTATIONS = Map.of(
            "HighErrorRate",
            ordered(
                    "summary",
                    "High error rate detected",
                    "description",
                    "Error rate is {{ $value | humanizePercentage }}"),
            "HighLatency",
            ordered("summary", "High p99 latency"),
            "DatabaseConnectionsHigh",
            Map.of(),
            "WebSocketConnectionsDrop",
            ordered("summary", "WebSocket connections dropped significantly"));

    private final List<AlertRule> rules;

    /** @param rules the table; those that {@link Alerts#prometheus} names are written in the requirements' words */
    public PrometheusRules(List<AlertRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Prometheus's configuration: it scrapes a local cloud on this machine every 15 s. */
    public static String configuration() {
        return HEAD + """
                # Prometheus runs in a container, and the local cloud (./parley up --host 0.0.0.0) on the machine around it. There
                # is no alertmanager: nobody is to be called for a laptop.
                global:
                  scrape_interval: 15s
                  evaluation_interval: 15s

                rule_files:
                  - '/etc/prometheus/rules/*.yml'

                scrape_configs:
                  - job_name: 'chat-server'
                    static_configs:
                      - targets: ['host.docker.internal:3000']
                    metrics_path: '/metrics'
                """;
    }

    /** The rules. */
    public String rules() {
        StringBuilder yaml = new StringBuilder(HEAD).append("groups:\n");
        group(yaml, "chat-server", Alerts.prometheus());
        group(yaml, "table", Alerts.table());
        List<AlertRule> others = new ArrayList<>(rules);
        others.removeAll(Alerts.prometheus());
        others.removeAll(Alerts.table());
        group(yaml, "parley", others);
        return yaml.toString();
    }

    private void group(StringBuilder yaml, String name, List<AlertRule> members) {
        List<AlertRule> present = members.stream().filter(rules::contains).toList();
        if (present.isEmpty()) {
            return;
        }
        yaml.append("  - name: ").append(name).append("\n    rules:\n");
        for (AlertRule rule : present) {
            yaml.append("      - alert: ").append(rule.name()).append('\n');
            yaml.append("        expr: ").append(quoted(PromQl.condition(rule))).append('\n');
            yaml.append("        for: ").append(time(rule.holds())).append('\n');
            yaml.append("        labels:\n");
            labels(rule).forEach((key, value) -> yaml.append("          " + key + ": " + value + "\n"));
            Map<String, String> annotations = annotations(rule);
            if (!annotations.isEmpty()) {
                yaml.append("        annotations:\n");
                annotations.forEach((key, value) -> yaml.append("          " + key + ": " + quoted(value) + "\n"));
            }
        }
    }

    /**
     * Tests of the rules for {@code promtool test rules}: with a signal past the threshold an alert fires when it has been so
     * for long enough, and not before; with a signal that is fine it never does.
     */
    public String tests() {
        StringBuilder yaml = new StringBuilder(HEAD)
                .append("rule_files:\n  - rules/alerts.yml\n\nevaluation_interval: 15s\n\ntests:\n");
        Map<String, List<AlertRule>> rows = new LinkedHashMap<>();
        for (AlertRule rule : rules) {
            rows.computeIfAbsent(rule.name() + " of " + rule.service().title(), _ -> new ArrayList<>())
                    .add(rule);
        }
        rows.forEach((name, row) -> {
            test(yaml, name + ", nothing wrong", row, fine(row));
            for (int severity = 0; severity < row.size(); severity++) {
                test(yaml, name + ", " + lower(row.get(severity).severity()), row, beyond(row, severity));
            }
        });
        return yaml.toString();
    }

    private static void test(StringBuilder yaml, String name, List<AlertRule> row, double value) {
        AlertRule any = row.getFirst();
        yaml.append("  - name: ").append(quoted(name)).append("\n    interval: 15s\n    input_series:\n");
        for (Series series : PromQl.series(any.signal(), any.service(), value)) {
            yaml.append("      - series: ").append(quoted(series.name())).append('\n');
            yaml.append("        values: ").append(quoted(series.values())).append('\n');
        }
        yaml.append("    alert_rule_test:\n");
        Duration wrongFrom = wrongFrom(any.signal());
        // Beyond the time, by what the first rate takes.
        expect(yaml, any, wrongFrom.plus(any.holds()).minusSeconds(30), List.of());
        expect(
                yaml,
                any,
                wrongFrom.plus(any.holds()).plusSeconds(60),
                row.stream().filter(rule -> rule.breaches(value)).toList());
    }

    private static void expect(StringBuilder yaml, AlertRule any, Duration when, List<AlertRule> firing) {
        yaml.append("      - eval_time: ").append(time(when)).append('\n');
        yaml.append("        alertname: ").append(any.name()).append('\n');
        yaml.append("        exp_alerts:").append(firing.isEmpty() ? " []\n" : "\n");
        for (AlertRule rule : firing) {
            yaml.append("          - exp_labels:\n");
            labels(rule).forEach((key, value) -> yaml.append("              " + key + ": " + value + "\n"));
            Map<String, String> annotations = annotations(rule);
            if (!annotations.isEmpty()) {
                yaml.append("            exp_annotations:\n");
                annotations.forEach(
                        (key, value) -> yaml.append("              " + key + ": " + quoted(shown(value)) + "\n"));
            }
        }
    }

    /** When a signal passes the threshold in a test. */
    private static Duration wrongFrom(Signal signal) {
        Duration change = Duration.ofSeconds(15L * PromQl.CHANGE_AT);
        return switch (signal) {
            case CONNECTIONS_CHANGE -> change;
            // 95 % of the requests are missing: after 2 min 40 s half of the last five minutes'.
            case REQUEST_RATE_CHANGE -> change.plusSeconds(160);
            default -> Duration.ZERO;
        };
    }

    private static double fine(List<AlertRule> row) {
        AlertRule mildest = row.getFirst();
        if (mildest.comparison() == AlertRule.Comparison.BELOW) {
            return mildest.threshold() > 0 ? mildest.threshold() : mildest.threshold() / 2;
        }
        return mildest.threshold() / 2;
    }

    private static double beyond(List<AlertRule> row, int severity) {
        AlertRule rule = row.get(severity);
        if (rule.comparison() == AlertRule.Comparison.BELOW) {
            return rule.threshold() > 0 ? 0 : 1.9 * rule.threshold();
        }
        double next = severity + 1 < row.size() ? row.get(severity + 1).threshold() : rule.threshold() * 1.04 + 1;
        return (rule.threshold() + next) / 2;
    }

    /** An annotation as the tests see it: errors are at 5.6 % there. */
    private static String shown(String annotation) {
        double beyond = (5 + 5 * 1.04 + 1) / 2;
        return annotation.replace("{{ $value | humanizePercentage }}", String.format(Locale.ROOT, "%.1f%%", beyond));
    }

    private static Map<String, String> labels(AlertRule rule) {
        return Alerts.prometheus().contains(rule)
                ? ordered("severity", lower(rule.severity()))
                : ordered("severity", lower(rule.severity()), "service", lower(rule.service()));
    }

    private static Map<String, String> annotations(AlertRule rule) {
        Map<String, String> required = REQUIRED_ANNOTATIONS.get(rule.name());
        if (required != null) {
            return required;
        }
        String side = rule.comparison() == AlertRule.Comparison.ABOVE ? "above " : "below ";
        String threshold =
                (side + PromQl.number(rule.threshold()) + " " + rule.signal().unit()).strip();
        String missing = rule.missing() == MissingData.BAD ? ", or not known," : "";
        return ordered(
                "summary",
                rule.service().title() + ": " + rule.signal().description() + " " + threshold + missing + " for "
                        + time(rule.holds()),
                "runbook",
                "docs/runbooks/" + rule.runbook() + ".md");
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static String time(Duration duration) {
        return duration.toSecondsPart() == 0
                ? duration.toMinutes() + "m"
                : duration.toMinutes() + "m" + duration.toSecondsPart() + "s";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
