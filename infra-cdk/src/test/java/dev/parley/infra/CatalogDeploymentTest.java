package dev.parley.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.Functions;
import dev.parley.catalog.GatewayRoute;
import dev.parley.catalog.HttpRoute;
import dev.parley.catalog.QueueSpec;
import dev.parley.catalog.Queues;
import dev.parley.catalog.Routes;
import dev.parley.catalog.ScheduleSpec;
import dev.parley.catalog.Schedules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The deployment has what the catalog lists, and nothing else. */
class CatalogDeploymentTest {

    private final Template whole = Synthesis.SHARED.whole();

    @Test
    void routesEachHttpRouteToTheAliasOfItsFunction() {
        // Given
        Map<String, String> expected = Routes.http().stream()
                .collect(Collectors.toMap(
                        HttpRoute::routeKey, route -> route.function().handler()));

        // When
        Map<String, String> deployed = handlersByRouteKey("HTTP");

        // Then
        assertThat(deployed).isEqualTo(expected);
    }

    @Test
    void namesWhatIsDeployedAsTheCatalogDoes() {
        assertThat(functions().values())
                .extracting(function -> function.path("FunctionName").asText())
                .containsExactlyInAnyOrderElementsOf(Functions.all().stream()
                        .map(spec -> "Parley-" + spec.name())
                        .toList());
    }

    @Test
    void routesEachOpcodeToTheAliasOfItsFunction() {
        // Given
        Map<String, String> expected = Routes.gateway().stream()
                .collect(Collectors.toMap(
                        GatewayRoute::routeKey, route -> route.function().handler()));

        // When
        Map<String, String> deployed = handlersByRouteKey("WEBSOCKET");

        // Then
        assertThat(deployed).isEqualTo(expected);
    }

    @Test
    void answersOnExactlyTheRoutesThatAnswer() {
        // Given
        Map<String, Boolean> expected =
                Routes.gateway().stream().collect(Collectors.toMap(GatewayRoute::routeKey, GatewayRoute::answers));

        // When
        List<String> withResponse = whole.properties("AWS::ApiGatewayV2::RouteResponse").values().stream()
                .map(response -> whole.referenced(response.path("RouteId"), "AWS::ApiGatewayV2::Route"))
                .toList();
        Map<String, Boolean> deployed = new TreeMap<>();
        routes("WEBSOCKET").forEach((id, route) -> {
            assertThat(route.path("RouteResponseSelectionExpression").asText())
                    .isEqualTo(withResponse.contains(id) ? "$default" : "");
            deployed.put(route.path("RouteKey").asText(), withResponse.contains(id));
        });

        // Then
        assertThat(deployed).isEqualTo(expected);
    }

    @Test
    void selectsGatewayRoutesByOpcodeOnAStageNamedAsThePath() {
        // Given
        Map<String, JsonNode> stages = whole.properties("AWS::ApiGatewayV2::Stage");

        // When
        JsonNode webSocket = apis("WEBSOCKET").values().iterator().next();

        // Then
        assertThat(webSocket.path("RouteSelectionExpression").asText()).isEqualTo("$request.body.op");
        assertThat(stages.values())
                .extracting(stage -> stage.path("StageName").asText())
                .containsExactlyInAnyOrder("gateway", "$default");
        assertThat(stages.values()).allMatch(stage -> stage.path("AutoDeploy").asBoolean());
    }

    @Test
    void servesBothApisOverIpv6() {
        assertThat(whole.properties("AWS::ApiGatewayV2::Api").values())
                .hasSize(2)
                .allMatch(one -> one.path("IpAddressType").asText().equals("dualstack"));
    }

    @Test
    void runsEachFunctionAsTheCatalogSizesIt() {
        // Given
        Map<String, FunctionSpec> expected =
                Functions.all().stream().collect(Collectors.toMap(FunctionSpec::handler, Function.identity()));

        // When
        Map<String, JsonNode> deployed = functions();

        // Then
        assertThat(deployed.keySet()).isEqualTo(expected.keySet());
        deployed.forEach((handler, function) -> {
            FunctionSpec spec = expected.get(handler);
            assertThat(function.path("MemorySize").asInt()).isEqualTo(spec.memoryMb());
            assertThat(function.path("Timeout").asLong())
                    .isEqualTo(spec.timeout().toSeconds());
            assertThat(function.path("Runtime").asText()).isEqualTo("java25");
            assertThat(function.path("Architectures").path(0).asText()).isEqualTo("arm64");
            assertThat(function.path("TracingConfig").path("Mode").asText()).isEqualTo("Active");
            assertThat(function.path("VpcConfig")
                            .path("Ipv6AllowedForDualStack")
                            .asBoolean())
                    .isTrue();
        });
    }

    @Test
    void keepsASnapshotOfEachFunctionBehindItsAlias() {
        // Given
        Map<String, String> expected =
                Functions.all().stream().collect(Collectors.toMap(FunctionSpec::handler, spec -> "live"));

        // When
        Map<String, String> deployed = new TreeMap<>();
        whole.properties("AWS::Lambda::Alias").values().forEach(alias -> {
            String version = whole.referenced(alias.path("FunctionVersion"), "AWS::Lambda::Version");
            String versioned =
                    whole.handler(whole.resource(version).path("Properties").path("FunctionName"));
            assertThat(versioned).isEqualTo(whole.handler(alias.path("FunctionName")));
            deployed.put(versioned, alias.path("Name").asText());
        });

        // Then
        assertThat(deployed).isEqualTo(expected);
        assertThat(functions().values())
                .allMatch(function ->
                        function.path("SnapStart").path("ApplyOn").asText().equals("PublishedVersions"));
    }

    @Test
    void queuesAreFifoWithADeadLetterQueueAsTheCatalogSays() {
        // Given
        Map<String, JsonNode> queues = byName("AWS::SQS::Queue", "QueueName");

        // Then
        assertThat(queues).hasSize(2 * Queues.all().size());
        for (QueueSpec spec : Queues.all()) {
            JsonNode queue = queues.get("Parley-" + spec.name());
            JsonNode dead = queues.get("Parley-" + spec.deadLetterName());
            assertThat(queue.path("FifoQueue").asBoolean()).isTrue();
            assertThat(dead.path("FifoQueue").asBoolean()).isTrue();
            assertThat(queue.path("VisibilityTimeout").asLong())
                    .isEqualTo(spec.visibilityTimeout().toSeconds());
            JsonNode redrive = queue.path("RedrivePolicy");
            assertThat(redrive.path("maxReceiveCount").asInt()).isEqualTo(spec.maxReceives());
            String target = whole.referenced(redrive.path("deadLetterTargetArn"), "AWS::SQS::Queue");
            assertThat(whole.resource(target).path("Properties")).isEqualTo(dead);
            assertThat(dead.path("MessageRetentionPeriod").asLong())
                    .isGreaterThan(queue.path("MessageRetentionPeriod").asLong());
        }
    }

    @Test
    void feedsEachConsumerThroughItsAliasAndAsksForPartialFailures() {
        // Given
        Map<String, String> expected = Queues.all().stream()
                .collect(Collectors.toMap(
                        queue -> "Parley-" + queue.name(),
                        queue -> queue.consumer().handler()));

        // When
        Map<String, String> deployed = new TreeMap<>();
        whole.properties("AWS::Lambda::EventSourceMapping").values().forEach(mapping -> {
            String queue = whole.referenced(mapping.path("EventSourceArn"), "AWS::SQS::Queue");
            String name =
                    whole.resource(queue).path("Properties").path("QueueName").asText();
            assertThat(mapping.path("FunctionResponseTypes").path(0).asText()).isEqualTo("ReportBatchItemFailures");
            assertThat(mapping.path("BatchSize").asInt()).isBetween(1, 10);
            deployed.put(name, whole.handlerBehindAlias(mapping.path("FunctionName")));
        });

        // Then
        assertThat(deployed).isEqualTo(expected);
    }

    @Test
    void runsEachScheduledFunctionThroughItsAlias() {
        // Given
        Map<String, JsonNode> schedules = byName("AWS::Scheduler::Schedule", "Name");

        // Then
        assertThat(schedules)
                .hasSize(Schedules.all().stream().mapToInt(ScheduleSpec::slices).sum());
        for (ScheduleSpec spec : Schedules.all()) {
            for (int slice = 0; slice < spec.slices(); slice++) {
                boolean shared = spec.slices() > 1;
                JsonNode schedule = schedules.get("Parley-" + spec.name() + (shared ? "-" + slice : ""));
                assertThat(schedule.path("ScheduleExpression").asText())
                        .startsWith("rate(" + spec.rate().toMinutes() + " minute");
                JsonNode target = schedule.path("Target");
                assertThat(whole.handlerBehindAlias(target.path("Arn")))
                        .isEqualTo(spec.function().handler());
                assertThat(target.path("Input").asText())
                        .isEqualTo(shared ? "{\"slice\":" + slice + ",\"slices\":" + spec.slices() + "}" : "");
            }
        }
    }

    @Test
    void repeatsNoRunOfTheClockAndTriesAGreetingTwice() {
        // Given
        Map<String, Integer> expected = new TreeMap<>();
        Schedules.all().forEach(spec -> expected.put(spec.function().handler(), 0));
        expected.put(Routes.HELLO.handler(), 1);

        // When
        Map<String, Integer> deployed = new TreeMap<>();
        whole.properties("AWS::Lambda::EventInvokeConfig").values().forEach(config -> {
            assertThat(whole.handlerBehindAlias(config.path("Qualifier")))
                    .isEqualTo(whole.handler(config.path("FunctionName")));
            assertThat(config.path("MaximumEventAgeInSeconds").asInt()).isEqualTo(60);
            deployed.put(
                    whole.handler(config.path("FunctionName")),
                    config.path("MaximumRetryAttempts").asInt());
        });

        // Then
        assertThat(deployed).isEqualTo(expected);
    }

    @Test
    void migratesBeforeAnyOtherAliasMoves() {
        // Given
        Map<String, JsonNode> triggers = whole.properties("Custom::Trigger");
        assertThat(triggers).hasSize(1);
        Map.Entry<String, JsonNode> trigger = triggers.entrySet().iterator().next();

        // When
        String version = whole.referenced(trigger.getValue().path("HandlerArn"), "AWS::Lambda::Version");

        // Then
        assertThat(whole.handler(whole.resource(version).path("Properties").path("FunctionName")))
                .isEqualTo(Routes.MIGRATE.handler());
        assertThat(trigger.getValue().path("ExecuteOnHandlerChange").asText()).isEqualTo("true");
        // The migration gives up first, then who waits for it, and last the function that reports to CloudFormation.
        long waited = trigger.getValue().path("Timeout").asLong();
        long reporter =
                whole.resource(whole.referenced(trigger.getValue().path("ServiceToken"), "AWS::Lambda::Function"))
                                .path("Properties")
                                .path("Timeout")
                                .asLong()
                        * 1000;
        assertThat(waited).isGreaterThan(Routes.MIGRATE.timeout().toMillis()).isLessThan(reporter);
        String migrations = WholeTemplate.stack(trigger.getKey());
        whole.properties("AWS::Lambda::Alias").forEach((id, alias) -> {
            boolean migrates = whole.handler(alias.path("FunctionName")).equals(Routes.MIGRATE.handler());
            assertThat(waitsFor(WholeTemplate.stack(id), migrations)).as(id).isEqualTo(!migrates);
        });
    }

    /** Whether all of a stack waits until all of another one is deployed. */
    private static boolean waitsFor(String stack, String needed) {
        Template parley = Synthesis.SHARED.template("Parley");
        JsonNode nested = parley.resource(Synthesis.SHARED.nestedResource(stack));
        return Template.dependsOn(nested).contains(Synthesis.SHARED.nestedResource(needed));
    }

    private Map<String, JsonNode> functions() {
        Map<String, JsonNode> functions = new TreeMap<>();
        whole.properties("AWS::Lambda::Function").values().stream()
                .filter(function -> function.path("Runtime").asText().startsWith("java"))
                .forEach(function -> assertThat(
                                functions.put(function.path("Handler").asText(), function))
                        .as("another function for " + function.path("Handler").asText())
                        .isNull());
        return functions;
    }

    private Map<String, JsonNode> apis(String protocol) {
        Map<String, JsonNode> apis = whole.properties("AWS::ApiGatewayV2::Api");
        apis.values().removeIf(one -> !one.path("ProtocolType").asText().equals(protocol));
        return apis;
    }

    private Map<String, JsonNode> routes(String protocol) {
        Map<String, JsonNode> routes = whole.properties("AWS::ApiGatewayV2::Route");
        String apiId = apis(protocol).keySet().iterator().next();
        routes.values()
                .removeIf(route -> !Template.references(route.path("ApiId")).contains(apiId));
        return routes;
    }

    private Map<String, String> handlersByRouteKey(String protocol) {
        Map<String, String> handlers = new LinkedHashMap<>();
        routes(protocol).values().forEach(route -> {
            String integration = whole.referenced(route.path("Target"), "AWS::ApiGatewayV2::Integration");
            JsonNode uri = whole.resource(integration).path("Properties").path("IntegrationUri");
            handlers.put(route.path("RouteKey").asText(), whole.handlerBehindAlias(uri));
        });
        return handlers;
    }

    private Map<String, JsonNode> byName(String type, String nameProperty) {
        Map<String, JsonNode> named = new TreeMap<>();
        whole.properties(type)
                .values()
                .forEach(one -> named.put(one.path(nameProperty).asText(), one));
        return named;
    }
}
