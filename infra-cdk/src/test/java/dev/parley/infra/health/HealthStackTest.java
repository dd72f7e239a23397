package dev.parley.infra.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.catalog.AlertRule;
import dev.parley.catalog.Alerts;
import dev.parley.catalog.Signal;
import dev.parley.infra.phase.Parameters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.apigatewayv2.CfnApi;

/** The health check and its alarm, beside a stack that has nothing but an API. */
class HealthStackTest {

    private final Map<String, String> context = new HashMap<>(Map.of("region", "eu-west-1"));

    @Test
    void asksForHealthAtTheDomainOverTls() {
        // Given
        context.putAll(Map.of("domain", "chat.example.com", "hostedZone", "Z0123456789EXAMPLE"));

        // When
        JsonNode config = one("AWS::Route53::HealthCheck").path("HealthCheckConfig");

        // Then
        assertThat(config.path("Type").asText()).isEqualTo("HTTPS");
        assertThat(config.path("FullyQualifiedDomainName").asText()).isEqualTo("chat.example.com");
        assertThat(config.path("ResourcePath").asText()).isEqualTo("/health");
        assertThat(config.path("EnableSNI").asBoolean()).isTrue();
        assertThat(config.path("Regions")).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void asksTheApiInItsOwnRegionWithoutADomain() {
        // When
        JsonNode host =
                one("AWS::Route53::HealthCheck").path("HealthCheckConfig").path("FullyQualifiedDomainName");

        // Then
        assertThat(host.toString()).contains(".execute-api.eu-west-1.").doesNotContain("AWS::Region");
        assertThat(host.findValue("Fn::GetStackOutput").path("StackName").asText())
                .isEqualTo("System");
        assertThat(host.findValue("Fn::GetStackOutput").path("Region").asText()).isEqualTo("eu-west-1");
    }

    @Test
    void alarmsAsTheTableSaysAndTellsWhoIsNamed() {
        // Given
        context.put("alarmEmail", "ops@example.com");
        List<AlertRule> rules = Alerts.all().stream()
                .filter(rule -> rule.signal() == Signal.HEALTH)
                .toList();
        assertThat(rules).hasSize(1);
        AlertRule rule = rules.getFirst();

        // When
        JsonNode alarm = one("AWS::CloudWatch::Alarm");

        // Then
        assertThat(alarm.path("AlarmName").asText()).isEqualTo("Parley-" + rule.id());
        assertThat(alarm.path("Namespace").asText()).isEqualTo("AWS/Route53");
        assertThat(alarm.path("MetricName").asText()).isEqualTo("HealthCheckStatus");
        assertThat(alarm.path("ComparisonOperator").asText()).isEqualTo("LessThanThreshold");
        assertThat(alarm.path("Threshold").asDouble()).isEqualTo(rule.threshold());
        assertThat(alarm.path("EvaluationPeriods").asInt()).isEqualTo(rule.periods());
        assertThat(alarm.path("Period").asLong()).isEqualTo(AlertRule.PERIOD.toSeconds());
        assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("breaching");
        assertThat(alarm.path("AlarmActions")).hasSize(1);
        assertThat(one("AWS::SNS::Subscription").path("Endpoint").asText()).isEqualTo("ops@example.com");
    }

    @Test
    void isInTheRegionOfRoute53sMetricsWhereverTheSystemIs() {
        assertThat(stack().getRegion()).isEqualTo("us-east-1");
        context.put("region", "us-east-1");
        assertThat(stack().getRegion()).isEqualTo("us-east-1");
    }

    private HealthStack stack() {
        App app = new App();
        Parameters parameters = Parameters.read(context::get, null);
        Stack system = new Stack(
                app,
                "System",
                StackProps.builder()
                        .env(Environment.builder().region(parameters.region()).build())
                        .build());
        CfnApi api = CfnApi.Builder.create(system, "Api")
                .name("api")
                .protocolType("HTTP")
                .build();
        return new HealthStack(app, parameters, api.getRef());
    }

    private JsonNode one(String type) {
        List<JsonNode> found = resources(type);
        assertThat(found).as(type).hasSize(1);
        return found.getFirst().path("Properties");
    }

    private List<JsonNode> resources(String type) {
        JsonNode template =
                new ObjectMapper().valueToTree(Template.fromStack(stack()).toJSON());
        return template.path("Resources")
                .valueStream()
                .filter(resource -> resource.path("Type").asText().equals(type))
                .toList();
    }
}
