package dev.parley.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.catalog.Routes;
import dev.parley.infra.phase.Phase;
import dev.parley.settings.Setting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A deployment whose heartbeats API Gateway answers itself. */
class MockHeartbeatTest {

    private static final String HEARTBEAT = "dev.parley.functions.gateway.HeartbeatFunction";

    private static final Synthesis SYNTHESIS =
            Synthesis.run(Synthesis.parameters(Phase.GROWTH, Map.of("heartbeats", "mock")), Routes.http());

    private final Template whole = SYNTHESIS.whole();

    @Test
    void answersHeartbeatsWithoutAFunctionAndNothingElse() {
        // Given
        Map<String, JsonNode> integrations = whole.properties("AWS::ApiGatewayV2::Integration");
        List<String> mocks = integrations.keySet().stream()
                .filter(id ->
                        integrations.get(id).path("IntegrationType").asText().equals("MOCK"))
                .toList();

        // Then
        assertThat(mocks).hasSize(1);
        String mock = mocks.getFirst();
        List<JsonNode> routes = whole.properties("AWS::ApiGatewayV2::Route").values().stream()
                .filter(route -> Template.references(route.path("Target")).contains(mock))
                .toList();
        assertThat(routes).extracting(route -> route.path("RouteKey").asText()).containsExactly("1");
        assertThat(whole.properties("AWS::ApiGatewayV2::Route").values())
                .filteredOn(route -> route.path("RouteKey").asText().equals("1"))
                .hasSize(1);
        assertThat(integrations
                        .get(mock)
                        .path("RequestTemplates")
                        .path("$default")
                        .asText())
                .isEqualTo("{\"statusCode\":200}");
        assertThat(whole.properties("AWS::ApiGatewayV2::IntegrationResponse").values())
                .hasSize(1)
                .allSatisfy(response -> {
                    assertThat(whole.referenced(response.path("IntegrationId"), "AWS::ApiGatewayV2::Integration"))
                            .isEqualTo(mock);
                    assertThat(response.path("IntegrationResponseKey").asText()).isEqualTo("$default");
                    assertThat(response.path("ResponseTemplates")
                                    .path("$default")
                                    .asText())
                            .isEqualTo("{\"op\":11}");
                });
        assertThat(whole.properties("AWS::ApiGatewayV2::RouteResponse").values())
                .filteredOn(response -> whole.resource(
                                whole.referenced(response.path("RouteId"), "AWS::ApiGatewayV2::Route"))
                        .path("Properties")
                        .path("RouteKey")
                        .asText()
                        .equals("1"))
                .hasSize(1);
        assertThat(SYNTHESIS.findings()).isEmpty();
    }

    @Test
    void reservesNothingForTheFunctionThatIsNotAsked() {
        // When
        List<String> reserved = whole.properties("AWS::Lambda::Function").values().stream()
                .filter(function -> function.has("ReservedConcurrentExecutions"))
                .map(function -> function.path("Handler").asText())
                .toList();

        // Then
        assertThat(reserved).hasSize(Routes.gateway().size()).doesNotContain(HEARTBEAT);
    }

    @Test
    void tellsFunctionsThatHeartbeatsAreNotSeen() {
        whole.properties("AWS::Lambda::Function").values().stream()
                .filter(function -> function.path("Runtime").asText().startsWith("java"))
                .forEach(function -> {
                    assertThat(function.path("Environment")
                                    .path("Variables")
                                    .path(Setting.HEARTBEATS_SEEN.variable())
                                    .asText())
                            .isEqualTo("false");
                });
    }
}
