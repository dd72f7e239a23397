package dev.parley.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.catalog.AlertRule.Comparison;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** The alert table says what the requirements say (scaling guide, sections 3.1 and 3.3). */
class AlertsTest {

    /** The rows of section 3.1: what is watched, the warning, the critical threshold. */
    private static final Map<String, List<String>> ROWS = Map.ofEntries(
            Map.entry("CpuUsage", List.of("above 70", "above 90")),
            Map.entry("MemoryUsage", List.of("above 70", "above 85")),
            Map.entry("DiskIo", List.of("above 70", "above 90")),
            Map.entry("RequestRateDrop", List.of("none", "below -50")),
            Map.entry("ErrorRate", List.of("above 1", "above 5")),
            Map.entry("P99Latency", List.of("above 200", "above 500")),
            Map.entry("DatabaseConnections", List.of("above 80", "above 95")),
            Map.entry("QueryTime", List.of("above 100", "above 500")),
            Map.entry("ReplicationLag", List.of("above 1", "above 5")),
            Map.entry("ActiveConnections", List.of("above 80", "above 95")),
            Map.entry("MessageQueue", List.of("above 1000", "above 5000")),
            Map.entry("HeartbeatFailures", List.of("above 1", "above 5")));

    @Test
    void hasEveryRowOfTheRequirementsWithBothThresholds() {
        // Given
        Map<String, Set<List<String>>> rows = new TreeMap<>();

        // When
        Alerts.table().stream()
                .collect(Collectors.groupingBy(rule -> rule.name() + rule.service()))
                .values()
                .forEach(rules -> rows.computeIfAbsent(rules.getFirst().name(), name -> new HashSet<>())
                        .add(List.of(threshold(rules, Severity.WARNING), threshold(rules, Severity.CRITICAL))));

        // Then
        Map<String, Set<List<String>>> expected =
                ROWS.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, row -> Set.of(row.getValue())));
        assertThat(rows).isEqualTo(expected);
    }

    @Test
    void hasTheFourPrometheusRulesOfTheRequirements() {
        assertThat(Alerts.prometheus())
                .extracting(
                        AlertRule::name,
                        AlertRule::severity,
                        AlertRule::comparison,
                        AlertRule::threshold,
                        AlertRule::holds)
                .containsExactlyInAnyOrder(
                        tuple("HighErrorRate", Severity.CRITICAL, Comparison.ABOVE, 5.0, 5),
                        tuple("HighLatency", Severity.WARNING, Comparison.ABOVE, 500.0, 5),
                        tuple("DatabaseConnectionsHigh", Severity.WARNING, Comparison.ABOVE, 80.0, 5),
                        tuple("WebSocketConnectionsDrop", Severity.CRITICAL, Comparison.BELOW, -30.0, 2));
    }

    @Test
    void namesEachAlertOnce() {
        assertThat(Alerts.all()).extracting(AlertRule::id).doesNotHaveDuplicates();
    }

    @Test
    void watchesEverySignal() {
        assertThat(Alerts.all()).extracting(AlertRule::signal).containsAll(List.of(Signal.values()));
    }

    @Test
    void namesTheRunbookAfterTheAlert() {
        // Given
        Set<String> runbooks = new TreeSet<>();

        // When
        Alerts.all().forEach(rule -> runbooks.add(rule.runbook()));

        // Then
        assertThat(runbooks).contains("cpu-usage", "p99-latency", "web-socket-connections-drop", "disk-io");
    }

    @Test
    void takesTheThresholdItselfForFine() {
        // Given
        AlertRule drop = Alerts.prometheus().getLast();

        // Then
        assertThat(drop.breaches(-30)).isFalse();
        assertThat(drop.breaches(-30.1)).isTrue();
        assertThat(drop.breaches(100)).isFalse();
    }

    @Test
    void refusesTimesThatAreNoWholePeriods() {
        assertThatIllegalArgumentException().isThrownBy(() -> holding(Duration.ofSeconds(90)));
        assertThatIllegalArgumentException().isThrownBy(() -> holding(Duration.ZERO));
        assertThat(holding(Duration.ofMinutes(3)).periods()).isEqualTo(3);
    }

    private static AlertRule holding(Duration holds) {
        return new AlertRule(
                "Test", Service.API, Severity.WARNING, Signal.HEALTH, Comparison.BELOW, 1, holds, MissingData.BAD);
    }

    private static Tuple tuple(String name, Severity severity, Comparison comparison, double threshold, int minutes) {
        return Tuple.tuple(name, severity, comparison, threshold, Duration.ofMinutes(minutes));
    }

    private static String threshold(List<AlertRule> rules, Severity severity) {
        return rules.stream()
                .filter(rule -> rule.severity() == severity)
                .map(rule -> (rule.comparison() + " " + (long) rule.threshold()).toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("none");
    }
}
