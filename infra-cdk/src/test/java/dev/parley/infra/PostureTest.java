package dev.parley.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.catalog.Routes;
import dev.parley.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the deployment must and must not have, whatever the catalog lists. */
class PostureTest {

    private static final Pattern DYNAMIC_REFERENCE = Pattern.compile("\\{\\{resolve:secretsmanager:");

    private final Template network = Synthesis.SHARED.template("Network");
    private final Template whole = Synthesis.SHARED.whole();

    @Test
    void passesTheRulesOfCdkNagAndCdkItself() {
        assertThat(Synthesis.SHARED.findings()).isEmpty();
    }

    @Test
    void givesEveryAcceptedFindingAReason() {
        List<JsonNode> accepted = new ArrayList<>();
        Synthesis.SHARED
                .templates()
                .values()
                .forEach(template -> accepted.addAll(template.json().findValues("rules_to_suppress")));
        assertThat(accepted)
                .isNotEmpty()
                .allSatisfy(rules -> rules.forEach(
                        rule -> assertThat(rule.path("reason").asText()).hasSizeGreaterThan(40)));
    }

    @Test
    void synthesisesTheSameTemplatesAgain() {
        assertThat(Synthesis.run()).isEqualTo(Synthesis.SHARED);
    }

    @Test
    void leavesTheNetworkThroughAnEgressOnlyGatewayAndNoNat() {
        assertThat(network.properties("AWS::EC2::EgressOnlyInternetGateway")).hasSize(1);
        assertThat(network.properties("AWS::EC2::NatGateway")).isEmpty();
        assertThat(network.properties("AWS::EC2::Subnet")).hasSize(4);
        assertThat(network.properties("AWS::EC2::Subnet").values())
                .noneMatch(subnet -> subnet.path("MapPublicIpOnLaunch").asBoolean());
    }

    @Test
    void hasNoVpcEndpointThatWouldTakeTheTrafficToConnections() {
        Synthesis.SHARED
                .templates()
                .values()
                .forEach(template -> assertThat(
                                template.properties("AWS::EC2::VPCEndpoint").values())
                        .noneMatch(endpoint ->
                                endpoint.path("ServiceName").toString().contains("execute-api")));
    }

    @Test
    void reachesFilesThroughAGatewayEndpointOverBothKindsOfAddresses() {
        assertThat(network.properties("AWS::EC2::VPCEndpoint").values())
                .hasSize(1)
                .allSatisfy(endpoint -> {
                    assertThat(endpoint.path("ServiceName").toString()).contains(".s3");
                    assertThat(endpoint.path("VpcEndpointType").asText()).isEqualTo("Gateway");
                    assertThat(endpoint.path("IpAddressType").asText()).isEqualTo("dualstack");
                });
    }

    @Test
    void encryptsTheQueues() {
        assertThat(whole.properties("AWS::SQS::Queue").values())
                .isNotEmpty()
                .allMatch(queue -> queue.path("SqsManagedSseEnabled").asBoolean());
    }

    @Test
    void givesEachFunctionEverySettingThatHasNoDefault() {
        variables().forEach((handler, variables) -> {
            for (Setting setting : Setting.values()) {
                if (setting.defaultValue() == null) {
                    assertThat(variables.has(setting.variable()))
                            .as(handler + " " + setting)
                            .isTrue();
                }
            }
        });
    }

    @Test
    void givesNoFunctionAPassword() {
        variables().forEach((handler, variables) -> {
            assertThat(variables.has(Setting.DATABASE_PASSWORD.variable()))
                    .as(handler)
                    .isFalse();
            assertThat(variables.path(Setting.DATABASE_IAM.variable()).asText())
                    .as(handler)
                    .isEqualTo("true");
            assertThat(variables.path(Setting.REDIS_URL.variable()).toString())
                    .as(handler)
                    .contains("rediss://")
                    .doesNotContain("@");
            assertThat(variables.path(Setting.CDN_KEY.variable()).toString())
                    .as(handler)
                    .containsPattern(DYNAMIC_REFERENCE);
        });
    }

    @Test
    void letsOnlyTheMigrationPastTheProxy() {
        variables()
                .forEach((handler, variables) -> assertThat(variables.has(Setting.MIGRATION_URL.variable()))
                        .as(handler)
                        .isEqualTo(handler.equals(Routes.MIGRATE.handler())));
    }

    @Test
    void letsOnlyTheFunctionsOfTheGatewayAndTheFanoutPost() {
        // When
        Set<String> packages = packagesThatMay("execute-api:ManageConnections");

        // Then
        assertThat(packages).containsExactly("fanout", "gateway");
    }

    @Test
    void letsNoFunctionOfAccountsOrOperationsPublish() {
        assertThat(packagesThatMay("sqs:SendMessage"))
                .contains("message", "gateway")
                .doesNotContain("account", "operations");
    }

    @Test
    void letsOnlyConnectInvokeAnotherFunction() {
        assertThat(handlersThatMay("lambda:InvokeFunction"))
                .containsExactly("dev.parley.functions.gateway.ConnectFunction");
    }

    @Test
    void letsApiGatewayInvokeTheFunctionsOfTheGatewayByAPermissionEach() {
        assertThat(whole.properties("AWS::ApiGatewayV2::Integration").values())
                .filteredOn(integration -> !integration.has("CredentialsArn"))
                .hasSameSizeAs(Routes.gateway())
                .allSatisfy(integration -> assertThat(aliasesWithPermission())
                        .contains(whole.referenced(integration.path("IntegrationUri"), "AWS::Lambda::Alias")));
    }

    @Test
    void letsApiGatewayInvokeTheFunctionsOfAPartOfTheHttpApiAsOneRoleThatMayDoNothingElse() {
        // Given
        Map<String, Set<String>> answering = new TreeMap<>();
        whole.properties("AWS::ApiGatewayV2::Integration").values().stream()
                .filter(integration -> integration.has("CredentialsArn"))
                .forEach(integration -> answering
                        .computeIfAbsent(
                                whole.referenced(integration.path("CredentialsArn"), "AWS::IAM::Role"),
                                role -> new TreeSet<>())
                        .add(whole.referenced(integration.path("IntegrationUri"), "AWS::Lambda::Alias")));

        // Then
        assertThat(answering).hasSize(HttpPart.of(Routes.http()).size());
        answering.forEach((role, aliases) -> {
            assertThat(aliasesThatMayBeInvokedBy(role)).as(role).isEqualTo(aliases);
            JsonNode trust = whole.resource(role).path("Properties").path("AssumeRolePolicyDocument");
            assertThat(trust.findValuesAsText("Service")).containsExactly("apigateway.amazonaws.com");
        });
    }

    private Map<String, JsonNode> variables() {
        Map<String, JsonNode> variables = new TreeMap<>();
        whole.properties("AWS::Lambda::Function").values().stream()
                .filter(function -> function.path("Runtime").asText().startsWith("java"))
                .forEach(function -> variables.put(
                        function.path("Handler").asText(),
                        function.path("Environment").path("Variables")));
        assertThat(variables).isNotEmpty();
        return variables;
    }

    private Set<String> aliasesThatMayBeInvokedBy(String role) {
        Set<String> aliases = new TreeSet<>();
        whole.properties("AWS::IAM::Policy").values().stream()
                .filter(policy -> Template.references(policy.path("Roles")).contains(role))
                .forEach(policy -> policy.path("PolicyDocument")
                        .path("Statement")
                        .forEach(statement -> {
                            assertThat(statement.path("Action").asText()).isEqualTo("lambda:InvokeFunction");
                            assertThat(statement.path("Resource").toString()).doesNotContain("*");
                            aliases.addAll(Template.references(statement.path("Resource")));
                        }));
        return aliases;
    }

    private Set<String> aliasesWithPermission() {
        Set<String> aliases = new TreeSet<>();
        whole.properties("AWS::Lambda::Permission").values().forEach(permission -> {
            assertThat(permission.path("Principal").asText()).isEqualTo("apigateway.amazonaws.com");
            assertThat(permission.has("SourceArn")).isTrue();
            aliases.addAll(Template.references(permission.path("FunctionName")));
        });
        return aliases;
    }

    private Set<String> packagesThatMay(String action) {
        Set<String> packages = new TreeSet<>();
        handlersThatMay(action).forEach(handler -> {
            String relative = handler.substring("dev.parley.functions.".length());
            packages.add(relative.substring(0, relative.indexOf('.')));
        });
        return packages;
    }

    private Set<String> handlersThatMay(String action) {
        List<String> roles = new ArrayList<>();
        whole.properties("AWS::IAM::Policy").values().forEach(policy -> {
            for (JsonNode statement : policy.path("PolicyDocument").path("Statement")) {
                if (statement.path("Effect").asText().equals("Allow")
                        && statement.path("Action").toString().contains("\"" + action + "\"")) {
                    roles.addAll(Template.references(policy.path("Roles")));
                }
            }
        });
        Set<String> handlers = new TreeSet<>();
        whole.properties("AWS::Lambda::Function").values().forEach(function -> {
            if (Template.references(function.path("Role")).stream().anyMatch(roles::contains)
                    && function.path("Runtime").asText().startsWith("java")) {
                handlers.add(function.path("Handler").asText());
            }
        });
        return handlers;
    }
}
