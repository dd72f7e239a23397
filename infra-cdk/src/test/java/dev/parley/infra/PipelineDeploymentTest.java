package dev.parley.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.catalog.Routes;
import dev.parley.infra.phase.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may deploy from GitHub, and what they may do then. */
class PipelineDeploymentTest {

    private static final String ISSUER = "token.actions.githubusercontent.com:";
    private static final Path WORKFLOWS = Path.of("..", ".github", "workflows");

    private static final Synthesis WITH_REPOSITORY = with(Map.of("repository", "octo-org/parley"));

    private final Template pipeline = pipeline(WITH_REPOSITORY);

    @Test
    void nobodyDeploysFromGitHubUnlessARepositoryIsNamed() {
        assertThat(Synthesis.SHARED.beside()).doesNotContainKey("Pipeline");
    }

    @Test
    void breaksNoRuleOfCdkNag() {
        assertThat(WITH_REPOSITORY.findings()).isEmpty();
    }

    @Test
    void changesNoOtherStack() {
        assertThat(WITH_REPOSITORY.templates()).isEqualTo(Synthesis.SHARED.templates());
    }

    @Test
    void eachEnvironmentOfTheWorkflowHasARoleWhoseArnIsAnOutput() throws IOException {
        // Given
        Set<String> environments = new TreeSet<>();
        Matcher named = Pattern.compile("environment: (\\w+)").matcher(workflow("deploy.yml"));
        while (named.find()) {
            environments.add(named.group(1));
        }

        // When
        Set<String> described = new TreeSet<>();
        pipeline.json().path("Outputs").forEach(output -> {
            assertThat(pipeline.referenced(output.path("Value"), "AWS::IAM::Role"))
                    .isNotNull();
            String description = output.path("Description").asText();
            assertThat(description).contains("AWS_DEPLOY_ROLE");
            described.add(description.substring(description.lastIndexOf(' ') + 1));
        });

        // Then
        assertThat(described).isEqualTo(environments).containsExactly("production", "staging");
        assertThat(workflow("deploy-to.yml")).contains("role-to-assume: ${{ vars.AWS_DEPLOY_ROLE }}");
    }

    @Test
    void theRightRunGetsIn() {
        assertThat(admits("staging", claims("staging"))).isTrue();
        assertThat(admits("production", claims("production"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // Another repository, also one that looks alike, and the repository's own pull requests and branches.
        "sub, repo:octo-org/other:environment:production",
        "sub, repo:octo-org/parley2:environment:production",
        "sub, repo:someone/parley:environment:production",
        "sub, repo:octo-org/parley:ref:refs/heads/main",
        "sub, repo:octo-org/parley:ref:refs/tags/v1",
        "sub, repo:octo-org/parley:pull_request",
        // The environment that needs no approval.
        "sub, repo:octo-org/parley:environment:staging",
        "sub, repo:octo-org@1/parley@2:environment:production",
        // A branch, where the environment's rules on GitHub are forgotten.
        "ref, refs/heads/main",
        "ref, refs/heads/refs/tags/v1",
        "ref, refs/pull/1/merge",
        // A token for somebody else.
        "aud, https://github.com/octo-org"
    })
    void noOtherRunGetsIn(String claim, String value) {
        // Given
        Map<String, String> claims = claims("production");
        claims.put(claim, value);

        // Then
        assertThat(admits("production", claims)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"aud", "sub", "ref"})
    void aTokenWithoutAClaimGetsNowhere(String claim) {
        // Given
        Map<String, String> claims = claims("production");
        claims.remove(claim);

        // Then
        assertThat(admits("production", claims)).isFalse();
    }

    @Test
    void aRoleMayBecomeTheRolesOfTheBootstrapAndNoteTheVersion() {
        assertThat(pipeline.properties("AWS::IAM::Policy").values()).hasSize(2).allSatisfy(policy -> {
            JsonNode statements = policy.at("/PolicyDocument/Statement");
            assertThat(statements).hasSize(2);
            statements.forEach(statement -> {
                assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
                assertThat(statement.toString()).doesNotContain("*");
            });
            JsonNode deploy = statements.path(0);
            assertThat(deploy.path("Action").asText()).isEqualTo("sts:AssumeRole");
            assertThat(deploy.path("Resource"))
                    .isNotEmpty()
                    .allSatisfy(role -> assertThat(role.toString())
                            .contains(":role/cdk-hnb659fds-")
                            .doesNotContain("cfn-exec"));
            for (String region : List.of("us-east-1", "us-west-2")) {
                assertThat(deploy.path("Resource").toString())
                        .contains(region)
                        .contains("deploy-role")
                        .contains("file-publishing-role")
                        .contains("lookup-role");
            }
            JsonNode version = statements.path(1);
            assertThat(version.path("Action"))
                    .extracting(JsonNode::asText)
                    .containsExactlyInAnyOrder("ssm:GetParameter", "ssm:PutParameter");
            assertThat(version.path("Resource").toString())
                    .contains(":ssm:us-east-1:")
                    .contains(":parameter/Parley/version");
        });
        assertThat(pipeline.properties("AWS::IAM::Role").values()).noneMatch(role -> role.has("ManagedPolicyArns"));
    }

    @Test
    void credentialsLastAsLongAsTheJobMay() throws IOException {
        // Given
        String job = workflow("deploy-to.yml");
        Matcher minutes = Pattern.compile("timeout-minutes: (\\d+)").matcher(job);
        assertThat(minutes.find()).isTrue();
        int seconds = Integer.parseInt(minutes.group(1)) * 60;

        // Then
        assertThat(job).contains("role-duration-seconds: " + seconds);
        assertThat(pipeline.properties("AWS::IAM::Role").values())
                .allSatisfy(role ->
                        assertThat(role.path("MaxSessionDuration").asInt()).isEqualTo(seconds));
    }

    @Test
    void theProviderStaysForOthersThatUseIt() {
        // When
        Map<String, JsonNode> providers = pipeline.properties("AWS::IAM::OIDCProvider");

        // Then
        assertThat(providers).hasSize(1);
        providers.forEach((id, properties) -> {
            assertThat(pipeline.resource(id).path("DeletionPolicy").asText()).isEqualTo("Retain");
            assertThat(properties.path("Url").asText()).isEqualTo("https://token.actions.githubusercontent.com");
            assertThat(properties.path("ClientIdList").toString()).isEqualTo("[\"sts.amazonaws.com\"]");
        });
    }

    @Test
    void takesTheProviderOfTheAccountAndOneEnvironmentWithAnImmutableSubject() {
        // When
        Synthesis synthesis = with(Map.of(
                "repository", "octo-org@123456/parley@456789",
                "environments", "production",
                "identityProvider", "existing"));
        Template given = pipeline(synthesis);

        // Then
        assertThat(synthesis.findings()).isEmpty();
        assertThat(given.properties("AWS::IAM::OIDCProvider")).isEmpty();
        assertThat(given.properties("AWS::IAM::Role")).hasSize(1);
        JsonNode trust = trust(given, "production");
        assertThat(trust.at("/Principal/Federated").toString())
                .contains(":oidc-provider/token.actions.githubusercontent.com");
        assertThat(trust.at("/Condition/StringEquals").path(ISSUER + "sub").asText())
                .isEqualTo("repo:octo-org@123456/parley@456789:environment:production");
    }

    private static Synthesis with(Map<String, String> context) {
        return Synthesis.run(Synthesis.parameters(Phase.MVP, context), Routes.http());
    }

    private static Template pipeline(Synthesis synthesis) {
        return Objects.requireNonNull(synthesis.beside().get("Pipeline"));
    }

    private static String workflow(String file) throws IOException {
        return Files.readString(WORKFLOWS.resolve(file));
    }

    /** The claims of a run that may deploy. */
    private static Map<String, String> claims(String environment) {
        return new HashMap<>(Map.of(
                "aud",
                "sts.amazonaws.com",
                "sub",
                "repo:octo-org/parley:environment:" + environment,
                "ref",
                "refs/tags/v1.2.3"));
    }

    /** The only statement of the trust policy of an environment's role. */
    private static JsonNode trust(Template template, String environment) {
        List<JsonNode> statements = template.properties("AWS::IAM::Role").values().stream()
                .filter(role -> role.path("Description").asText().endsWith(environment))
                .map(role -> role.at("/AssumeRolePolicyDocument/Statement"))
                .toList();
        assertThat(statements).hasSize(1);
        assertThat(statements.getFirst()).hasSize(1);
        JsonNode statement = statements.getFirst().path(0);
        assertThat(statement.path("Action").asText()).isEqualTo("sts:AssumeRoleWithWebIdentity");
        assertThat(statement.path("Principal")).hasSize(1);
        return statement;
    }

    /** As IAM evaluates the conditions: all of them have to hold, and one whose claim is not there does not. */
    private boolean admits(String environment, Map<String, String> claims) {
        JsonNode condition = trust(pipeline, environment).path("Condition");
        assertThat(condition.propertyStream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("StringEquals", "StringLike");
        return condition
                        .path("StringEquals")
                        .propertyStream()
                        .allMatch(one -> one.getValue().asText().equals(claim(claims, one.getKey())))
                && condition.path("StringLike").propertyStream().allMatch(one -> {
                    String pattern = Pattern.quote(one.getValue().asText()).replace("*", "\\E.*\\Q");
                    return claim(claims, one.getKey()).matches(pattern);
                });
    }

    private static String claim(Map<String, String> claims, String key) {
        assertThat(key).startsWith(ISSUER);
        return claims.getOrDefault(key.substring(ISSUER.length()), "");
    }
}
