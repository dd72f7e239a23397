package dev.parley.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.catalog.Queues;
import dev.parley.catalog.Routes;
import dev.parley.infra.phase.InvalidParameterException;
import dev.parley.infra.phase.Phase;
import dev.parley.infra.phase.PhaseProfile;
import dev.parley.settings.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How functions get to new versions, how many run at once, and where they log: in a phase of one kind and of the other. */
class FunctionDeploymentTest {

    /** Invocations that Lambda keeps for functions without a reservation (Lambda developer guide, "Configuring reserved concurrency"). */
    private static final int UNRESERVED = 100;

    /** Deployments that CodeDeploy runs at once in an account (CodeDeploy user guide, "CodeDeploy quotas"). */
    private static final int CODE_DEPLOY_GROUPS = 1000;

    private static final int INVOKES_OF_A_POLLER = 10;

    /** Shifts at once that we trust Lambda's 15 calls a second with. */
    static final int FUNCTIONS_OF_A_WAVE = 80;

    private final Template small = Synthesis.SHARED.whole();
    private final Template large = Synthesis.of(Phase.SCALE).whole();

    @Test
    void shiftsEveryAliasThatServesGraduallyAndTakesItBackOnAlarms() {
        // Given
        Set<String> alarms = large.properties("AWS::CloudWatch::Alarm").keySet();
        Map<String, JsonNode> aliases = large.properties("AWS::Lambda::Alias");
        Set<String> groups = new LinkedHashSet<>();
        assertThat(alarms).hasSizeGreaterThanOrEqualTo(3);

        // Then
        aliases.forEach((id, alias) -> {
            JsonNode update = large.resource(id).path("UpdatePolicy").path("CodeDeployLambdaAliasUpdate");
            if (large.handler(alias.path("FunctionName")).equals(Routes.MIGRATE.handler())) {
                assertThat(update.isMissingNode()).isTrue();
                return;
            }
            String group = large.referenced(update.path("DeploymentGroupName"), "AWS::CodeDeploy::DeploymentGroup");
            JsonNode properties = large.resource(group).path("Properties");
            assertThat(groups.add(group)).as("own group of " + id).isTrue();
            assertThat(large.referenced(update.path("ApplicationName"), "AWS::CodeDeploy::Application"))
                    .isEqualTo(large.referenced(properties.path("ApplicationName"), "AWS::CodeDeploy::Application"));
            assertThat(properties.path("DeploymentConfigName").asText())
                    .isEqualTo("CodeDeployDefault.LambdaCanary10Percent5Minutes");
            assertThat(properties
                            .path("AutoRollbackConfiguration")
                            .path("Enabled")
                            .asBoolean())
                    .isTrue();
            assertThat(properties.path("AutoRollbackConfiguration").path("Events"))
                    .extracting(JsonNode::asText)
                    .contains("DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM");
            assertThat(properties.path("AlarmConfiguration").path("Enabled").asBoolean())
                    .isTrue();
            assertThat(Template.references(properties.path("AlarmConfiguration").path("Alarms")))
                    .isNotEmpty()
                    .allMatch(alarms::contains);
        });
        assertThat(groups).hasSize(aliases.size() - 1).hasSizeLessThan(CODE_DEPLOY_GROUPS);
        assertThat(large.properties("AWS::CodeDeploy::Application")).hasSize(1);
    }

    @Test
    void makesRollbackAlarmsBeforeTheFunctionsAndWithoutThem() {
        assertThat(large.properties("AWS::CodeDeploy::DeploymentGroup").values())
                .allSatisfy(group -> Template.references(group.path("AlarmConfiguration"))
                        .forEach(alarm -> {
                            assertThat(WholeTemplate.stack(alarm)).isEqualTo("Api");
                            assertThat(Template.references(large.resource(alarm).path("Properties")))
                                    .allMatch(needed ->
                                            WholeTemplate.stack(needed).equals("Api"));
                            assertThat(large.resource(alarm)
                                            .path("Properties")
                                            .path("TreatMissingData")
                                            .asText())
                                    .isEqualTo("notBreaching");
                        }));
    }

    @Test
    void letsCodeDeployMoveAliasesAndNothingElse() {
        // Given
        String role = large.referenced(
                large.properties("AWS::CodeDeploy::DeploymentGroup")
                        .values()
                        .iterator()
                        .next()
                        .path("ServiceRoleArn"),
                "AWS::IAM::Role");

        // When
        Set<String> actions = new LinkedHashSet<>();
        large.properties("AWS::IAM::Policy").values().stream()
                .filter(policy -> Template.references(policy.path("Roles")).contains(role))
                .forEach(policy -> policy.path("PolicyDocument")
                        .path("Statement")
                        .forEach(statement -> {
                            JsonNode action = statement.path("Action");
                            actions.add(action.asText());
                            action.forEach(one -> actions.add(one.asText()));
                        }));

        // Then
        assertThat(actions)
                .filteredOn(action -> !action.isEmpty())
                .containsExactlyInAnyOrder(
                        "lambda:GetAlias",
                        "lambda:UpdateAlias",
                        "lambda:GetProvisionedConcurrencyConfig",
                        "cloudwatch:DescribeAlarms");
        assertThat(large.resource(role).path("Properties").has("ManagedPolicyArns"))
                .isFalse();
    }

    @Test
    void shiftsInWavesOfFewFunctionsTheGatewayAndTheFanoutFirst() {
        // Given
        Map<String, Integer> shifting = shifting(large);

        // When
        List<Set<String>> waves = waves(Synthesis.of(Phase.SCALE), shifting.keySet());

        // Then
        assertThat(waves.getFirst()).containsExactlyInAnyOrder("Gateway", "Fanout");
        assertThat(waves).hasSizeBetween(4, 8);
        assertThat(waves)
                .allSatisfy(
                        wave -> assertThat(wave.stream().mapToInt(shifting::get).sum())
                                .isLessThanOrEqualTo(FUNCTIONS_OF_A_WAVE));
    }

    /** How many aliases each stack shifts. */
    static Map<String, Integer> shifting(Template whole) {
        Map<String, Integer> shifting = new TreeMap<>();
        whole.properties("AWS::CodeDeploy::DeploymentGroup")
                .keySet()
                .forEach(group -> shifting.merge(WholeTemplate.stack(group), 1, Integer::sum));
        return shifting;
    }

    /** The stacks in the order in which CloudFormation gets to them. */
    static List<Set<String>> waves(Synthesis synthesis, Set<String> stacks) {
        Template parley = synthesis.template("Parley");
        Map<String, Set<String>> after = new HashMap<>();
        stacks.forEach(stack -> {
            List<String> needed = Template.dependsOn(parley.resource(synthesis.nestedResource(stack)));
            Set<String> before = new LinkedHashSet<>(stacks);
            before.removeIf(other -> !needed.contains(synthesis.nestedResource(other)));
            after.put(stack, before);
        });
        List<Set<String>> waves = new ArrayList<>();
        while (!after.isEmpty()) {
            Set<String> wave = new LinkedHashSet<>();
            after.forEach((stack, needed) -> {
                if (needed.stream().noneMatch(after::containsKey)) {
                    wave.add(stack);
                }
            });
            assertThat(wave).as("stacks that wait for each other: " + after).isNotEmpty();
            after.keySet().removeAll(wave);
            waves.add(wave);
        }
        return waves;
    }

    @Test
    void movesAllAtOnceWhereThePhaseOrTheOperatorSaysSo() {
        assertThat(small.json().findValues("CodeDeployLambdaAliasUpdate")).isEmpty();
        assertThat(small.properties("AWS::CodeDeploy::DeploymentGroup")).isEmpty();
        assertThat(Synthesis.parameters(Phase.SCALE, Map.of("canary", "0")).canaryMinutes())
                .isZero();
        assertThat(Synthesis.parameters(Phase.MVP, Map.of("canary", "15")).canaryMinutes())
                .isEqualTo(15);
        assertThatThrownBy(() -> Synthesis.parameters(Phase.MVP, Map.of("canary", "7")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("0, 5, 10, 15, 30");
    }

    @Test
    void reservesInvocationsForTheFunctionsOfTheGatewayOnly() {
        assertThat(reserved(small)).isEmpty();
        assertThat(reserved(large))
                .hasSizeGreaterThanOrEqualTo(Routes.gateway().size() + 1)
                .allSatisfy((handler, count) -> {
                    assertThat(handler).startsWith("dev.parley.functions.gateway.");
                    assertThat(count).isEqualTo(200);
                });
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void leavesRoomForOtherFunctionsBesideReservationsAndConsumers(Phase phase) {
        // Given
        PhaseProfile.FunctionLimits limits = phase.profile().functions();
        int gateway = reserved(large).size();

        // When
        int reserved = gateway * limits.reservedPerOpcode();
        int consumers = Queues.all().size()
                * (limits.minPollers() > 0 ? limits.maxPollers() * INVOKES_OF_A_POLLER : limits.consumerConcurrency());

        // Then
        assertThat(limits.account() - reserved).isGreaterThanOrEqualTo(UNRESERVED);
        assertThat(limits.account() - reserved - consumers)
                .as("what bursts of events leave to the REST API")
                .isGreaterThanOrEqualTo(UNRESERVED);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void boundsConsumersByWhatTheirMappingsMayHave(Phase phase) {
        PhaseProfile.FunctionLimits limits = phase.profile().functions();
        if (limits.minPollers() > 0) {
            assertThat(limits.minPollers()).isBetween(2, 200);
            assertThat(limits.maxPollers()).isBetween(limits.minPollers(), 2000);
        }
        assertThat(limits.consumerConcurrency()).isBetween(2, 1000);
    }

    @Test
    void boundsConsumersEitherByConcurrencyOrByPollers() {
        assertThat(small.properties("AWS::Lambda::EventSourceMapping").values())
                .hasSize(Queues.all().size())
                .allSatisfy(mapping -> {
                    assertThat(mapping.path("ScalingConfig")
                                    .path("MaximumConcurrency")
                                    .asInt())
                            .isEqualTo(100);
                    assertThat(mapping.has("ProvisionedPollerConfig")).isFalse();
                });
        assertThat(large.properties("AWS::Lambda::EventSourceMapping").values())
                .hasSize(Queues.all().size())
                .allSatisfy(mapping -> {
                    assertThat(mapping.has("ScalingConfig")).isFalse();
                    assertThat(mapping.path("ProvisionedPollerConfig")
                                    .path("MinimumPollers")
                                    .asInt())
                            .isEqualTo(5);
                    assertThat(mapping.path("ProvisionedPollerConfig")
                                    .path("MaximumPollers")
                                    .asInt())
                            .isEqualTo(200);
                });
    }

    @Test
    void throttlesTheStagesAndThePostsToWhatTheAccountAllows() {
        assertThatThrottled(small, 2_000, 10_000, 8_000);
        assertThatThrottled(large, 30_000, 100_000, 70_000);
    }

    private static void assertThatThrottled(Template template, int rest, int frames, int posts) {
        template.properties("AWS::ApiGatewayV2::Stage").values().forEach(stage -> {
            JsonNode settings = stage.path("DefaultRouteSettings");
            boolean gateway = stage.path("StageName").asText().equals("gateway");
            assertThat(settings.path("ThrottlingRateLimit").asInt()).isEqualTo(gateway ? frames : rest);
            assertThat(settings.path("ThrottlingBurstLimit").asInt()).isBetween(1, gateway ? frames : rest);
            assertThat(settings.path("DetailedMetricsEnabled").asBoolean()).isFalse();
        });
        assertThat(functions(template).values())
                .allSatisfy(function -> assertThat(function.path("Environment")
                                .path("Variables")
                                .path(Setting.POST_RATE.variable())
                                .asText())
                        .isEqualTo(Integer.toString(posts)));
    }

    @Test
    void logsJsonToOneEncryptedGroupForEachPartOfTheSystem() {
        // Given
        Map<String, String> groups = new TreeMap<>();

        // When
        functions(small).forEach((handler, function) -> {
            JsonNode logging = function.path("LoggingConfig");
            assertThat(logging.path("LogFormat").asText()).isEqualTo("JSON");
            assertThat(logging.path("ApplicationLogLevel").asText()).isEqualTo("INFO");
            groups.put(handler, small.referenced(logging, "AWS::Logs::LogGroup"));
        });

        // Then
        assertThat(groups.get("dev.parley.functions.message.CreateMessageFunction"))
                .isEqualTo(groups.get("dev.parley.functions.guild.CreateGuildFunction"))
                .isNotEqualTo(groups.get("dev.parley.functions.gateway.IdentifyFunction"));
        assertThat(groups.values().stream().distinct().map(this::groupName))
                .containsExactlyInAnyOrder(
                        "/Parley/functions/api",
                        "/Parley/functions/gateway",
                        "/Parley/functions/background",
                        "/Parley/functions/migrations");
        groups.values().stream().distinct().forEach(this::assertThatIsEncryptedAndEnds);
        small.properties("AWS::ApiGatewayV2::Stage").values().stream()
                .filter(stage -> stage.path("StageName").asText().equals("$default"))
                .forEach(stage -> assertThatIsEncryptedAndEnds(
                        small.referenced(stage.path("AccessLogSettings"), "AWS::Logs::LogGroup")));
    }

    private String groupName(String group) {
        return small.resource(group).path("Properties").path("LogGroupName").asText();
    }

    private void assertThatIsEncryptedAndEnds(String group) {
        JsonNode properties = small.resource(group).path("Properties");
        assertThat(properties.path("RetentionInDays").asInt()).as(group).isPositive();
        assertThat(small.referenced(properties.path("KmsKeyId"), "AWS::KMS::Key"))
                .isNotEmpty();
    }

    private static Map<String, Integer> reserved(Template template) {
        Map<String, Integer> reserved = new TreeMap<>();
        functions(template).forEach((handler, function) -> {
            if (function.has("ReservedConcurrentExecutions")) {
                reserved.put(
                        handler, function.path("ReservedConcurrentExecutions").asInt());
            }
        });
        return reserved;
    }

    private static Map<String, JsonNode> functions(Template template) {
        Map<String, JsonNode> functions = new TreeMap<>();
        template.properties("AWS::Lambda::Function").values().stream()
                .filter(function -> function.path("Runtime").asText().startsWith("java"))
                .forEach(function -> functions.put(function.path("Handler").asText(), function));
        assertThat(functions).isNotEmpty();
        return functions;
    }
}
