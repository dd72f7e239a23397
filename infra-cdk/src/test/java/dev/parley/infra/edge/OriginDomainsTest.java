package dev.parley.infra.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.infra.phase.Parameters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;

/** The records of the origins, when there is more than one Region. */
class OriginDomainsTest {

    private static final EdgeAddresses ADDRESSES = new EdgeAddresses("chat.example.com", "Z0123456789EXAMPLE");

    @Test
    void aRegionThatTakesOverHasTheSameNamesWithAHealthCheck() {
        // Given
        Stack stack = new Stack(new App(), "Second");
        CfnStage stages = CfnStage.Builder.create(stack, "Stages")
                .apiId("api")
                .stageName("stage")
                .build();

        // When
        new OriginDomains(
                stack,
                "Domains",
                ADDRESSES,
                "eu-central-1",
                new RoutingPolicy.Failover(RoutingPolicy.Role.SECONDARY, "eu-central-1", "health-check"),
                new OriginDomains.Target("rest", "$default", stages),
                new OriginDomains.Target("gateway", "gateway", stages));

        // Then
        Template template = Template.fromStack(stack);
        template.resourceCountIs("AWS::Route53::RecordSet", 6);
        for (String host : new String[] {ADDRESSES.restOrigin(), ADDRESSES.gatewayOrigin()}) {
            template.hasResourceProperties(
                    "AWS::Route53::RecordSet",
                    Map.of(
                            "Name", host,
                            "Type", "AAAA",
                            "Failover", "SECONDARY",
                            "SetIdentifier", "eu-central-1",
                            "HealthCheckId", "health-check"));
        }
        template.hasResourceProperties(
                "AWS::Route53::RecordSet",
                Map.of(
                        "Name",
                        "rest.eu-central-1.origin.chat.example.com",
                        "Type",
                        "A",
                        "Failover",
                        Match.absent(),
                        "HealthCheckId",
                        Match.absent()));
        template.allResources("AWS::ApiGatewayV2::ApiMapping", Map.of("DependsOn", List.of("Stages")));
    }

    @Test
    void aDeploymentWithoutADomainHasNoAddresses() {
        assertThat(EdgeAddresses.of(Parameters.read(key -> null, "eu-west-1"))).isNull();
    }
}
