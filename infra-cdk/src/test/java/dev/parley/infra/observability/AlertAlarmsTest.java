package dev.parley.infra.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.catalog.AlertRule;
import dev.parley.catalog.AlertRule.Comparison;
import dev.parley.catalog.Alerts;
import dev.parley.catalog.Service;
import dev.parley.catalog.Severity;
import dev.parley.catalog.Signal;
import dev.parley.infra.phase.ClusterSpec;
import dev.parley.infra.phase.Phase;
import dev.parley.infra.phase.PhaseProfile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alarms are the alert table, in both directions. */
class AlertAlarmsTest {

    private static final String RUNBOOKS = "https://git.example.com/parley/docs/runbooks/";

    private static final ObservabilitySynthesis MVP = ObservabilitySynthesis.of(Phase.MVP, Map.of());
    private static final ObservabilitySynthesis ENTERPRISE = ObservabilitySynthesis.of(
            Phase.ENTERPRISE, Map.of("alarmEmail", "on-call@example.com", "runbooks", RUNBOOKS));

    static Stream<ObservabilitySynthesis> phases() {
        return Stream.of(MVP, ENTERPRISE);
    }

    @ParameterizedTest
    @MethodSource("phases")
    void everyRuleHasAnAlarmAndEveryAlarmARule(ObservabilitySynthesis synthesis) {
        // Given
        Set<String> rules = Signals.rules().stream().map(AlertRule::id).collect(Collectors.toCollection(TreeSet::new));

        // When
        Set<String> alarms = synthesis.alarms().keySet().stream()
                .map(name -> name.replaceFirst("-\\d+$", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        // Then
        assertThat(alarms).isEqualTo(rules);
        assertThat(synthesis.alarms()).containsKeys(rules.toArray(String[]::new));
    }

    @Test
    void theOtherRegionHasAnAlarmForEachRuleThatIsNotOfTheHomeRegionAlone() {
        // Given
        Set<Signal> ofHome = Set.of(Signal.OUTBOX_AGE, Signal.DATABASE_CONNECTIONS, Signal.QUERY_TIME);

        // When
        Map<String, JsonNode> alarms =
                ObservabilitySynthesis.ofSecondRegion(Phase.ENTERPRISE).alarms();

        // Then
        assertThat(alarms.keySet().stream()
                        .map(name -> name.replaceFirst("-\\d+$", ""))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(Signals.rules().stream()
                        .filter(rule -> !ofHome.contains(rule.signal()))
                        .map(AlertRule::id)
                        .toList());
        assertThat(alarms.entrySet())
                .filteredOn(alarm -> alarm.getKey().contains("ReplicationLag"))
                .isNotEmpty()
                .allSatisfy(alarm -> assertThat(alarm.getValue().toString()).contains("AuroraGlobalDBReplicationLag"));
        assertThat(alarms.entrySet())
                .filteredOn(alarm -> alarm.getKey().contains("MessageQueue"))
                .isNotEmpty()
                .allSatisfy(alarm -> assertThat(alarm.getValue().toString()).contains("Demo-relay.fifo"));
    }

    @Test
    void onlyTheRulesOfHealthAreMeasuredInAnotherRegion() {
        assertThat(Alerts.all())
                .filteredOn(rule -> !Signals.rules().contains(rule))
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.signal()).isEqualTo(Signal.HEALTH));
    }

    @ParameterizedTest
    @MethodSource("phases")
    void everyAlarmHasTheNumbersOfItsRule(ObservabilitySynthesis synthesis) {
        for (AlertRule rule : Signals.rules()) {
            List<JsonNode> alarms = alarms(synthesis, rule);
            assertThat(alarms).as(rule.id()).isNotEmpty().allSatisfy(alarm -> {
                assertThat(alarm.path("Threshold").asDouble()).isEqualTo(rule.threshold());
                assertThat(alarm.path("ComparisonOperator").asText())
                        .isEqualTo(
                                rule.comparison() == Comparison.ABOVE ? "GreaterThanThreshold" : "LessThanThreshold");
                assertThat(alarm.path("TreatMissingData").asText())
                        .isEqualTo(
                                switch (rule.missing()) {
                                    case FINE -> "notBreaching";
                                    case BAD -> "breaching";
                                    case UNKNOWN -> "ignore";
                                });
                assertThat(alarm.path("DatapointsToAlarm")).isEqualTo(alarm.path("EvaluationPeriods"));
            });
        }
    }

    @ParameterizedTest
    @MethodSource("phases")
    void everyAlarmWaitsForTheDurationOfItsRule(ObservabilitySynthesis synthesis) {
        for (AlertRule rule : Signals.rules()) {
            for (JsonNode alarm : alarms(synthesis, rule)) {
                long waits = alarm.path("EvaluationPeriods").asLong() * period(alarm);
                if (compares(rule.signal())) {
                    assertThat(period(alarm)).as(rule.id()).isEqualTo(300);
                    assertThat(waits)
                            .as(rule.id())
                            .isBetween(rule.holds().toSeconds(), rule.holds().toSeconds() + 299);
                } else {
                    assertThat(period(alarm)).as(rule.id()).isEqualTo(AlertRule.PERIOD.toSeconds());
                    assertThat(waits).as(rule.id()).isEqualTo(rule.holds().toSeconds());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("phases")
    void everyAlarmTellsTheTopicOfItsSeverityWhenItBeginsAndWhenItEnds(ObservabilitySynthesis synthesis) {
        Map<String, JsonNode> topics = synthesis.properties("AWS::SNS::Topic");
        for (AlertRule rule : Signals.rules()) {
            for (JsonNode alarm : alarms(synthesis, rule)) {
                for (String actions : List.of("AlarmActions", "OKActions")) {
                    assertThat(alarm.path(actions)).as(rule.id()).hasSize(1);
                    String topic = alarm.path(actions).path(0).path("Ref").asText();
                    assertThat(topics.get(topic).path("TopicName").asText())
                            .as(rule.id())
                            .isEqualTo("Demo-" + rule.severity().title());
                }
            }
        }
    }

    @Test
    void everyDescriptionNamesItsRunbook() {
        for (AlertRule rule : Signals.rules()) {
            assertThat(alarms(MVP, rule))
                    .allSatisfy(
                            alarm -> assertThat(alarm.path("AlarmDescription").asText())
                                    .endsWith("Runbook: docs/runbooks/" + rule.runbook() + ".md"));
            assertThat(alarms(ENTERPRISE, rule))
                    .allSatisfy(
                            alarm -> assertThat(alarm.path("AlarmDescription").asText())
                                    .endsWith("Runbook: " + RUNBOOKS + rule.runbook() + ".md"));
        }
    }

    @ParameterizedTest
    @MethodSource("phases")
    void aServiceIsUnwellWhileOneOfItsCriticalAlarmsIsOn(ObservabilitySynthesis synthesis) {
        Map<String, JsonNode> alarms = synthesis.properties("AWS::CloudWatch::Alarm");
        Map<String, JsonNode> composites = synthesis.properties("AWS::CloudWatch::CompositeAlarm");
        assertThat(composites.values().stream()
                        .map(alarm -> alarm.path("AlarmName").asText()))
                .containsExactlyInAnyOrderElementsOf(Stream.of(Service.values())
                        .map(service -> "Demo-" + service.title())
                        .toList());
        for (Service service : Service.values()) {
            // Given
            JsonNode composite = composites.values().stream()
                    .filter(alarm -> alarm.path("AlarmName").asText().equals("Demo-" + service.title()))
                    .findFirst()
                    .orElseThrow();

            // When
            Set<String> members = composite.path("AlarmRule").findValues("Fn::GetAtt").stream()
                    .map(reference -> alarms.get(reference.path(0).asText())
                            .path("AlarmName")
                            .asText())
                    .collect(Collectors.toCollection(TreeSet::new));

            // Then
            assertThat(members)
                    .as(service.title())
                    .isEqualTo(Signals.rules().stream()
                            .filter(rule -> rule.service() == service && rule.severity() == Severity.CRITICAL)
                            .flatMap(rule -> alarms(synthesis, rule).stream())
                            .map(alarm -> alarm.path("AlarmName").asText())
                            .collect(Collectors.toCollection(TreeSet::new)));
            assertThat(composite.path("AlarmRule").toString()).doesNotContain(" AND ");
            assertThat(composite.has("AlarmActions")).as("its members notify").isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("phases")
    void noAlarmHasMoreMetricsThanCloudWatchTakes(ObservabilitySynthesis synthesis) {
        assertThat(synthesis.alarms())
                .allSatisfy((name, alarm) ->
                        assertThat(alarm.findValues("MetricStat")).hasSizeLessThanOrEqualTo(10));
    }

    @Test
    void everyNodeOfTheCacheIsInOneAlarmOfEachRule() {
        for (AlertRule rule : Signals.rules()) {
            if (rule.service() == Service.CACHE) {
                assertThat(alarms(ENTERPRISE, rule).stream()
                                .flatMap(alarm -> alarm.findValues("Dimensions").stream())
                                .map(dimensions ->
                                        dimensions.path(0).path("Value").asText()))
                        .as(rule.id())
                        .hasSize(24)
                        .doesNotHaveDuplicates()
                        .contains("cachegroup-0001-001", "cachegroup-0008-003");
            }
        }
    }

    @Test
    void everyDatabaseClusterHasItsOwnAlarms() {
        for (AlertRule rule : Signals.rules()) {
            if (rule.service() == Service.DATABASE) {
                Map<String, Set<String>> looksAt = new TreeMap<>();
                alarms(ENTERPRISE, rule)
                        .forEach(alarm -> looksAt.put(
                                alarm.path("AlarmName").asText(),
                                dimensions(alarm, "DBClusterIdentifier", "ProxyName")));
                String name = "Demo-" + rule.id();
                assertThat(looksAt).containsOnlyKeys(name, name + "-2", name + "-3");
                assertThat(looksAt.get(name)).isSubsetOf("zero", "proxy").hasSize(1);
                assertThat(looksAt.get(name + "-2"))
                        .isSubsetOf("cluster-2", "proxy-2")
                        .hasSize(1);
                assertThat(looksAt.get(name + "-3"))
                        .isSubsetOf("cluster-3", "proxy-3")
                        .hasSize(1);
            }
        }
    }

    @Test
    void sharesOfTheDatabaseAreOfTheClustersOwnSize() {
        PhaseProfile profile = Phase.ENTERPRISE.profile();
        for (ClusterSpec spec : profile.clusters()) {
            JsonNode alarm = ENTERPRISE.alarms().get(spec.numbered("MemoryUsage-Database-Critical"));
            assertThat(alarm.findValuesAsText("Expression"))
                    .anyMatch(formula -> formula.contains(" / " + spec.size().maxMemoryBytes() + ")"));
        }
    }

    @Test
    void connectionsToReadersCountWhereTheProxyLeadsToThem() {
        Map<String, JsonNode> alarms = ENTERPRISE.alarms();
        assertThat(dimensions(alarms.get("QueryTime-Database-Critical"), "TargetRole"))
                .containsExactlyInAnyOrder("READ_WRITE", "READ_ONLY");
        assertThat(dimensions(alarms.get("QueryTime-Database-Critical-2"), "TargetRole"))
                .containsExactly("READ_WRITE");
        assertThat(dimensions(alarms.get("CpuUsage-Database-Critical-2"), "Role"))
                .containsExactlyInAnyOrder("WRITER", "READER");
    }

    @Test
    void theLagOfAllClustersTogetherIsAskedForOnce() {
        Map<String, JsonNode> alarms =
                ObservabilitySynthesis.ofSecondRegion(Phase.ENTERPRISE).alarms();
        assertThat(dimensions(alarms.get("ReplicationLag-Database-Critical"), "SourceRegion"))
                .containsExactly("us-east-1");
        assertThat(dimensions(alarms.get("ReplicationLag-Database-Critical-2"), "SourceRegion"))
                .isEmpty();
        assertThat(dimensions(alarms.get("ReplicationLag-Database-Critical-2"), "DBClusterIdentifier"))
                .containsExactly("cluster-2");
    }

    @ParameterizedTest
    @MethodSource("phases")
    void sharesOfTooLittleAreNoShares(ObservabilitySynthesis synthesis) {
        Set<Signal> shares = Set.of(
                Signal.REQUEST_RATE_CHANGE,
                Signal.ERROR_RATE,
                Signal.P99_LATENCY,
                Signal.HEARTBEAT_FAILURES,
                Signal.CONNECTIONS_CHANGE,
                Signal.CALLBACK_ERRORS,
                Signal.THROTTLES);
        for (AlertRule rule : Signals.rules()) {
            if (shares.contains(rule.signal())) {
                assertThat(alarms(synthesis, rule))
                        .as(rule.id())
                        .allSatisfy(alarm -> assertThat(alarm.findValuesAsText("Expression"))
                                .anySatisfy(formula -> assertThat(formula).matches("IF\\(.+ >= (20|100), .+, 0\\)")));
            }
        }
    }

    @Test
    void topicsAreEncryptedAndTakeWhatAlarmsSay() {
        assertThat(ENTERPRISE.properties("AWS::SNS::Topic").values())
                .hasSize(2)
                .allSatisfy(topic ->
                        assertThat(topic.path("KmsMasterKeyId").toString()).contains("Key"));
        assertThat(ENTERPRISE.properties("AWS::SNS::TopicPolicy").values())
                .hasSize(2)
                .allSatisfy(policy -> assertThat(policy.toString())
                        .contains(
                                "cloudwatch.amazonaws.com", "sns:Publish", "aws:SourceAccount", "aws:SecureTransport"));
    }

    @Test
    void theAddressIsSubscribedToBothTopicsAndNobodyWithoutOne() {
        assertThat(ENTERPRISE.properties("AWS::SNS::Subscription").values())
                .hasSize(2)
                .allSatisfy(subscription ->
                        assertThat(subscription.path("Endpoint").asText()).isEqualTo("on-call@example.com"));
        assertThat(MVP.properties("AWS::SNS::Subscription")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("phases")
    void noFindingIsLeft(ObservabilitySynthesis synthesis) {
        assertThat(synthesis.findings()).isEmpty();
    }

    private static boolean compares(Signal signal) {
        return signal == Signal.REQUEST_RATE_CHANGE || signal == Signal.CONNECTIONS_CHANGE;
    }

    private static List<JsonNode> alarms(ObservabilitySynthesis synthesis, AlertRule rule) {
        return synthesis.alarms().entrySet().stream()
                .filter(alarm ->
                        alarm.getKey().equals(rule.id()) || alarm.getKey().matches(rule.id() + "-\\d+"))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The values that dimensions of some names have in an alarm. */
    private static Set<String> dimensions(JsonNode alarm, String... names) {
        Set<String> values = new TreeSet<>();
        alarm.findValues("Dimensions")
                .forEach(dimensions -> dimensions.forEach(dimension -> {
                    if (Set.of(names).contains(dimension.path("Name").asText())) {
                        values.add(dimension.path("Value").asText());
                    }
                }));
        return values;
    }

    /** The one period that all of an alarm's metrics have, in seconds. */
    private static long period(JsonNode alarm) {
        List<Long> periods = alarm.findValues("Period").stream()
                .map(JsonNode::asLong)
                .distinct()
                .toList();
        assertThat(periods).as("periods of " + alarm.path("AlarmName")).hasSize(1);
        return periods.getFirst();
    }
}
