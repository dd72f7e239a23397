package dev.parley.local.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.catalog.Alerts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Prometheus and Grafana see the alert table as the catalog has it, and the rules do what it says. */
class PrometheusRulesTest {

    private static final Path FOLDER = Path.of("monitoring");

    /** Set to write the files instead of comparing them. */
    private static final String WRITE = "parley.write-docs";

    private final PrometheusRules rules = new PrometheusRules(Alerts.all());

    @Test
    void theFilesAreCurrent() throws IOException {
        for (Map.Entry<String, String> file : files().entrySet()) {
            Path path = FOLDER.resolve(file.getKey());
            if (Boolean.getBoolean(WRITE)) {
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.writeString(path, file.getValue());
            }
            assertThat(Files.readString(path))
                    .as("localstack/monitoring/" + file.getKey() + "; written anew by: mvn -pl localstack -am test"
                            + " -Dtest=PrometheusRulesTest -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE
                            + "=true")
                    .isEqualTo(file.getValue());
        }
    }

    @Test
    void theRequirementsRulesAreThereInTheirOwnWords() {
        assertThat(rules.rules()).contains("""
                      - alert: HighErrorRate
                        expr: 'sum(rate(http_requests_total{status=~"5.."}[5m])) / sum(rate(http_requests_total[5m])) > 0.05'
                        for: 5m
                        labels:
                          severity: critical
                        annotations:
                          summary: 'High error rate detected'
                          description: 'Error rate is {{ $value | humanizePercentage }}'
                """).contains("""
                      - alert: HighLatency
                        expr: 'histogram_quantile(0.99, rate(http_request_duration_seconds_bucket[5m])) > 0.5'
                        for: 5m
                        labels:
                          severity: warning
                        annotations:
                          summary: 'High p99 latency'
                """).contains("""
                      - alert: DatabaseConnectionsHigh
                        expr: 'pg_stat_activity_count / pg_settings_max_connections > 0.8'
                        for: 5m
                        labels:
                          severity: warning
                """).contains("""
                      - alert: WebSocketConnectionsDrop
                        expr: '(gateway_connections_active - gateway_connections_active offset 5m) / gateway_connections_active offset 5m < -0.3'
                        for: 2m
                        labels:
                          severity: critical
                        annotations:
                          summary: 'WebSocket connections dropped significantly'
                """);
    }

    @Test
    void everyAlertOfTheTableIsARule() {
        String yaml = rules.rules();
        assertThat(yaml.lines().filter(line -> line.strip().startsWith("- alert: ")))
                .containsExactlyInAnyOrderElementsOf(Alerts.all().stream()
                        .map(rule -> "      - alert: " + rule.name())
                        .toList());
    }

    @Test
    void promtoolFindsTheRulesToFireAndToStaySilentAsTheTableSays() throws Exception {
        assumeTrue(promtoolIsThere(), "promtool is not installed (Debian: prometheus)");
        promtool("check", "config", "prometheus.yml");
        promtool("check", "rules", "rules/alerts.yml");
        promtool("test", "rules", "alerts.test.yml");
    }

    private Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("prometheus.yml", PrometheusRules.configuration());
        files.put("rules/alerts.yml", rules.rules());
        files.put("alerts.test.yml", rules.tests());
        files.put("grafana/dashboards/parley.json", new GrafanaDashboard(Alerts.all()).json());
        files.put("grafana/provisioning/datasources/prometheus.yml", GrafanaDashboard.dataSources());
        files.put("grafana/provisioning/dashboards/parley.yml", GrafanaDashboard.providers());
        return files;
    }

    private static boolean promtoolIsThere() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, "promtool"))) {
                return true;
            }
        }
        return false;
    }

    private static void promtool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(command + "\n" + output).isZero();
    }
}
