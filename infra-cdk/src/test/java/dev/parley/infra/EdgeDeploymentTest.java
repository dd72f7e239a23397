package dev.parley.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.catalog.HttpRoute;
import dev.parley.catalog.Routes;
import dev.parley.catalog.WebRoutes;
import dev.parley.infra.phase.InvalidParameterException;
import dev.parley.infra.phase.Phase;
import dev.parley.ratelimit.Limit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One domain in front of both APIs. */
class EdgeDeploymentTest {

    private static final Synthesis WITH_DOMAIN = Synthesis.run(Synthesis.withDomain(Map.of()), Routes.http());
    private static final Template EDGE = WITH_DOMAIN.beside().get("Edge");
    private static final Template WHOLE = WITH_DOMAIN.whole();

    private static final String SENT = "{{resolve:secretsmanager:Parley/edge/1:SecretString:current}}";
    private static final String ACCEPTED = "{{resolve:secretsmanager:Parley/edge/1:SecretString}}";

    @Test
    void thereIsNoneWithoutADomain() {
        assertThat(Synthesis.SHARED.beside()).doesNotContainKey("Edge");
        assertThat(Synthesis.SHARED.whole().properties("AWS::ApiGatewayV2::DomainName"))
                .isEmpty();
        assertThat(variables(Synthesis.SHARED.whole())).noneMatch(variables -> variables.has("PARLEY_EDGE_SECRET"));
    }

    @Test
    void passesTheRulesOfCdkNag() {
        assertThat(WITH_DOMAIN.findings()).isEmpty();
    }

    @Test
    void servesTheDomainWithModernProtocolsBehindTheFirewall() {
        // When
        JsonNode config = distribution();

        // Then
        assertThat(config.path("Aliases").path(0).asText()).isEqualTo("chat.example.com");
        assertThat(config.at("/ViewerCertificate/MinimumProtocolVersion").asText())
                .isEqualTo("TLSv1.2_2021");
        assertThat(config.path("HttpVersion").asText()).isEqualTo("http2and3");
        assertThat(config.path("IPV6Enabled").asBoolean()).isTrue();
        assertThat(EDGE.referenced(config.path("WebACLId"), "AWS::WAFv2::WebACL"))
                .isNotNull();
        assertThat(EDGE.properties("AWS::Route53::RecordSet").values())
                .extracting(record ->
                        record.path("Type").asText() + " " + record.path("Name").asText())
                .containsExactlyInAnyOrder("A chat.example.com.", "AAAA chat.example.com.");
    }

    @Test
    void sendsTheGatewaysPathsToTheWebSocketApiAndEverythingElseToTheRestApi() {
        // When
        Map<String, String> hosts = new TreeMap<>();
        Map<String, JsonNode> origins = new TreeMap<>();
        distribution()
                .path("Origins")
                .forEach(origin -> origins.put(origin.path("Id").asText(), origin));
        behaviors()
                .forEach((path, behavior) -> hosts.put(
                        path,
                        origins.get(behavior.path("TargetOriginId").asText())
                                .path("DomainName")
                                .asText()));

        // Then
        assertThat(hosts)
                .containsEntry("/gateway", "gateway.origin.chat.example.com")
                .containsEntry("/gateway/", "gateway.origin.chat.example.com")
                .containsEntry("*", "rest.origin.chat.example.com");
        assertThat(hosts.values().stream().filter("gateway.origin.chat.example.com"::equals))
                .hasSize(2);
        assertThat(origins.values()).allSatisfy(origin -> {
            assertThat(origin.at("/CustomOriginConfig/OriginProtocolPolicy").asText())
                    .isEqualTo("https-only");
            JsonNode header = origin.path("OriginCustomHeaders").path(0);
            assertThat(header.path("HeaderName").asText()).isEqualTo("x-parley-edge");
            assertThat(header.path("HeaderValue").asText()).isEqualTo(SENT);
        });
    }

    @Test
    void cachesFilesAndImagesByTheirLinksAndNothingElse() {
        // Given
        Set<String> files = new HashSet<>();
        Routes.http().stream()
                .filter(route ->
                        route.limit() == Limit.READ_FILES && !route.function().equals(WebRoutes.PAGE))
                .map(HttpRoute::path)
                .forEach(path -> files.add(path.substring(0, path.indexOf('{')) + "*"));
        assertThat(files).contains("/attachments/*", "/embed/avatars/*", "/client/*");

        // When
        Set<String> cached = new HashSet<>();
        behaviors().forEach((path, behavior) -> {
            JsonNode policy = behavior.path("CachePolicyId");
            if (policy.isObject()) {
                JsonNode config = EDGE.properties("AWS::CloudFront::CachePolicy")
                        .get(policy.path("Ref").asText())
                        .path("CachePolicyConfig");
                JsonNode key = config.path("ParametersInCacheKeyAndForwardedToOrigin");
                assertThat(key.at("/QueryStringsConfig/QueryStringBehavior").asText())
                        .isEqualTo("all");
                assertThat(config.path("MinTTL").asInt()).isZero();
                assertThat(config.path("DefaultTTL").asInt()).isZero();
                cached.add(path);
            } else {
                // CloudFront's own policy CachingDisabled.
                assertThat(policy.asText()).isEqualTo("4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
            }
        });

        // Then
        assertThat(cached).isEqualTo(files);
    }

    @Test
    void keepsNoErrorForTheNextCaller() {
        assertThat(distribution().path("CustomErrorResponses"))
                .hasSize(11)
                .allMatch(error -> error.path("ErrorCachingMinTTL").asInt(-1) == 0);
    }

    @Test
    void tellsTheOriginEverythingButTheHostAndWhoAsks() {
        assertThat(behaviors().values()).allSatisfy(behavior -> {
            // CloudFront's own policy AllViewerExceptHostHeader.
            assertThat(behavior.path("OriginRequestPolicyId").asText())
                    .isEqualTo("b689b0a8-53d0-40ab-baf2-68738e2966ac");
            JsonNode function = behavior.path("FunctionAssociations").path(0);
            assertThat(function.path("EventType").asText()).isEqualTo("viewer-request");
            assertThat(behavior.path("ResponseHeadersPolicyId").isObject()).isTrue();
        });
    }

    @Test
    void letsPagesBringTheirOwnContentSecurityPolicyAndNothingElse() {
        // Given
        Set<String> pages = Set.of("/", "/login", "/register", "/settings", "/invite/*", "/channels/*");

        // When
        Set<String> free = new HashSet<>();
        Set<String> redirected = new HashSet<>();
        behaviors().forEach((path, behavior) -> {
            JsonNode headers = EDGE.properties("AWS::CloudFront::ResponseHeadersPolicy")
                    .get(behavior.path("ResponseHeadersPolicyId").path("Ref").asText())
                    .at("/ResponseHeadersPolicyConfig/SecurityHeadersConfig");
            assertThat(headers.at("/FrameOptions/FrameOption").asText()).isEqualTo("DENY");
            assertThat(headers.at("/StrictTransportSecurity/AccessControlMaxAgeSec")
                            .asInt())
                    .isPositive();
            if (headers.path("ContentSecurityPolicy").isMissingNode()) {
                free.add(path);
            }
            String protocol = behavior.path("ViewerProtocolPolicy").asText();
            if (protocol.equals("redirect-to-https")) {
                redirected.add(path);
            } else {
                // A token that was sent without TLS should be seen to fail.
                assertThat(protocol).isEqualTo("https-only");
            }
        });

        // Then
        assertThat(redirected).isEqualTo(pages);
        Set<String> withFiles = new HashSet<>(pages);
        withFiles.add("/client/*");
        assertThat(free).isEqualTo(withFiles);
    }

    @Test
    void refusesByTheManagedRulesButNotForWhatPeopleWrite() {
        // Given
        JsonNode rules =
                EDGE.properties("AWS::WAFv2::WebACL").values().iterator().next().path("Rules");
        Map<String, Set<String>> counted = new TreeMap<>();

        // When
        rules.findValues("ManagedRuleGroupStatement").forEach(group -> {
            Set<String> names = new HashSet<>();
            group.path("RuleActionOverrides").forEach(override -> {
                assertThat(override.path("ActionToUse").has("Count")).isTrue();
                names.add(override.path("Name").asText());
            });
            counted.put(group.path("Name").asText(), names);
        });

        // Then
        assertThat(counted)
                .containsOnlyKeys(
                        "AWSManagedRulesAmazonIpReputationList",
                        "AWSManagedRulesCommonRuleSet",
                        "AWSManagedRulesKnownBadInputsRuleSet");
        assertThat(counted.get("AWSManagedRulesCommonRuleSet"))
                .contains("SizeRestrictions_BODY", "CrossSiteScripting_BODY", "GenericRFI_BODY", "NoUserAgent_HEADER")
                .doesNotContain("UserAgent_BadBots_HEADER", "GenericLFI_URIPATH");
        assertThat(counted.get("AWSManagedRulesKnownBadInputsRuleSet"))
                .contains("Log4JRCE_BODY")
                .doesNotContain("Log4JRCE_HEADER");
    }

    @Test
    void limitsAddressesFarAboveWhatBotsMayDo() {
        // When
        Map<Boolean, JsonNode> limits = new TreeMap<>();
        EDGE.properties("AWS::WAFv2::WebACL")
                .values()
                .iterator()
                .next()
                .path("Rules")
                .forEach(rule -> {
                    JsonNode limit = rule.at("/Statement/RateBasedStatement");
                    if (limit.isObject()) {
                        assertThat(rule.at("/Action/Block/CustomResponse/ResponseCode")
                                        .asInt())
                                .isEqualTo(429);
                        limits.put(limit.has("ScopeDownStatement"), limit);
                    }
                });

        // Then
        assertThat(limits).hasSize(2).values().allSatisfy(limit -> {
            assertThat(limit.path("EvaluationWindowSec").asInt()).isEqualTo(300);
            assertThat(limit.path("AggregateKeyType").asText()).isEqualTo("IP");
        });
        int perSecond = Limit.GLOBAL.capacity();
        assertThat(limits.get(false).path("Limit").asInt()).isGreaterThanOrEqualTo(4 * 300 * perSecond);
    }

    @Test
    void logsRefusalsWithoutWhatCouldHoldACredential() {
        // When
        JsonNode logging = EDGE.properties("AWS::WAFv2::LoggingConfiguration")
                .values()
                .iterator()
                .next();

        // Then
        assertThat(EDGE.properties("AWS::Logs::LogGroup").values())
                .extracting(group -> group.path("LogGroupName").asText())
                .containsExactly("aws-waf-logs-Parley-edge");
        assertThat(logging.path("RedactedFields").findValuesAsText("Name"))
                .containsExactlyInAnyOrder("authorization", "cookie");
        assertThat(logging.path("RedactedFields").findValues("QueryString")).hasSize(1);
        assertThat(logging.path("RedactedFields").findValues("UriPath")).hasSize(1);
        assertThat(logging.at("/LoggingFilter/DefaultBehavior").asText()).isEqualTo("DROP");
        assertThat(EDGE.json().findValues("SampledRequestsEnabled"))
                .isNotEmpty()
                .noneMatch(JsonNode::asBoolean);
    }

    @Test
    void mapsTheOriginsToTheStages() {
        // When
        Map<String, String> stages = new TreeMap<>();
        WHOLE.properties("AWS::ApiGatewayV2::ApiMapping").values().forEach(mapping -> {
            String name = WHOLE.referenced(mapping.path("DomainName"), "AWS::ApiGatewayV2::DomainName");
            stages.put(
                    WHOLE.resource(name).at("/Properties/DomainName").asText() + "/"
                            + mapping.path("ApiMappingKey").asText(),
                    mapping.path("Stage").asText());
        });

        // Then
        assertThat(stages)
                .isEqualTo(Map.of(
                        "rest.origin.chat.example.com/", "$default",
                        "rest.us-east-1.origin.chat.example.com/", "$default",
                        "gateway.origin.chat.example.com/gateway", "gateway"));
        List<String> records = new ArrayList<>();
        WHOLE.properties("AWS::Route53::RecordSet")
                .values()
                .forEach(record -> records.add(
                        record.path("Type").asText() + " " + record.path("Name").asText()));
        assertThat(records)
                .containsExactlyInAnyOrder(
                        "A rest.origin.chat.example.com",
                        "AAAA rest.origin.chat.example.com",
                        "A gateway.origin.chat.example.com",
                        "AAAA gateway.origin.chat.example.com",
                        "A rest.us-east-1.origin.chat.example.com",
                        "AAAA rest.us-east-1.origin.chat.example.com");
    }

    @Test
    void leavesTheRestApiNoOtherWayInAndTheGatewayItsOwnForTheFunctions() {
        // When
        Map<String, Boolean> closed = new TreeMap<>();
        WHOLE.properties("AWS::ApiGatewayV2::Api")
                .values()
                .forEach(api -> closed.put(
                        api.path("ProtocolType").asText(),
                        api.path("DisableExecuteApiEndpoint").asBoolean()));

        // Then
        assertThat(closed).isEqualTo(Map.of("HTTP", true, "WEBSOCKET", false));
        assertThat(variables(WHOLE))
                .allMatch(variables ->
                        variables.path("PARLEY_MANAGEMENT_ENDPOINT").toString().contains(".execute-api."));
    }

    @Test
    void tellsFunctionsAndOperatorsTheDomain() {
        assertThat(variables(WHOLE)).isNotEmpty().allSatisfy(variables -> {
            assertThat(variables.path("PARLEY_CDN_URL").asText()).isEqualTo("https://chat.example.com");
            assertThat(variables.path("PARLEY_GATEWAY_URL").asText()).isEqualTo("wss://chat.example.com/gateway");
            assertThat(variables.path("PARLEY_EDGE_SECRET").asText()).isEqualTo(ACCEPTED);
        });
        JsonNode outputs = WITH_DOMAIN.template("Parley").json().path("Outputs");
        assertThat(outputs.at("/ApiUrl/Value").asText()).isEqualTo("https://chat.example.com");
        assertThat(outputs.at("/GatewayUrl/Value").asText()).isEqualTo("wss://chat.example.com/gateway");
    }

    @Test
    void keepsTheValueOfTheSecretOutOfTemplates() {
        assertThat(WHOLE.properties("AWS::SecretsManager::Secret").values())
                .allSatisfy(secret -> assertThat(secret.has("SecretString")).isFalse());
    }

    @Test
    void replacesTheSecretWithTheNextNumberAndAcceptsTheOneBefore() {
        // When
        Synthesis replaced =
                Synthesis.run(Synthesis.withDomain(Map.of("edgeSecret", "2", "region", "eu-central-1")), Routes.http());

        // Then
        Map<String, JsonNode> secrets = new TreeMap<>();
        replaced.whole().properties("AWS::SecretsManager::Secret").values().stream()
                .filter(secret -> secret.path("Name").asText().startsWith("Parley/edge/"))
                .forEach(secret -> secrets.put(secret.path("Name").asText(), secret));
        assertThat(secrets).containsOnlyKeys("Parley/edge/1", "Parley/edge/2");
        assertThat(secrets.values())
                .allSatisfy(secret -> assertThat(secret.path("ReplicaRegions").findValuesAsText("Region"))
                        .containsExactly("us-east-1"));
        assertThat(secrets.get("Parley/edge/2")
                        .at("/GenerateSecretString/SecretStringTemplate")
                        .asText())
                .isEqualTo("{\"previous\":\"" + SENT + "\"}");
        assertThat(variables(replaced.whole()))
                .allMatch(variables -> variables
                        .path("PARLEY_EDGE_SECRET")
                        .asText()
                        .equals("{{resolve:secretsmanager:Parley/edge/2:SecretString}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10000", "two"})
    void refusesNumbersOfSecretsThatAreNone(String number) {
        assertThatThrownBy(() -> Synthesis.withDomain(Map.of("edgeSecret", number)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("edgeSecret");
    }

    @Test
    void isPartOfPhaseScaleAndFitsItsStacks() {
        // When
        Synthesis scale = Synthesis.of(Phase.SCALE);

        // Then
        assertThat(scale.beside()).containsKeys("Edge", "Backup", "BackupCopies");
        assertThat(scale.findings()).isEmpty();
        scale.templates()
                .forEach((stack, template) -> assertThat(
                                template.json().toString().split("\\{\\{resolve:", -1).length - 1)
                        .as("dynamic references of " + stack)
                        .isLessThanOrEqualTo(60));
    }

    private static JsonNode distribution() {
        return EDGE.properties("AWS::CloudFront::Distribution")
                .values()
                .iterator()
                .next()
                .path("DistributionConfig");
    }

    /** The behaviours by their path; the default one's is {@code *}. */
    private static Map<String, JsonNode> behaviors() {
        Map<String, JsonNode> behaviors = new TreeMap<>();
        distribution()
                .path("CacheBehaviors")
                .forEach(behavior -> behaviors.put(behavior.path("PathPattern").asText(), behavior));
        behaviors.put("*", distribution().path("DefaultCacheBehavior"));
        return behaviors;
    }

    private static List<JsonNode> variables(Template template) {
        return template.properties("AWS::Lambda::Function").values().stream()
                .filter(function -> function.path("Runtime").asText().startsWith("java"))
                .map(function -> function.at("/Environment/Variables"))
                .toList();
    }
}
