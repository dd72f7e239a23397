package dev.parley.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.catalog.Access;
import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.HttpMethod;
import dev.parley.catalog.HttpRoute;
import dev.parley.catalog.Routes;
import dev.parley.infra.phase.Phase;
import dev.parley.ratelimit.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Every stack stays away from what CloudFormation takes, now and when the HTTP API is full (CloudFormation user guide,
 * "Understand CloudFormation quotas").
 */
class StackLimitsTest {

    /** Of 500. */
    private static final int RESOURCES = 400;

    /** Resources that one operation may touch in all nested stacks together. */
    private static final int RESOURCES_OF_ALL = 2500;

    /** Of 1 MB. */
    private static final int TEMPLATE_BYTES = 800_000;

    /** What a template may have; above it, CloudFormation refuses it. */
    private static final int DYNAMIC_REFERENCES = 60;

    /** Of 200 parameters, and of as many outputs. */
    private static final int PARAMETERS = 150;

    /** Integrations that an HTTP API may have, which AWS does not raise (API Gateway quotas, "HTTP API"). */
    private static final int HTTP_ROUTES = 300;

    @Test
    void keepsEveryStackAwayFromTheLimits() {
        assertThatFits(Synthesis.SHARED);
        assertThatFits(Synthesis.of(Phase.SCALE));
    }

    @Test
    void wouldFitAsManyRoutesAsAnHttpApiMayHave() {
        // Given
        List<HttpRoute> routes = new ArrayList<>(Routes.http());
        List<String> areas = List.of("guild", "channel", "message", "invite", "application");
        for (int i = 0; routes.size() < HTTP_ROUTES; i++) {
            routes.add(new HttpRoute(
                    HttpMethod.GET,
                    "/api/{version}/planned/" + i,
                    FunctionSpec.of(areas.get(i % areas.size()) + ".Planned" + i + "Function"),
                    Access.AUTHENTICATED,
                    Limit.DEFAULT));
        }

        // When
        Synthesis full = Synthesis.run(Synthesis.parameters(Phase.ENTERPRISE), routes);

        // Then
        assertThat(full.findings()).isEmpty();
        // Two routes of one function share its integration.
        long functions = routes.stream().map(HttpRoute::function).distinct().count();
        assertThat(full.whole().properties("AWS::ApiGatewayV2::Integration").values())
                .filteredOn(integration -> integration.has("CredentialsArn"))
                .hasSize(Math.toIntExact(functions));
        Map<String, Integer> shifting = FunctionDeploymentTest.shifting(full.whole());
        assertThat(FunctionDeploymentTest.waves(full, shifting.keySet()))
                .allSatisfy(
                        wave -> assertThat(wave.stream().mapToInt(shifting::get).sum())
                                .isLessThanOrEqualTo(FunctionDeploymentTest.FUNCTIONS_OF_A_WAVE));
        assertThatFits(full);
    }

    @Test
    void movesNoFunctionWhenAnotherComes() {
        // Given
        List<HttpRoute> routes = Routes.http();
        Map<String, Integer> before = partByFunction(routes.subList(0, routes.size() / 2));

        // When
        Map<String, Integer> after = partByFunction(routes);

        // Then
        assertThat(after).containsAllEntriesOf(before);
    }

    @Test
    void keepsEachFunctionWhereItWasFirstDeployed() {
        assertThat(partByFunction(Routes.http()))
                .contains(Map.entry("CreateMessage", 15), Map.entry("CreateGuild", 14), Map.entry("Health", 9));
    }

    private static void assertThatFits(Synthesis synthesis) {
        Map<String, Integer> sizes = new TreeMap<>();
        synthesis.templates().forEach((stack, template) -> {
            String json = template.json().toPrettyString();
            sizes.put(stack, template.size());
            assertThat(template.size()).as("resources of " + stack).isBetween(1, RESOURCES);
            assertThat(json.length()).as("size of " + stack).isLessThan(TEMPLATE_BYTES);
            assertThat(json.split("\\{\\{resolve:", -1).length - 1)
                    .as("dynamic references of " + stack)
                    .isLessThanOrEqualTo(DYNAMIC_REFERENCES);
            assertThat(template.json().path("Parameters").size())
                    .as("parameters of " + stack)
                    .isLessThan(PARAMETERS);
            assertThat(template.json().path("Outputs").size())
                    .as("outputs of " + stack)
                    .isLessThan(PARAMETERS);
        });
        int all = sizes.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println("Resources: " + all + ", by stack " + sizes);
        assertThat(all).as("resources of all stacks").isLessThan(RESOURCES_OF_ALL);
    }

    private static Map<String, Integer> partByFunction(List<HttpRoute> routes) {
        Map<String, Integer> parts = new TreeMap<>();
        HttpPart.of(routes)
                .forEach(part -> part.functions().forEach(function -> parts.put(function.name(), part.number())));
        return parts;
    }
}
