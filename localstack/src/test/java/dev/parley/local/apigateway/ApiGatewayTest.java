package dev.parley.local.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ApiGatewayTest {

    @Test
    void saysWhichPortIsTaken() throws IOException {
        // Given
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            int port = other.getLocalPort();
            // When
            assertThatThrownBy(() -> new GatewayFixture(settings -> settings.withPort(port)))
                    // Then
                    .isInstanceOfSatisfying(
                            PortTakenException.class, e -> assertThat(e.port()).isEqualTo(port))
                    .hasMessageContaining(Integer.toString(port));
        }
    }

    @Test
    void listensOnBothLoopbackAddresses() throws IOException {
        // Given
        boolean hasIpv6 = NetworkInterface.getByInetAddress(InetAddress.ofLiteral("::1")) != null;
        try (GatewayFixture fixture = new GatewayFixture()) {
            for (String host : hasIpv6 ? List.of("127.0.0.1", "::1") : List.of("127.0.0.1")) {
                try (RawClient client = new RawClient(host, fixture.gateway.port())) {
                    // When
                    RawClient.Answer answer = client.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
                            .read();
                    // Then
                    assertThat(answer.status()).isEqualTo(200);
                }
            }
        }
    }

    @Test
    void letsGoOfThePortWhenClosed() {
        // Given
        GatewayFixture first = new GatewayFixture();
        int port = first.gateway.port();
        first.get("/health");
        // When
        first.close();
        // Then
        try (GatewayFixture second = new GatewayFixture(settings -> settings.withPort(port))) {
            assertThat(second.get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void knowsNoPortBeforeTheStart() {
        // Given
        try (RecordingFunctions functions = new RecordingFunctions();
                ApiGateway gateway = new ApiGateway(
                        ApiGatewaySettings.defaults(GatewayFixture.ACCESS_KEY, GatewayFixture.SECRET_KEY),
                        List.of(),
                        List.of(),
                        functions,
                        Clock.systemUTC(),
                        GatewayMeter.none())) {
            // When
            assertThatThrownBy(gateway::port)
                    // Then
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void servesLocalPages() {
        // Given
        try (GatewayFixture fixture = new GatewayFixture()) {
            fixture.gateway.addPage(
                    "/metrics", () -> new LocalPage("text/plain", "up 1\n".getBytes(StandardCharsets.UTF_8)));
            fixture.gateway.addPage("/broken", () -> {
                throw new IllegalStateException("secret");
            });
            // When
            HttpResponse<String> page = fixture.get("/metrics");
            HttpResponse<String> broken = fixture.get("/broken");
            HttpResponse<String> posted =
                    fixture.send(fixture.request("/metrics").POST(HttpRequest.BodyPublishers.noBody()));
            // Then
            assertThat(page.body()).isEqualTo("up 1\n");
            assertThat(page.headers().firstValue("content-type")).hasValue("text/plain");
            assertThat(broken.statusCode()).isEqualTo(500);
            assertThat(broken.body()).doesNotContain("secret");
            assertThat(posted.statusCode()).isEqualTo(404);
        }
    }

    @Test
    void throttlesTheWholeAccountTogether() {
        // Given a bucket of three tokens, of which the upgrade and a message take one each
        try (GatewayFixture fixture = new GatewayFixture(settings -> settings.withThrottle(1, 3));
                RawWebSocket socket = RawWebSocket.open(stopped(fixture))) {
            socket.text("{\"op\":99}");
            fixture.functions.next("Default");
            assertThat(fixture.get("/health").statusCode()).isEqualTo(200);
            // When
            HttpResponse<String> refused = fixture.get("/health");
            socket.text("{\"op\":99}");
            String frame = socket.read().text();
            // Then
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).isEqualTo("{\"message\":\"Too Many Requests\"}");
            assertThat(refused.headers().firstValue("via")).hasValue("1.1 parley");
            assertThat(frame).startsWith("{\"message\": \"Too Many Requests\"");
            fixture.clock.advance(Duration.ofSeconds(2));
            assertThat(fixture.get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void metersWhatAwsWouldBill() {
        // Given
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        GatewayMeter meter = new GatewayMeter() {
            @Override
            public void httpRequest(
                    String method, String routeKey, int status, Duration took, int bytesIn, int bytesAnswered) {
                seen.add(method + " " + routeKey + " " + status + " " + bytesIn + " " + (bytesAnswered > 0));
            }

            @Override
            public void connectionOpened() {
                seen.add("opened");
            }

            @Override
            public void connectionClosed() {
                seen.add("closed");
            }

            @Override
            public void messageIn(int bytes) {
                seen.add("in " + bytes);
            }

            @Override
            public void messageOut(int bytes) {
                seen.add("out " + bytes);
            }
        };
        try (GatewayFixture fixture = new GatewayFixture(settings -> settings, meter)) {
            fixture.functions.answers("Identify", "{\"statusCode\":200,\"body\":\"hello\"}");
            // When
            fixture.get("/things/special/nothing");
            // A request is counted after its answer went out, and so perhaps after the next one.
            GatewayFixture.await("the first request is counted", () -> seen.size() == 1);
            fixture.get("/health");
            GatewayFixture.await("the second request is counted", () -> seen.size() == 2);
            try (RawWebSocket socket = RawWebSocket.open(fixture)) {
                socket.text("{\"op\":2}");
                socket.read();
            }
            GatewayFixture.await("the connection is gone", () -> seen.contains("closed"));
            // Then
            assertThat(seen)
                    .containsExactly(
                            "GET - 404 0 true", "GET GET /health 200 0 true", "opened", "in 8", "out 5", "closed");
        }
    }

    /** A pause of the machine must not fill the bucket. */
    private static GatewayFixture stopped(GatewayFixture fixture) {
        fixture.clock.stop();
        return fixture;
    }
}
