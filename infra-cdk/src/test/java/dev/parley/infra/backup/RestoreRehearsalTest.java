package dev.parley.infra.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.infra.phase.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DeleteDbClusterRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.RestoreDbClusterToPointInTimeRequest;
import software.amazon.awssdk.services.rds.model.ServerlessV2ScalingConfiguration;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/** The rehearsal's state machine: which ways lead through it, and what its expressions say. */
class RestoreRehearsalTest {

    private static final String ALL = "States.ALL";

    /** A cluster's resource id has 26 letters and digits behind its first word. */
    private static final String RESOURCE_ID = "cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private final JsonNode machine = machine("Parley");
    private final JsonNode rehearsal = machine.at("/States/RehearseAll/ItemProcessor/States");
    private final JsonNode restore = rehearsal.at("/Rehearse/Branches/0/States");

    @Test
    void everyWayAfterTheRestoreBeganLeadsThroughTheDeletionOfTheCopy() {
        // Given
        JsonNode guard = rehearsal.path("Rehearse");

        // Then: whatever fails in the restore ends up at the deletion, and so does what goes well.
        assertThat(catchesAll(guard)).isEqualTo("DeleteInstance");
        assertThat(guard.path("Next").asText()).isEqualTo("DeleteInstance");
        // Nothing else makes or deletes anything.
        assertThat(resources(restore))
                .contains("rds:restoreDBClusterToPointInTime", "rds:createDBInstance")
                .noneMatch(resource -> resource.contains("delete"));
        assertThat(resources(rehearsal))
                .containsOnlyOnce("rds:deleteDBInstance", "rds:deleteDBCluster")
                .noneMatch(resource -> resource.contains("restore") || resource.contains("create"));
        assertThat(rehearsal.at("/DeleteInstance/Next").asText()).isEqualTo("DeleteCluster");
        assertThat(catchesAll(rehearsal.path("DeleteInstance"))).isEqualTo("DeleteCluster");
        assertThat(reachable(rehearsal, "Rehearse", "DeleteCluster"))
                .as("what can be reached without the deletion")
                .containsExactlyInAnyOrder("Rehearse", "DeleteInstance");
    }

    @Test
    void noTaskOutsideTheGuardCanEndARunThatHasACopy() {
        for (String state : reachable(rehearsal, "Rehearse", "")) {
            JsonNode one = rehearsal.path(state);
            switch (one.path("Type").asText()) {
                case "Task", "Parallel" -> assertThat(catchesAll(one)).as(state).isNotEmpty();
                case "Choice" -> assertThat(one.has("Default")).as(state).isTrue();
                default -> assertThat(one.path("Type").asText()).isEqualTo("Pass");
            }
        }
    }

    @Test
    void theNextClusterIsRehearsedAlthoughOneFailed() {
        // Given: a failure is told of at the end, since one inside the map would stop the others.
        JsonNode map = machine.at("/States/RehearseAll");

        // Then
        rehearsal.forEach(state -> assertThat(state.path("Type").asText()).isNotEqualTo("Fail"));
        assertThat(map.path("MaxConcurrency").asInt()).isEqualTo(1);
        assertThat(catchesAll(rehearsal.path("Look"))).isEqualTo("Outcome");
        assertThat(map.path("Next").asText()).isEqualTo("Judge");
    }

    @Test
    void everyWaitHasAnEnd() {
        // Given
        List<String> waits = new ArrayList<>();
        restore.properties().stream()
                .filter(state -> state.getValue().path("Type").asText().equals("Wait"))
                .forEach(state -> waits.add(state.getKey()));

        // Then
        assertThat(waits).containsExactlyInAnyOrder("AwaitCluster", "AwaitInstance");
        for (String wait : waits) {
            JsonNode look = restore.path(restore.path(wait).path("Next").asText());
            JsonNode choice = restore.path(look.path("Next").asText());
            assertThat(evaluate(restore.path(wait).path("Seconds").asText(), Map.of(), Map.of()))
                    .isEqualTo(Math.toIntExact(RestoreRehearsal.POLL.toSeconds()));
            assertThat(choice.path("Default").asText()).isEqualTo(wait);
            // The time is taken anew with every look, and is that since the beginning of all.
            assertThat(next(choice, elapsed(look, 10), "creating")).isEqualTo(wait);
            assertThat(next(choice, elapsed(look, RestoreRehearsal.LONGEST.toSeconds() - 1), "creating"))
                    .isEqualTo(wait);
            assertThat(next(choice, elapsed(look, RestoreRehearsal.LONGEST.toSeconds()), "creating"))
                    .isEqualTo("TooLong");
            assertThat(next(choice, elapsed(look, 10), "available")).isIn("CreateInstance", "Restored");
        }
        assertThat(restore.at("/TooLong/Type").asText()).isEqualTo("Fail");
        assertThat(machine.path("TimeoutSeconds").isMissingNode())
                .as("a timeout of all would leave the copy behind")
                .isTrue();
        // No loop but those, and the pages of the list of clusters.
        for (JsonNode states : List.of(machine.path("States"), rehearsal, restore)) {
            states.fieldNames().forEachRemaining(state -> {
                if (loops(states, state)) {
                    assertThat(state)
                            .isIn(
                                    "Find",
                                    "More",
                                    "AwaitCluster",
                                    "LookAtCluster",
                                    "ClusterThere",
                                    "AwaitInstance",
                                    "LookAtInstance",
                                    "InstanceThere");
                }
            });
        }
    }

    @Test
    void everyRetryIsBounded() {
        List<JsonNode> retries = machine.findValues("Retry");
        assertThat(retries).isNotEmpty();
        for (JsonNode retry : retries) {
            retry.forEach(one -> {
                double seconds = one.path("IntervalSeconds").asDouble();
                double longest = 0;
                assertThat(one.path("MaxAttempts").isInt()).isTrue();
                for (int attempt = 0; attempt < one.path("MaxAttempts").asInt(); attempt++) {
                    longest += seconds;
                    seconds *= one.path("BackoffRate").asDouble();
                }
                assertThat(longest)
                        .isLessThanOrEqualTo((double) Duration.ofHours(1).toSeconds());
            });
        }
    }

    @Test
    void theInstanceIsMadeWhenTheClusterIsThere() {
        assertThat(restore.at("/Restore/Next").asText()).isEqualTo("AwaitCluster");
        assertThat(reachable(restore, "Restore", "ClusterThere")).doesNotContain("CreateInstance");
    }

    @Test
    void theCopyIsOfTheNewestMomentInTheSameSubnetsAndHasNotTheDeploymentsTag() {
        // Given
        JsonNode arguments = restore.at("/Restore/Arguments");
        Map<String, Object> variables = Map.of(
                "source",
                Map.of(
                        "DbClusterIdentifier",
                        "parley-data-cluster",
                        "DbSubnetGroup",
                        "private",
                        "VpcSecurityGroups",
                        List.of(Map.of("VpcSecurityGroupId", "sg-1", "Status", "active"))),
                "copy",
                "parley-rehearsal-abc");

        // Then
        assertThat(arguments.path("UseLatestRestorableTime").asBoolean()).isTrue();
        assertThat(arguments.has("DeletionProtection")).isFalse();
        assertThat(evaluate(arguments.path("SourceDBClusterIdentifier").asText(), Map.of(), variables))
                .isEqualTo("parley-data-cluster");
        assertThat(evaluate(arguments.path("DbClusterIdentifier").asText(), Map.of(), variables))
                .isEqualTo("parley-rehearsal-abc");
        assertThat(evaluate(arguments.path("DbSubnetGroupName").asText(), Map.of(), variables))
                .isEqualTo("private");
        assertThat(evaluate(arguments.path("VpcSecurityGroupIds").asText(), Map.of(), variables))
                .isEqualTo(List.of("sg-1"));
        assertThat(machine.findValues("Tags")).hasSize(2).allSatisfy(tags -> {
            assertThat(tags).hasSize(1);
            assertThat(tags.path(0).path("Key").asText()).isEqualTo("parley:rehearsal");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parley", "P", "Abcdefghijklmnop"})
    void theNamesOfCopiesAreNoLongerThanRdsTakesAndBeginWithWhatMayBeDeleted(String deployment) {
        // Given
        JsonNode states = machine(deployment).at("/States/RehearseAll/ItemProcessor/States");

        // When
        Object copy =
                evaluate(states.at("/Look/Assign/copy").asText(), at("2026-01-01T12:00:00Z", cluster()), Map.of());
        Object instance = evaluate(
                states.at("/DeleteInstance/Arguments/DbInstanceIdentifier").asText(),
                Map.of(),
                Map.of("copy", String.valueOf(copy)));

        // Then: 63 characters, the first one a letter, no two dashes in a row (RDS API reference, CreateDBInstance).
        assertThat(String.valueOf(instance))
                .startsWith(copy + "-")
                .matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")
                .hasSizeLessThanOrEqualTo(63);
        assertThat(String.valueOf(copy)).startsWith(deployment.toLowerCase(Locale.ROOT) + "-rehearsal-");
    }

    @Test
    void onlyClustersOfThisDeploymentAreRehearsedOnAllPages() {
        // Given
        JsonNode find = machine.at("/States/Find");
        Map<String, Object> first = Map.of(
                "DbClusters",
                List.of(tagged("parley-0", "Parley"), tagged("other", "Other"), Map.of("DbClusterIdentifier", "bare")),
                "Marker",
                "page-2");
        Map<String, Object> second =
                Map.of("DbClusters", List.of(tagged("parley-1", "Parley"), tagged("parley-2", "Parley")));

        // When
        Object some = evaluate(
                find.at("/Assign/clusters").asText(), at("2026-01-01T12:00:00Z", first), Map.of("clusters", List.of()));
        Object all = evaluate(
                find.at("/Assign/clusters").asText(),
                at("2026-01-01T12:00:00Z", second),
                Map.of("clusters", List.of("parley-0")));

        // Then
        assertThat(some).isEqualTo(List.of("parley-0"));
        assertThat(all).isEqualTo(List.of("parley-0", "parley-1", "parley-2"));
        assertThat(evaluate(find.path("Arguments").asText(), Map.of(), Map.of("marker", "page-2")))
                .isEqualTo(Map.of("MaxRecords", 20, "Marker", "page-2"));
        JsonNode more = machine.at("/States/More");
        assertThat(next(more, Map.of("marker", "page-2", "clusters", List.of("parley-0"))))
                .isEqualTo("Find");
        assertThat(next(more, Map.of("marker", "", "clusters", List.of("parley-0"))))
                .isEqualTo("RehearseAll");
        assertThat(next(more, Map.of("marker", "", "clusters", List.of()))).isEqualTo("NoCluster");
    }

    @Test
    void rpoIsTheAgeOfTheNewestMomentThatCanBeRestoredAndRtoEndsWithTheInstance() {
        // Given
        Map<String, Object> look = at("2026-01-01T12:00:00.400Z", cluster());

        // When
        Object rpo = evaluate(rehearsal.at("/Look/Assign/rpo").asText(), look, Map.of());
        Object begun = evaluate(rehearsal.at("/Look/Assign/begun").asText(), look, Map.of());
        Object elapsed = evaluate(
                restore.at("/LookAtInstance/Assign/elapsed").asText(),
                at("2026-01-01T12:11:15.400Z", Map.of()),
                Map.of("begun", begun));
        Object rto = evaluate(
                rehearsal.at("/Rehearse/Assign/rto").asText(), at("2026-01-01T12:11:16Z", List.of(elapsed)), Map.of());

        // Then
        assertThat(rpo).isEqualTo(42);
        assertThat(rto).isEqualTo(675);
    }

    @ParameterizedTest
    // The limits are those of scripts/drill-restore: 60 s is too old, 900 s too long.
    @CsvSource({
        "42, 675, '', Done",
        "59, 899, '', Done",
        "60, 899, 'RPO is 60 s and must be under 60 s. ', Failed",
        "59, 900, 'RTO is 900 s and must be under 900 s. ', Failed"
    })
    void aRestoreThatIsTooOldOrTooSlowFails(int rpo, int rto, String failure, String end) throws IOException {
        // When
        Object told = evaluate(
                rehearsal.at("/Outcome/Output/Failure").asText(),
                Map.of(),
                Map.of("failure", "", "rpo", rpo, "rto", rto));

        // Then
        assertThat(told).isEqualTo(failure);
        assertThat(judge(List.of(outcome("parley-0", rpo, rto, String.valueOf(told)))))
                .isEqualTo(end);
        assertThat(Files.readString(Path.of("..", "scripts", "drill-restore")))
                .contains("RPO_LIMIT=60 RTO_LIMIT=900")
                .contains("LONGEST_RESTORE=" + RestoreRehearsal.LONGEST.toSeconds());
        assertThat(RestoreRehearsal.RPO).hasSeconds(60);
        assertThat(RestoreRehearsal.RTO).hasSeconds(900);
    }

    @Test
    void aFailureSaysWhichClusterAndWhat() {
        // Given
        Map<String, Object> error = Map.of(
                "errorOutput",
                Map.of("Error", "Rds.DbClusterAlreadyExistsException", "Cause", "DB Cluster already exists"));
        Object failure =
                evaluate(rehearsal.at("/Rehearse/Catch/0/Assign/failure").asText(), error, Map.of());
        Object told = evaluate(
                rehearsal.at("/Outcome/Output/Failure").asText(),
                Map.of(),
                Map.of("failure", String.valueOf(failure), "rpo", 30, "rto", -1));
        List<Map<String, Object>> outcomes =
                List.of(outcome("parley-0", 30, 600, ""), outcome("parley-1", 30, -1, String.valueOf(told)));

        // Then
        assertThat(judge(outcomes)).isEqualTo("Failed");
        assertThat(evaluate(machine.at("/States/Failed/Cause").asText(), Map.of("input", outcomes), Map.of()))
                .isEqualTo("parley-0 (RPO 30 s, RTO 600 s): well. parley-1 (RPO 30 s, RTO -1 s): the restore failed:"
                        + " Rds.DbClusterAlreadyExistsException DB Cluster already exists. See docs/recovery.md");
    }

    @Test
    void aRestoreThatWasMeasuredIsAMetric() {
        // Given
        JsonNode publish = rehearsal.path("Publish");
        Map<String, Double> values = new HashMap<>();
        publish.at("/Arguments/MetricData").forEach(metric -> {
            assertThat(metric.path("Unit").asText()).isEqualTo("Seconds");
            assertThat(metric.path("Dimensions").toString())
                    .isEqualTo("[{\"Name\":\"deployment\",\"Value\":\"Parley\"}]");
            Object value = evaluate(metric.path("Value").asText(), Map.of(), Map.of("rpo", 42, "rto", 675));
            values.put(metric.path("MetricName").asText(), ((Number) value).doubleValue());
        });

        // Then
        assertThat(publish.at("/Arguments/Namespace").asText()).isEqualTo("Parley");
        assertThat(values).isEqualTo(Map.of("RestoreRpoSeconds", 42.0, "RestoreRtoSeconds", 675.0));
        assertThat(next(rehearsal.path("Measured"), Map.of("rto", 675))).isEqualTo("Publish");
        assertThat(next(rehearsal.path("Measured"), Map.of("rto", -1))).isEqualTo("Outcome");
    }

    /**
     * Step Functions names fields and errors as the AWS SDK for Java does, with a capital first letter, and refuses a state machine with
     * others (Step Functions developer guide, "Learning to use AWS service SDK integrations").
     */
    @Test
    void everyFieldAndErrorIsOneThatTheSdkHas() {
        // Given
        Map<String, Class<?>> calls = Map.of(
                "describeDBClusters", DescribeDbClustersRequest.class,
                "describeDBInstances", DescribeDbInstancesRequest.class,
                "restoreDBClusterToPointInTime", RestoreDbClusterToPointInTimeRequest.class,
                "createDBInstance", CreateDbInstanceRequest.class,
                "deleteDBInstance", DeleteDbInstanceRequest.class,
                "deleteDBCluster", DeleteDbClusterRequest.class);
        List<JsonNode> tasks = new ArrayList<>();
        List.of(machine.path("States"), rehearsal, restore)
                .forEach(states -> states.forEach(state -> {
                    if (state.path("Resource").asText().contains(":rds:")) {
                        tasks.add(state);
                    }
                }));

        // Then
        assertThat(tasks).hasSize(8);
        Set<String> errors = new HashSet<>();
        for (JsonNode task : tasks) {
            String resource = task.path("Resource").asText();
            String call = resource.substring(resource.lastIndexOf(':') + 1);
            assertThat(getters(RdsClient.class)).contains(call);
            assertThat(getters(calls.get(call)))
                    .containsAll(task.path("Arguments")
                            .propertyStream()
                            .map(field -> uncapitalized(field.getKey()))
                            .toList());
            List.of("Retry", "Catch")
                    .forEach(key -> task.path(key)
                            .forEach(one ->
                                    errors.add(one.path("ErrorEquals").path(0).asText())));
        }
        errors.remove(ALL);
        assertThat(errors)
                .containsExactlyInAnyOrder(
                        named(DbClusterNotFoundException.class),
                        named(DbInstanceNotFoundException.class),
                        named(InvalidDbClusterStateException.class),
                        named(InvalidDbInstanceStateException.class));
        assertThat(getters(ServerlessV2ScalingConfiguration.class))
                .containsAll(restore.at("/Restore/Arguments/ServerlessV2ScalingConfiguration")
                        .propertyStream()
                        .map(field -> uncapitalized(field.getKey()))
                        .toList());
        // What the expressions read of the answers, and the arguments that are an expression.
        assertThat(getters(DescribeDbClustersRequest.class)).contains("maxRecords", "marker");
        assertThat(getters(DescribeDbClustersResponse.class)).contains("dbClusters", "marker");
        assertThat(getters(DescribeDbInstancesResponse.class)).contains("dbInstances");
        assertThat(getters(DBCluster.class))
                .contains(
                        "dbClusterIdentifier",
                        "dbClusterResourceId",
                        "dbSubnetGroup",
                        "engine",
                        "latestRestorableTime",
                        "status",
                        "tagList",
                        "vpcSecurityGroups");
        assertThat(getters(VpcSecurityGroupMembership.class)).contains("vpcSecurityGroupId");
        assertThat(getters(DBInstance.class)).contains("dbInstanceStatus");
    }

    private static Set<String> getters(@Nullable Class<?> type) {
        assertThat(type).isNotNull();
        return type == null
                ? Set.of()
                : Stream.of(type.getMethods()).map(Method::getName).collect(Collectors.toSet());
    }

    private static String uncapitalized(String field) {
        assertThat(Character.isUpperCase(field.charAt(0))).as(field).isTrue();
        return Character.toLowerCase(field.charAt(0)) + field.substring(1);
    }

    private static String named(Class<? extends RdsException> error) {
        return "Rds." + error.getSimpleName();
    }

    private String judge(List<Map<String, Object>> outcomes) {
        JsonNode judge = machine.at("/States/Judge");
        Object failed = evaluate(judge.at("/Choices/0/Condition").asText(), Map.of("input", outcomes), Map.of());
        return Boolean.TRUE.equals(failed)
                ? judge.at("/Choices/0/Next").asText()
                : judge.path("Default").asText();
    }

    private static Map<String, Object> outcome(String cluster, int rpo, int rto, String failure) {
        return Map.of("Cluster", cluster, "RpoSeconds", rpo, "RtoSeconds", rto, "Failure", failure);
    }

    private static Map<String, Object> cluster() {
        return Map.of(
                "DbClusters",
                List.of(Map.of(
                        "DbClusterResourceId", RESOURCE_ID, "LatestRestorableTime", "2026-01-01T11:59:18.100Z")));
    }

    private static Map<String, Object> tagged(String cluster, String deployment) {
        return Map.of(
                "DbClusterIdentifier",
                cluster,
                "TagList",
                List.of(
                        Map.of("Key", "parley:phase", "Value", "scale"),
                        Map.of("Key", "parley:deployment", "Value", deployment)));
    }

    /** The seconds that a look sees, so long after the beginning. */
    private static Object elapsed(JsonNode look, long seconds) {
        Object elapsed = evaluate(
                look.at("/Assign/elapsed").asText(),
                at(Instant.ofEpochSecond(1_000 + seconds).toString(), Map.of()),
                Map.of("begun", 1_000_000L));
        assertThat(elapsed).isNotNull();
        return elapsed == null ? 0 : elapsed;
    }

    private static String next(JsonNode choice, Object elapsed, String status) {
        return next(choice, Map.of("elapsed", elapsed, "status", status));
    }

    private static String next(JsonNode choice, Map<String, Object> variables) {
        for (JsonNode one : choice.path("Choices")) {
            if (Boolean.TRUE.equals(evaluate(one.path("Condition").asText(), Map.of(), variables))) {
                return one.path("Next").asText();
            }
        }
        return choice.path("Default").asText();
    }

    /** Where a state goes when anything fails in it; empty if that ends the run. */
    private static String catchesAll(JsonNode state) {
        for (JsonNode one : state.path("Catch")) {
            if (one.path("ErrorEquals").path(0).asText().equals(ALL)) {
                return one.path("Next").asText();
            }
        }
        return "";
    }

    /** The calls that states make, without the ones nested in them. */
    private static List<String> resources(JsonNode states) {
        List<String> resources = new ArrayList<>();
        states.forEach(state -> {
            if (state.has("Resource")) {
                resources.add(state.path("Resource").asText().replace("arn:aws:states:::aws-sdk:", ""));
            }
        });
        return resources;
    }

    /** The states that can be reached from one, itself included, without going through another one. */
    private static Set<String> reachable(JsonNode states, String from, String without) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            String state = open.pop();
            if (!state.equals(without) && seen.add(state)) {
                assertThat(states.has(state)).as(state).isTrue();
                open.addAll(successors(states.path(state)));
            }
        }
        return seen;
    }

    private static boolean loops(JsonNode states, String state) {
        return successors(states.path(state)).stream()
                .anyMatch(next -> reachable(states, next, "").contains(state));
    }

    private static List<String> successors(JsonNode state) {
        List<String> next = new ArrayList<>();
        List.of("Next", "Default").forEach(key -> {
            if (state.has(key)) {
                next.add(state.path(key).asText());
            }
        });
        List.of("Catch", "Choices")
                .forEach(key ->
                        state.path(key).forEach(one -> next.add(one.path("Next").asText())));
        return next;
    }

    private static Map<String, Object> at(String now, Object result) {
        return Map.of("context", Map.of("State", Map.of("EnteredTime", now)), "result", result);
    }

    private static @Nullable Object evaluate(
            String expression, Map<String, Object> states, Map<String, ? extends @Nullable Object> variables) {
        assertThat(expression).startsWith("{%").endsWith("%}");
        Jsonata jsonata =
                Jsonata.jsonata(expression.substring(2, expression.length() - 2).strip());
        Jsonata.Frame frame = jsonata.createFrame();
        frame.bind("states", states);
        new HashMap<>(variables).forEach(frame::bind);
        return jsonata.evaluate(null, frame);
    }

    private static JsonNode machine(String deployment) {
        String definition = RestoreRehearsal.definition();
        BackupNames names = BackupNames.of(Parameters.read(Map.of("name", deployment)::get, null));
        for (Map.Entry<String, String> value :
                RestoreRehearsal.substitutions(names).entrySet()) {
            definition = definition.replace("${" + value.getKey() + "}", value.getValue());
        }
        assertThat(definition).doesNotContain("${");
        try {
            return new ObjectMapper().readTree(definition);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
