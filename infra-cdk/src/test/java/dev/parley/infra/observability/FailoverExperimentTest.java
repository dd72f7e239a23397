package dev.parley.infra.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.infra.phase.Phase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The experiment that fails the database over. */
class FailoverExperimentTest {

    private static final String TEMPLATE = "AWS::FIS::ExperimentTemplate";

    private final ObservabilitySynthesis growth = ObservabilitySynthesis.of(Phase.GROWTH, Map.of());

    @Test
    void failsTheClusterWithTheDirectoryOver() {
        // When
        JsonNode experiment = one(growth, TEMPLATE);

        // Then
        assertThat(growth.findings()).isEmpty();
        JsonNode failover = experiment.at("/Actions/Failover");
        assertThat(failover.path("ActionId").asText()).isEqualTo("aws:rds:failover-db-cluster");
        JsonNode target =
                experiment.path("Targets").path(failover.at("/Targets/Clusters").asText());
        assertThat(target.path("ResourceType").asText()).isEqualTo("aws:rds:cluster");
        assertThat(target.path("ResourceTags"))
                .isEqualTo(objectOf(Map.of("parley:cluster", "zero", "parley:deployment", "Demo")));
        assertThat(target.path("SelectionMode").asText()).isEqualTo("ALL");
    }

    @Test
    void stopsWhenTheApiFailsForLongerThanTheAlarmTakesToGoOn() {
        // When
        JsonNode experiment = one(growth, TEMPLATE);
        JsonNode stop = experiment.path("StopConditions").path(0);
        JsonNode alarm = growth.properties("AWS::CloudWatch::Alarm")
                .get(stop.at("/Value/Fn::GetAtt").path(0).asText());

        // Then
        assertThat(experiment.path("StopConditions")).hasSize(1);
        assertThat(stop.path("Source").asText()).isEqualTo("aws:cloudwatch:alarm");
        assertThat(alarm).isNotNull();
        assertThat(alarm.path("AlarmName").asText()).isEqualTo("Demo-ErrorRate-Api-Critical");
        JsonNode watch = experiment.at("/Actions/Watch");
        assertThat(watch.path("ActionId").asText()).isEqualTo("aws:fis:wait");
        assertThat(watch.path("StartAfter").toString()).isEqualTo("[\"Failover\"]");
        assertThat(Duration.parse(watch.at("/Parameters/duration").asText()))
                .isGreaterThan(
                        Duration.ofMinutes(alarm.path("EvaluationPeriods").asInt()));
    }

    @Test
    void itsRoleFailsThatClusterOverAndChangesNothingElse() {
        // When
        JsonNode role = growth.properties("AWS::IAM::Role").values().stream()
                .filter(one -> one.toString().contains("fis.amazonaws.com"))
                .findFirst()
                .orElseThrow();
        JsonNode statements = one(growth, "AWS::IAM::Policy").at("/PolicyDocument/Statement");

        // Then
        assertThat(role.at("/AssumeRolePolicyDocument/Statement/0/Condition/StringEquals")
                        .toString())
                .contains("aws:SourceAccount");
        assertThat(statements).hasSize(2);
        assertThat(statements.path(0).path("Action").asText()).isEqualTo("rds:FailoverDBCluster");
        assertThat(statements.path(0).path("Condition"))
                .isEqualTo(objectOf(Map.of(
                        "StringEquals",
                        Map.of(
                                "aws:ResourceTag/parley:cluster",
                                "zero",
                                "aws:ResourceTag/parley:deployment",
                                "Demo"))));
        assertThat(statements.path(1).path("Action"))
                .allSatisfy(action -> assertThat(action.asText()).matches("(rds:Describe|tag:Get)\\w+"));
    }

    @Test
    void isThereOnlyWhereThereIsAReaderAndTheWriter() {
        assertThat(ObservabilitySynthesis.of(Phase.MVP, Map.of()).properties(TEMPLATE))
                .isEmpty();
        assertThat(ObservabilitySynthesis.ofSecondRegion(Phase.ENTERPRISE).properties(TEMPLATE))
                .isEmpty();
    }

    /** Compared as an object: the order of its members is the order of a map, which is another one in each JVM. */
    private static JsonNode objectOf(Map<String, ?> members) {
        return new ObjectMapper().valueToTree(members);
    }

    private static JsonNode one(ObservabilitySynthesis synthesis, String type) {
        assertThat(synthesis.properties(type)).as(type).hasSize(1);
        return synthesis.properties(type).values().iterator().next();
    }
}
