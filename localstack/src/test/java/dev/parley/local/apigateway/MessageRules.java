package dev.parley.local.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The rules of messages on a WebSocket API: their routes and what comes back. */
final class MessageRules {

    private static final String ROUTES = "Create routes for WebSocket APIs: route selection expressions";
    private static final String RESPONSES = "Set up a WebSocket API for two-way communication";
    private static final String INTEGRATIONS = "Set up Lambda proxy integrations for WebSocket APIs";
    private static final String QUOTAS = "Quotas for configuring and running a WebSocket API";
    private static final String OBSERVED = "real error frames, jordaneremieff/mangum 128";

    private MessageRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "routes by the number in op",
                        ROUTES,
                        fixture -> routes(fixture, "{\"op\":2}", "Identify", "2")),
                new Rule(
                        "routes by the text in op",
                        ROUTES,
                        fixture -> routes(fixture, "{\"op\":\"2\"}", "Identify", "2")),
                new Rule(
                        "routes 2.0 to $default",
                        ROUTES,
                        fixture -> routes(fixture, "{\"op\":2.0}", "Default", "$default")),
                new Rule(
                        "routes an array to $default",
                        ROUTES,
                        fixture -> routes(fixture, "{\"op\":[2]}", "Default", "$default")),
                new Rule(
                        "routes without op to $default",
                        ROUTES,
                        fixture -> routes(fixture, "{\"d\":{\"op\":2}}", "Default", "$default")),
                new Rule(
                        "routes an unknown op to $default",
                        ROUTES,
                        fixture -> routes(fixture, "{\"op\":99}", "Default", "$default")),
                new Rule(
                        "routes what is no JSON to $default",
                        ROUTES,
                        fixture -> routes(fixture, "{\"op\":2", "Default", "$default")),
                new Rule(
                        "cannot be told to take $connect",
                        ROUTES,
                        fixture -> routes(fixture, "{\"op\":\"$connect\"}", "Default", "$default")),
                new Rule("gives the function the message's context", INTEGRATIONS, MessageRules::givesTheContext),
                new Rule("sends the body back as a route response", RESPONSES, MessageRules::sendsTheBodyBack),
                new Rule("sends nothing without a body", RESPONSES, MessageRules::sendsNothingWithoutABody),
                new Rule("sends nothing on a one-way route", RESPONSES, MessageRules::sendsNothingOneWay),
                new Rule("sends the error frame when the function fails", OBSERVED, MessageRules::sendsTheErrorFrame),
                new Rule(
                        "sends the error frame without a status code",
                        INTEGRATIONS,
                        MessageRules::refusesMalformedAnswers),
                new Rule("sends the timeout frame after 29 s", OBSERVED, MessageRules::sendsTheTimeoutFrame),
                new Rule("runs messages concurrently", INTEGRATIONS, MessageRules::runsConcurrently),
                new Rule(
                        "holds a bounded number of messages under way",
                        "local cloud",
                        MessageRules::boundsMessagesUnderWay),
                new Rule("takes a client's close while functions run", QUOTAS, MessageRules::closesWhileFunctionsRun));
    }

    private static void routes(GatewayFixture fixture, String message, String function, String routeKey) {
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            socket.text(message);
            JsonNode event = fixture.functions.next(function);
            assertThat(event.path("requestContext").path("routeKey").textValue())
                    .isEqualTo(routeKey);
            assertThat(event.path("body").textValue()).isEqualTo(message);
        }
    }

    private static void givesTheContext(GatewayFixture fixture) {
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            String id = WebSocketRules.id(fixture.functions.next("Connect"));
            socket.text("{\"op\":2}");
            JsonNode event = fixture.functions.next("Identify");
            JsonNode context = event.path("requestContext");
            assertThat(context.path("eventType").textValue()).isEqualTo("MESSAGE");
            assertThat(context.path("messageDirection").textValue()).isEqualTo("IN");
            assertThat(context.path("messageId").textValue()).hasSize(16);
            assertThat(context.path("connectionId").textValue()).isEqualTo(id);
            assertThat(context.path("stage").textValue()).isEqualTo("gateway");
            assertThat(event.path("isBase64Encoded").booleanValue()).isFalse();
            assertThat(event.has("headers")).isFalse();
        }
    }

    private static void sendsTheBodyBack(GatewayFixture fixture) {
        fixture.functions.answers("Heartbeat", "{\"statusCode\":200,\"body\":\"{\\\"op\\\":11}\"}");
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            socket.text("{\"op\":1}");
            assertThat(socket.read()).isEqualTo(new RawWebSocket.Frame(RawWebSocket.TEXT, true, "{\"op\":11}", 0));
        }
    }

    private static void sendsNothingWithoutABody(GatewayFixture fixture) {
        fixture.functions.answers("Heartbeat", "{\"statusCode\":200}");
        sendsNothing(fixture, "{\"op\":1}", "Heartbeat");
    }

    private static void sendsNothingOneWay(GatewayFixture fixture) {
        fixture.functions.answers("OneWay", "{\"statusCode\":200,\"body\":\"lost\"}");
        sendsNothing(fixture, "{\"op\":3}", "OneWay");
    }

    private static void sendsNothing(GatewayFixture fixture, String message, String function) {
        fixture.functions.answers("Identify", "{\"statusCode\":200,\"body\":\"later\"}");
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            for (int i = 0; i < 20; i++) {
                socket.text(message);
                fixture.functions.next(function);
            }
            socket.text("{\"op\":2}");
            assertThat(socket.read().text()).isEqualTo("later");
        }
    }

    private static void sendsTheErrorFrame(GatewayFixture fixture) {
        fixture.functions.fails("OneWay");
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            String id = WebSocketRules.id(fixture.functions.next("Connect"));
            socket.text("{\"op\":3}");
            assertThat(socket.read().text())
                    .startsWith("{\"message\": \"Internal server error\", \"connectionId\":\"" + id
                            + "\", \"requestId\":\"");
            socket.text("{\"op\":3}");
            assertThat(socket.read().opcode()).as("still open").isEqualTo(RawWebSocket.TEXT);
        }
    }

    private static void refusesMalformedAnswers(GatewayFixture fixture) {
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            for (String malformed : List.of("null", "{}", "\"x\"", "")) {
                fixture.functions.answers("Identify", malformed);
                socket.text("{\"op\":2}");
                assertThat(socket.read().text()).as(malformed).startsWith("{\"message\": \"Internal server error\"");
            }
        }
    }

    private static void sendsTheTimeoutFrame(GatewayFixture fixture) {
        fixture.functions.hangs("Identify");
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            socket.text("{\"op\":2}");
            fixture.functions.next("Identify");
            fixture.clock.advance(Duration.ofSeconds(29));
            assertThat(socket.read().text())
                    .startsWith("{\"message\": \"Endpoint request timed out\", \"connectionId\":\"");
        }
    }

    private static void runsConcurrently(GatewayFixture fixture) {
        CompletableFuture<byte[]> first = new CompletableFuture<>();
        fixture.functions
                .runs("Identify", event -> first)
                .answers("Heartbeat", "{\"statusCode\":200,\"body\":\"second\"}");
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            socket.text("{\"op\":2}").text("{\"op\":1}");
            assertThat(socket.read().text()).isEqualTo("second");
            first.complete("{\"statusCode\":200,\"body\":\"first\"}".getBytes(StandardCharsets.UTF_8));
            assertThat(socket.read().text()).isEqualTo("first");
        }
    }

    private static void boundsMessagesUnderWay(GatewayFixture fixture) {
        CompletableFuture<byte[]> gate = new CompletableFuture<>();
        fixture.functions.runs("Identify", event -> gate);
        int sent = 3 * WebSocketFrames.MAX_UNDER_WAY;
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            for (int i = 0; i < sent; i++) {
                socket.text("{\"op\":2,\"d\":" + i + "}");
            }
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < WebSocketFrames.MAX_UNDER_WAY; i++) {
                seen.add(fixture.functions.next("Identify").path("body").textValue());
            }
            assertThat(fixture.functions.pending("Identify")).isZero();
            gate.complete("{\"statusCode\":200}".getBytes(StandardCharsets.UTF_8));
            while (seen.size() < sent) {
                seen.add(fixture.functions.next("Identify").path("body").textValue());
            }
        }
    }

    private static void closesWhileFunctionsRun(GatewayFixture fixture) {
        fixture.functions.hangs("Identify");
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            socket.text("{\"op\":2}");
            fixture.functions.next("Identify");
            socket.close(1000, "");
            assertThat(socket.read().closeCode()).isEqualTo(1000);
            fixture.functions.next("Disconnect");
        }
    }
}
