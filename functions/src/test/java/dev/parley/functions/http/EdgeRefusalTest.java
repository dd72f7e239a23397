package dev.parley.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.functions.ParleyFunction;
import dev.parley.functions.gateway.ConnectFunction;
import dev.parley.functions.gateway.GetGatewayFunction;
import dev.parley.functions.operations.HealthFunction;
import dev.parley.protocol.Json;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What functions say to requests that go around the edge. Neither Redis nor a database is there. */
class EdgeRefusalTest {

    private static final String SECRET = "s".repeat(64);

    private final Parley parley = new Parley(settings(), Clock.systemUTC(), _ -> {});

    private static Settings settings() {
        Map<String, String> values = new HashMap<>();
        values.put("PARLEY_EDGE_SECRET", "{\"current\":\"" + SECRET + "\"}");
        values.put("PARLEY_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/parley");
        values.put("PARLEY_REDIS_URL", "redis://127.0.0.1:1");
        values.put("PARLEY_MANAGEMENT_ENDPOINT", "http://127.0.0.1:1/gateway");
        values.put("PARLEY_GATEWAY_URL", "wss://chat.example.com/gateway");
        for (Setting setting : Setting.values()) {
            if (setting.defaultValue() == null) {
                values.putIfAbsent(setting.variable(), "http://127.0.0.1:1");
            }
        }
        return Settings.of(values);
    }

    @AfterEach
    void close() {
        parley.close();
    }

    @Test
    void aRequestThatGoesAroundTheEdgeFindsNothing() throws IOException {
        // When
        JsonNode reply = ask(new GetGatewayFunction(parley), "GET /api/{version}/gateway", Map.of());

        // Then
        assertThat(reply.path("statusCode").asInt()).isEqualTo(404);
        assertThat(reply.path("body").asText()).doesNotContain("wss://");
    }

    @Test
    void aRequestThatComesThroughTheEdgeIsAnswered() throws IOException {
        // When
        JsonNode reply =
                ask(new GetGatewayFunction(parley), "GET /api/{version}/gateway", Map.of("x-parley-edge", SECRET));

        // Then
        assertThat(reply.path("statusCode").asInt()).isEqualTo(200);
        assertThat(reply.path("body").asText()).contains("wss://chat.example.com/gateway");
    }

    @Test
    void healthIsToldToWhoeverAsks() throws IOException {
        // When
        JsonNode reply = ask(new HealthFunction(parley), "GET /health", Map.of());

        // Then
        assertThat(reply.path("statusCode").asInt()).isEqualTo(503);
        assertThat(reply.path("body").asText()).contains("unhealthy");
    }

    @Test
    void aConnectionThatGoesAroundTheEdgeIsRefused() throws IOException {
        // When
        JsonNode reply = ask(new ConnectFunction(parley), "$connect", Map.of("X-Parley-Edge", "s"));

        // Then
        assertThat(reply.path("statusCode").asInt()).isEqualTo(403);
    }

    private static JsonNode ask(ParleyFunction function, String routeKey, Map<String, String> headers)
            throws IOException {
        Map<String, Object> context = Map.of(
                "http",
                Map.of("method", "GET", "sourceIp", "130.176.0.1"),
                "requestId",
                "request",
                "routeKey",
                routeKey,
                "connectionId",
                "Df14mfUXIAMCIyg=");
        Map<String, Object> event = Map.of(
                "routeKey",
                routeKey,
                "rawPath",
                "/",
                "headers",
                headers,
                "pathParameters",
                Map.of("version", "v10"),
                "requestContext",
                context,
                "isBase64Encoded",
                false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        function.handleRequest(new ByteArrayInputStream(Json.bytes(event)), out, untraced());
        return Json.parse(out.toByteArray());
    }

    /** The context of an invocation that no function here has a question to, but whether it is traced: it is not. */
    private static Context untraced() {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getXrayTraceId")) {
                        return null;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
