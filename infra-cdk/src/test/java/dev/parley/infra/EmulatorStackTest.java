package dev.parley.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.Functions;
import dev.parley.catalog.Routes;
import dev.parley.infra.emulator.Emulation;
import dev.parley.infra.phase.Parameters;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the app deploys to an emulator: all that the catalog lists, and no address of AWS. */
class EmulatorStackTest {

    private static final Emulation EMULATION = new Emulation(
            Emulation.Kind.FLOCI,
            URI.create("http://localhost:4566"),
            URI.create("http://floci:4566"),
            "jdbc:postgresql://postgres:5432/parley",
            URI.create("redis://valkey:6379"));

    private static final List<JsonNode> RESOURCES = new ArrayList<>();

    @BeforeAll
    static void synthesize(@TempDir Path directory) throws IOException {
        Path code = Files.createDirectory(directory.resolve("code"));
        Files.writeString(code.resolve("empty"), "");
        Path assembly = directory.resolve("cdk.out");
        ParleyApp.synthesizeEmulated(Parameters.read(Map.of("canary", "0")::get, null), EMULATION, code, assembly);
        RESOURCES.clear();
        try (Stream<Path> files = Files.list(assembly)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".template.json"))
                    .toList()) {
                new ObjectMapper().readTree(file.toFile()).path("Resources").forEach(RESOURCES::add);
            }
        }
    }

    @Test
    void everyFunctionOfTheCatalogIsThere() {
        Set<String> deployed = new HashSet<>();
        functions()
                .forEach(function -> deployed.add(function.path("FunctionName").asText()));

        assertThat(deployed)
                .containsAll(Functions.all().stream()
                        .map(FunctionSpec::name)
                        .map(name -> "Parley-" + name)
                        .toList());
    }

    @Test
    void everyRouteOfTheCatalogIsThere() {
        List<String> keys = properties("AWS::ApiGatewayV2::Route").stream()
                .map(route -> route.path("RouteKey").asText())
                .toList();

        assertThat(keys)
                .containsAll(
                        Routes.http().stream().map(route -> route.routeKey()).toList());
        assertThat(keys)
                .containsAll(
                        Routes.gateway().stream().map(route -> route.routeKey()).toList());
    }

    @Test
    void nothingIsThereThatEmulatorsLackOrThatAServerBesideReplaces() {
        Set<String> types = new TreeSet<>();
        RESOURCES.forEach(resource -> types.add(resource.path("Type").asText()));

        assertThat(types)
                .noneMatch(type -> type.startsWith("AWS::RDS::")
                        || type.startsWith("AWS::ElastiCache::")
                        || type.startsWith("AWS::EC2::")
                        || type.startsWith("AWS::CodeDeploy::")
                        || type.startsWith("Custom::"));
    }

    @Test
    void functionsAreToldNoAddressOfAws() {
        for (JsonNode function : functions()) {
            String variables = function.path("Environment").path("Variables").toString();

            assertThat(variables).doesNotContain("amazonaws.com", "AWS::URLSuffix", "DUALSTACK", "PARLEY_DATABASE_IAM");
        }
    }

    @Test
    void functionsReachEverythingFromInsideTheirContainers() {
        for (JsonNode function : functions()) {
            JsonNode variables = function.path("Environment").path("Variables");

            assertThat(variables.path("AWS_ENDPOINT_URL").asText()).isEqualTo("http://floci:4566");
            assertThat(variables.path("PARLEY_DATABASE_URL").asText())
                    .isEqualTo("jdbc:postgresql://postgres:5432/parley");
            assertThat(variables.path("PARLEY_REDIS_URL").asText()).isEqualTo("redis://valkey:6379");
            assertThat(variables.path("PARLEY_MANAGEMENT_ENDPOINT").toString())
                    .contains("http://floci:4566/execute-api/")
                    .contains("/gateway");
            assertThat(variables.path("PARLEY_GATEWAY_URL").toString()).contains("ws://localhost:4566/ws/");
        }
    }

    /** floci takes what is behind the last colon of an integration's URI for the function's name. */
    @Test
    void apisInvokeFunctionsAndNotAliases() {
        List<JsonNode> integrations = properties("AWS::ApiGatewayV2::Integration");

        assertThat(integrations).isNotEmpty();
        assertThat(integrations)
                .allSatisfy(integration -> assertThat(
                                integration.path("IntegrationUri").toString())
                        .doesNotContain("Live"));
    }

    private static List<JsonNode> functions() {
        List<JsonNode> functions = properties("AWS::Lambda::Function").stream()
                .filter(function -> function.path("FunctionName").asText().startsWith("Parley-"))
                .toList();
        assertThat(functions).isNotEmpty();
        return functions;
    }

    private static List<JsonNode> properties(String type) {
        return RESOURCES.stream()
                .filter(resource -> resource.path("Type").asText().equals(type))
                .map(resource -> resource.path("Properties"))
                .toList();
    }
}
