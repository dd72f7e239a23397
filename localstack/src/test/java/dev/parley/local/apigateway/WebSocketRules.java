package dev.parley.local.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The rules of the connections of a WebSocket API: how they begin, what they carry, how they end. */
final class WebSocketRules {

    private static final String CONNECT = "Manage connected users and client apps: $connect and $disconnect routes";
    private static final String PROTOCOLS = "Set up a $connect route that requires a subprotocol";
    private static final String QUOTAS = "Quotas for configuring and running a WebSocket API";
    private static final String BINARY = "Working with binary media types for WebSocket APIs";
    private static final String RFC = "RFC 6455";
    private static final String CHECKLIST = "public review of a local emulator, go-to-k/cdkd 526";
    private static final int KB = 1024;

    private WebSocketRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule("upgrades when $connect answers 2xx", CONNECT, WebSocketRules::upgrades),
                new Rule("takes a trailing slash after the stage", CONNECT, WebSocketRules::takesATrailingSlash),
                new Rule("gives $connect the headers and the query", CONNECT, WebSocketRules::givesHeadersAndQuery),
                new Rule("waits with the upgrade for $connect", CONNECT, WebSocketRules::waitsForConnect),
                new Rule("refuses with the status of $connect", CONNECT, WebSocketRules::refusesWithTheStatus),
                new Rule("does not leak the body of a refusal", CHECKLIST, WebSocketRules::doesNotLeakTheBody),
                new Rule("answers 500 when $connect fails", CONNECT, WebSocketRules::answers500WhenConnectFails),
                new Rule("answers 500 when $connect takes 29 s", QUOTAS, WebSocketRules::answers500WhenConnectHangs),
                new Rule("sends the subprotocol that $connect chose", PROTOCOLS, WebSocketRules::sendsTheSubprotocol),
                new Rule("answers 426 to a plain request", RFC, WebSocketRules::answers426),
                new Rule(
                        "makes connection ids of the real shape", "re:Post and SDK examples", WebSocketRules::makesIds),
                new Rule("negotiates no compression", CONNECT, WebSocketRules::negotiatesNoCompression),
                new Rule("takes a frame of 32 KB", QUOTAS, WebSocketRules::takesAFrameOf32Kb),
                new Rule("refuses a frame over 32 KB with 1009", QUOTAS, WebSocketRules::refusesAFrameOver32Kb),
                new Rule("takes a message of 128 KB in frames", QUOTAS, WebSocketRules::takesAMessageOf128Kb),
                new Rule("refuses a message over 128 KB with 1009", QUOTAS, WebSocketRules::refusesAMessageOver128Kb),
                new Rule("refuses a binary frame with 1003", BINARY, WebSocketRules::refusesBinary),
                new Rule("refuses text that is not UTF-8 with 1007", RFC, WebSocketRules::refusesInvalidUtf8),
                new Rule("refuses an unmasked or reserved frame with 1002", RFC, WebSocketRules::refusesReservedBits),
                new Rule("answers a ping", RFC, WebSocketRules::answersAPing),
                new Rule("closes after 10 min without a message", QUOTAS, WebSocketRules::closesWhenIdle),
                new Rule("counts no ping as activity", QUOTAS, WebSocketRules::countsNoPing),
                new Rule("counts a message as activity", QUOTAS, WebSocketRules::countsAMessage),
                new Rule("closes after 2 h", QUOTAS, WebSocketRules::closesAfter2Hours),
                new Rule("echoes the close code", RFC, WebSocketRules::echoesTheCloseCode),
                new Rule("tells $disconnect code and reason", CONNECT, WebSocketRules::tellsCodeAndReason),
                new Rule("tells $disconnect 1005 without a code", CONNECT, WebSocketRules::tells1005),
                new Rule("tells $disconnect 1006 when the line is cut", CONNECT, WebSocketRules::tells1006),
                new Rule("invokes $disconnect once", CONNECT, WebSocketRules::disconnectsOnce),
                new Rule("closes with 1001 when it stops", "local cloud", WebSocketRules::closesWhenItStops));
    }

    private static void upgrades(GatewayFixture fixture) {
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            assertThat(socket.handshake.headers())
                    .containsEntry("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                    .containsEntry("upgrade", "websocket")
                    .containsEntry("via", "1.1 parley");
            assertThat(fixture.gateway.connections()).isEqualTo(1);
        }
    }

    private static void takesATrailingSlash(GatewayFixture fixture) {
        try (RawWebSocket socket = new RawWebSocket(fixture, "/gateway/?v=10&encoding=json")) {
            assertThat(socket.handshake.status()).isEqualTo(101);
        }
    }

    private static void givesHeadersAndQuery(GatewayFixture fixture) {
        try (RawWebSocket socket =
                new RawWebSocket(fixture, "/gateway?v=10&a=1&a=2", "User-Agent: agent/1", "X-Two: 1", "X-Two: 2")) {
            assertThat(socket.handshake.status()).isEqualTo(101);
            JsonNode event = fixture.functions.next("Connect");
            assertThat(event.path("headers").path("User-Agent").textValue()).isEqualTo("agent/1");
            assertThat(event.path("headers").path("X-Two").textValue()).isEqualTo("2");
            assertThat(event.path("multiValueHeaders").path("X-Two")).isEqualTo(Json.parse("[\"1\",\"2\"]"));
            assertThat(event.path("queryStringParameters")).isEqualTo(Json.parse("{\"v\":\"10\",\"a\":\"2\"}"));
            assertThat(event.path("isBase64Encoded").booleanValue()).isFalse();
            JsonNode context = event.path("requestContext");
            assertThat(context.path("routeKey").textValue()).isEqualTo("$connect");
            assertThat(context.path("eventType").textValue()).isEqualTo("CONNECT");
            assertThat(context.path("messageDirection").textValue()).isEqualTo("IN");
            assertThat(context.path("stage").textValue()).isEqualTo("gateway");
            assertThat(context.path("domainName").textValue()).isEqualTo("localhost:" + fixture.gateway.port());
            assertThat(context.path("identity").path("userAgent").textValue()).isEqualTo("agent/1");
            assertThat(context.path("identity").path("sourceIp").textValue()).isEqualTo("127.0.0.1");
            for (String field : List.of("extendedRequestId", "requestTime", "requestId", "connectionId", "apiId")) {
                assertThat(context.path(field).textValue()).as(field).isNotEmpty();
            }
            assertThat(context.path("connectedAt").longValue()).isPositive();
            assertThat(context.path("requestTimeEpoch").longValue()).isPositive();
        }
    }

    private static void waitsForConnect(GatewayFixture fixture) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        fixture.functions.runs("Connect", event -> answer);
        CompletableFuture<RawWebSocket> opening = CompletableFuture.supplyAsync(() -> RawWebSocket.open(fixture));
        fixture.functions.next("Connect");
        assertThat(opening).isNotDone();
        assertThat(fixture.gateway.connections()).isZero();
        answer.complete("{\"statusCode\":204}".getBytes(StandardCharsets.UTF_8));
        opening.join().close();
    }

    private static void refusesWithTheStatus(GatewayFixture fixture) {
        for (Map.Entry<Integer, String> refusal : Map.of(
                        401, "Unauthorized", 403, "Forbidden", 429, "Too Many Requests", 503, "Service Unavailable")
                .entrySet()) {
            fixture.functions.answers("Connect", "{\"statusCode\":" + refusal.getKey() + "}");
            try (RawWebSocket socket = new RawWebSocket(fixture, "/gateway")) {
                assertThat(socket.handshake.status()).isEqualTo(refusal.getKey());
                JsonNode body = Json.parse(socket.handshake.body());
                assertThat(body.path("message").textValue()).isEqualTo(refusal.getValue());
                assertThat(body.path("connectionId").textValue()).hasSize(16);
                assertThat(body.path("requestId").textValue()).isNotEmpty();
            }
        }
        assertThat(fixture.functions.pending("Disconnect")).isZero();
    }

    private static void doesNotLeakTheBody(GatewayFixture fixture) {
        fixture.functions.answers(
                "Connect", "{\"statusCode\":403,\"headers\":{\"x-why\":\"s3cret\"},\"body\":\"s3cret\"}");
        try (RawWebSocket socket = new RawWebSocket(fixture, "/gateway")) {
            assertThat(socket.handshake.toString()).doesNotContain("s3cret");
        }
    }

    private static void answers500WhenConnectFails(GatewayFixture fixture) {
        fixture.functions.fails("Connect");
        try (RawWebSocket socket = new RawWebSocket(fixture, "/gateway")) {
            assertThat(socket.handshake.status()).isEqualTo(500);
            assertThat(socket.handshake.body())
                    .contains("Internal server error")
                    .doesNotContain("secret reason");
        }
    }

    private static void answers500WhenConnectHangs(GatewayFixture fixture) {
        fixture.functions.hangs("Connect");
        CompletableFuture<RawWebSocket> opening =
                CompletableFuture.supplyAsync(() -> new RawWebSocket(fixture, "/gateway"));
        fixture.functions.next("Connect");
        fixture.clock.advance(Duration.ofSeconds(29));
        try (RawWebSocket socket = opening.join()) {
            assertThat(socket.handshake.status()).isEqualTo(500);
        }
    }

    private static void sendsTheSubprotocol(GatewayFixture fixture) {
        fixture.functions.answers("Connect", "{\"statusCode\":200,\"headers\":{\"Sec-WebSocket-Protocol\":\"chat\"}}");
        try (RawWebSocket socket = new RawWebSocket(fixture, "/gateway", "Sec-WebSocket-Protocol: chat, other")) {
            assertThat(socket.handshake.headers()).containsEntry("sec-websocket-protocol", "chat");
        }
    }

    private static void answers426(GatewayFixture fixture) {
        assertThat(fixture.get("/gateway").statusCode()).isEqualTo(426);
        assertThat(fixture.functions.pending("Connect")).isZero();
    }

    private static void makesIds(GatewayFixture fixture) {
        try (RawWebSocket one = RawWebSocket.open(fixture);
                RawWebSocket two = RawWebSocket.open(fixture)) {
            assertThat(one.handshake.status()).isEqualTo(two.handshake.status());
            String first = id(fixture.functions.next("Connect"));
            assertThat(first).matches("[A-Za-z0-9_-]{15}=");
            assertThat(id(fixture.functions.next("Connect"))).isNotEqualTo(first);
        }
    }

    private static void negotiatesNoCompression(GatewayFixture fixture) {
        try (RawWebSocket socket =
                new RawWebSocket(fixture, "/gateway", "Sec-WebSocket-Extensions: permessage-deflate")) {
            assertThat(socket.handshake.status()).isEqualTo(101);
            assertThat(socket.handshake.headers()).doesNotContainKey("sec-websocket-extensions");
        }
    }

    private static void takesAFrameOf32Kb(GatewayFixture fixture) {
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            socket.text("a".repeat(32 * KB));
            assertThat(fixture.functions.next("Default").path("body").textValue())
                    .hasSize(32 * KB);
        }
    }

    private static void refusesAFrameOver32Kb(GatewayFixture fixture) {
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            socket.text("a".repeat(32 * KB + 1));
            assertThat(socket.read().closeCode()).isEqualTo(1009);
            assertThat(code(fixture.functions.next("Disconnect"))).isEqualTo(1009);
        }
    }

    private static void takesAMessageOf128Kb(GatewayFixture fixture) {
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            sendInFrames(socket, 128 * KB);
            assertThat(fixture.functions.next("Default").path("body").textValue())
                    .hasSize(128 * KB);
        }
    }

    private static void refusesAMessageOver128Kb(GatewayFixture fixture) {
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            sendInFrames(socket, 128 * KB + 1);
            assertThat(socket.read().closeCode()).isEqualTo(1009);
        }
        assertThat(fixture.functions.pending("Default")).isZero();
    }

    private static void sendInFrames(RawWebSocket socket, int length) {
        int frame = 16 * KB;
        for (int start = 0; start < length; start += frame) {
            boolean last = start + frame >= length;
            byte[] piece = "a".repeat(Math.min(frame, length - start)).getBytes(StandardCharsets.UTF_8);
            socket.frame(start == 0 ? RawWebSocket.TEXT : RawWebSocket.CONTINUATION, last, piece);
        }
    }

    private static void refusesBinary(GatewayFixture fixture) {
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            socket.frame(RawWebSocket.BINARY, true, new byte[] {1});
            assertThat(socket.read().closeCode()).isEqualTo(1003);
        }
        assertThat(fixture.functions.pending("Default")).isZero();
    }

    private static void refusesInvalidUtf8(GatewayFixture fixture) {
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            socket.frame(RawWebSocket.TEXT, true, new byte[] {'a', (byte) 0xc3, (byte) 0x28});
            assertThat(socket.read().closeCode()).isEqualTo(1007);
        }
        // A character may be spread over two frames.
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            socket.frame(RawWebSocket.TEXT, false, new byte[] {(byte) 0xc3});
            socket.frame(RawWebSocket.CONTINUATION, true, new byte[] {(byte) 0xa9});
            assertThat(fixture.functions.next("Default").path("body").textValue())
                    .isEqualTo("é");
        }
    }

    private static void refusesReservedBits(GatewayFixture fixture) {
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            socket.frame(0x40 | RawWebSocket.TEXT, true, new byte[] {1});
            assertThat(socket.read().closeCode()).isEqualTo(1002);
        }
    }

    private static void answersAPing(GatewayFixture fixture) {
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            socket.frame(RawWebSocket.PING, true, "hi".getBytes(StandardCharsets.UTF_8));
            assertThat(socket.read()).isEqualTo(new RawWebSocket.Frame(RawWebSocket.PONG, true, "hi", 0));
        }
    }

    private static void closesWhenIdle(GatewayFixture fixture) {
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            fixture.clock.advance(Duration.ofMinutes(10));
            assertThat(socket.read().closeCode()).isEqualTo(1001);
            JsonNode context = fixture.functions.next("Disconnect").path("requestContext");
            assertThat(context.path("disconnectStatusCode").intValue()).isEqualTo(1001);
            assertThat(context.path("disconnectReason").textValue()).isEqualTo("Going away");
        }
    }

    private static void countsNoPing(GatewayFixture fixture) {
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            fixture.clock.advance(Duration.ofMinutes(6));
            socket.frame(RawWebSocket.PING, true, new byte[0]);
            assertThat(socket.read().opcode()).isEqualTo(RawWebSocket.PONG);
            fixture.clock.advance(Duration.ofMinutes(5));
            assertThat(socket.read().closeCode()).isEqualTo(1001);
        }
    }

    private static void countsAMessage(GatewayFixture fixture) {
        try (RawWebSocket idle = RawWebSocket.open(fixture);
                RawWebSocket socket = RawWebSocket.open(fixture)) {
            fixture.clock.advance(Duration.ofMinutes(6));
            socket.text("x");
            fixture.functions.next("Default");
            fixture.clock.advance(Duration.ofMinutes(5));
            assertThat(idle.read().closeCode()).isEqualTo(1001);
            socket.frame(RawWebSocket.PING, true, new byte[0]);
            assertThat(socket.readControl().opcode()).isEqualTo(RawWebSocket.PONG);
        }
    }

    private static void closesAfter2Hours(GatewayFixture fixture) {
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            for (int i = 0; i < 14; i++) {
                fixture.clock.advance(Duration.ofMinutes(8));
                socket.text("x");
                fixture.functions.next("Default");
            }
            assertThat(fixture.gateway.connections()).isEqualTo(1);
            fixture.clock.advance(Duration.ofMinutes(8));
            assertThat(socket.readControl().closeCode()).isEqualTo(1001);
        }
    }

    private static void echoesTheCloseCode(GatewayFixture fixture) {
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            socket.close(4000, "bye");
            assertThat(socket.read().closeCode()).isEqualTo(4000);
            assertThat(socket.read().opcode()).isEqualTo(-1);
        }
    }

    private static void tellsCodeAndReason(GatewayFixture fixture) {
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            String id = id(fixture.functions.next("Connect"));
            socket.close(4000, "bye");
            JsonNode context = fixture.functions.next("Disconnect").path("requestContext");
            assertThat(context.path("routeKey").textValue()).isEqualTo("$disconnect");
            assertThat(context.path("eventType").textValue()).isEqualTo("DISCONNECT");
            assertThat(context.path("connectionId").textValue()).isEqualTo(id);
            assertThat(context.path("disconnectStatusCode").intValue()).isEqualTo(4000);
            assertThat(context.path("disconnectReason").textValue()).isEqualTo("bye");
        }
    }

    private static void tells1005(GatewayFixture fixture) {
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            socket.frame(RawWebSocket.CLOSE, true, new byte[0]);
            JsonNode context = fixture.functions.next("Disconnect").path("requestContext");
            assertThat(context.path("disconnectStatusCode").intValue()).isEqualTo(1005);
            assertThat(context.path("disconnectReason").textValue())
                    .isEqualTo("Client-side close frame status not set");
        }
    }

    private static void tells1006(GatewayFixture fixture) {
        RawWebSocket.open(fixture).close();
        assertThat(code(fixture.functions.next("Disconnect"))).isEqualTo(1006);
        GatewayFixture.await("the connection is gone", () -> fixture.gateway.connections() == 0);
    }

    private static void disconnectsOnce(GatewayFixture fixture) {
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            socket.frame(RawWebSocket.BINARY, true, new byte[] {1});
            socket.close(1000, "");
            socket.read();
            while (socket.read().opcode() >= 0) {
                // Until the server has closed the socket.
            }
        }
        assertThat(code(fixture.functions.next("Disconnect"))).isEqualTo(1003);
        fixture.gateway.close();
        assertThat(fixture.functions.pending("Disconnect")).isZero();
    }

    private static void closesWhenItStops(GatewayFixture fixture) {
        try (RawWebSocket socket = RawWebSocket.open(fixture)) {
            fixture.gateway.close();
            assertThat(socket.read().closeCode()).isEqualTo(1001);
            assertThat(fixture.functions.pending("Disconnect")).isEqualTo(1);
        }
    }

    static String id(JsonNode event) {
        return event.path("requestContext").path("connectionId").textValue();
    }

    private static int code(JsonNode event) {
        return event.path("requestContext").path("disconnectStatusCode").intValue();
    }
}
