package dev.parley.local.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The rules of the connections that carry HTTP: limits, order and time. */
final class HttpConnectionRules {

    private static final String QUOTAS = "Quotas for configuring and running an HTTP API";
    private static final String HTTP = "RFC 9112";
    private static final String SIMPLE = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final int TEN_MB = 10 * 1024 * 1024;

    private HttpConnectionRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule("answers 413 to a body over 10 MB", QUOTAS, HttpConnectionRules::refusesABodyOver10Mb),
                new Rule(
                        "answers 413 to a chunked body over 10 MB",
                        QUOTAS,
                        HttpConnectionRules::refusesAChunkedBodyOver10Mb),
                new Rule(
                        "answers 413 to an event over 6 MB",
                        "Lambda quotas",
                        HttpConnectionRules::refusesAnEventOver6Mb),
                new Rule("answers 431 to a head over 10,240 bytes", QUOTAS, HttpConnectionRules::refusesALargeHead),
                new Rule("takes a head just under the limit", QUOTAS, HttpConnectionRules::takesAHeadUnderTheLimit),
                new Rule(
                        "adds Via and a request id to every answer",
                        "CloudFront: response headers",
                        HttpConnectionRules::addsVia),
                new Rule("keeps the connection alive", HTTP, HttpConnectionRules::keepsAlive),
                new Rule(
                        "answers pipelined requests in order",
                        HTTP,
                        HttpConnectionRules::answersPipelinedRequestsInOrder),
                new Rule("closes when asked to", HTTP, HttpConnectionRules::closesWhenAskedTo),
                new Rule("says 100 Continue", HTTP, HttpConnectionRules::saysContinue),
                new Rule("answers 400 to what is no HTTP", HTTP, HttpConnectionRules::refusesWhatIsNoHttp),
                new Rule("drops a head that is not whole after 30 s", HTTP, HttpConnectionRules::dropsASlowHead),
                new Rule(
                        "drops a head that is not whole after 30 s on a used connection",
                        HTTP,
                        HttpConnectionRules::dropsASlowSecondHead),
                new Rule("drops a body that stalls for 30 s", HTTP, HttpConnectionRules::dropsASlowBody),
                new Rule(
                        "keeps an idle connection for more than 30 s",
                        HTTP,
                        HttpConnectionRules::keepsAnIdleConnection));
    }

    private static void refusesABodyOver10Mb(GatewayFixture fixture) {
        try (RawClient client = new RawClient(fixture)) {
            client.send("POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: " + (TEN_MB + 1) + "\r\n\r\n");
            RawClient.Answer answer = client.read();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.headers().get("connection")).isEqualTo("close");
            assertThat(client.readByte()).isEqualTo(-1);
        }
    }

    private static void refusesAChunkedBodyOver10Mb(GatewayFixture fixture) {
        try (RawClient client = new RawClient(fixture)) {
            client.send("POST /things HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            byte[] megabyte = new byte[1024 * 1024];
            for (int i = 0; i < 10; i++) {
                client.send("100000\r\n").send(megabyte).send("\r\n");
            }
            client.send("1\r\nx\r\n");
            assertThat(client.read().status()).isEqualTo(413);
        }
        assertThat(fixture.functions.pending("Echo")).isZero();
    }

    private static void refusesAnEventOver6Mb(GatewayFixture fixture) {
        HttpResponse<String> answer = fixture.send(
                fixture.request("/things").POST(HttpRequest.BodyPublishers.ofByteArray(new byte[5 * 1024 * 1024])));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(fixture.functions.pending("Echo")).isZero();
        HttpResponse<String> smaller = fixture.send(
                fixture.request("/things").POST(HttpRequest.BodyPublishers.ofByteArray(new byte[4 * 1024 * 1024])));
        assertThat(smaller.statusCode()).isEqualTo(200);
    }

    private static void refusesALargeHead(GatewayFixture fixture) {
        for (String large : List.of(
                "GET /health?" + "a".repeat(11_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(10_240) + "\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(100_000) + "\r\n\r\n")) {
            try (RawClient client = new RawClient(fixture)) {
                assertThat(client.send(large).read().status()).isEqualTo(431);
            }
        }
        assertThat(fixture.functions.pending("Echo")).isZero();
    }

    private static void takesAHeadUnderTheLimit(GatewayFixture fixture) {
        try (RawClient client = new RawClient(fixture)) {
            String head = "GET /health HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(10_200) + "\r\n\r\n";
            assertThat(client.send(head).read().status()).isEqualTo(200);
        }
    }

    private static void addsVia(GatewayFixture fixture) {
        for (String path : List.of("/health", "/nothing")) {
            HttpResponse<String> answer = fixture.get(path);
            assertThat(answer.headers().firstValue("via")).hasValue("1.1 parley");
            assertThat(answer.headers().firstValue("apigw-requestid").orElseThrow())
                    .hasSize(16);
        }
    }

    private static void keepsAlive(GatewayFixture fixture) {
        try (RawClient client = new RawClient(fixture)) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(SIMPLE).read().body()).isEqualTo("ok");
            }
        }
    }

    private static void answersPipelinedRequestsInOrder(GatewayFixture fixture) {
        CompletableFuture<byte[]> slow = new CompletableFuture<>();
        fixture.functions.runs("Thing", event -> slow).answers("Echo", "{\"statusCode\":200,\"body\":\"second\"}");
        try (RawClient client = new RawClient(fixture)) {
            client.send("GET /things/1 HTTP/1.1\r\nHost: x\r\n\r\n"
                    + "POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"
                    + "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"
                    + SIMPLE);
            fixture.functions.next("Thing");
            assertThat(fixture.functions.pending("Echo")).isZero();
            slow.complete("{\"statusCode\":200,\"body\":\"first\"}".getBytes(StandardCharsets.UTF_8));
            assertThat(client.read().body()).isEqualTo("first");
            assertThat(client.read().body()).isEqualTo("second");
            assertThat(client.read().status()).isEqualTo(404);
            assertThat(client.read().body()).isEqualTo("second");
            assertThat(client.send(SIMPLE).read().body()).isEqualTo("second");
        }
    }

    private static void closesWhenAskedTo(GatewayFixture fixture) {
        try (RawClient client = new RawClient(fixture)) {
            client.send("GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(client.read().headers().get("connection")).isEqualTo("close");
            assertThat(client.readByte()).isEqualTo(-1);
        }
    }

    private static void saysContinue(GatewayFixture fixture) {
        try (RawClient client = new RawClient(fixture)) {
            client.send("POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(100);
            assertThat(client.send("{}").read().status()).isEqualTo(200);
        }
    }

    private static void refusesWhatIsNoHttp(GatewayFixture fixture) {
        try (RawClient client = new RawClient(fixture)) {
            assertThat(client.send("GET /health HTTP/1.1\r\nno colon here\r\n\r\n")
                            .read()
                            .status())
                    .isEqualTo(400);
        }
    }

    private static void dropsASlowHead(GatewayFixture fixture) {
        try (RawClient client = new RawClient(fixture)) {
            client.send("GET /health HTTP/1.1\r\nHos");
            settle(fixture);
            fixture.clock.advance(Duration.ofSeconds(31));
            assertThat(client.readByte()).isEqualTo(-1);
        }
    }

    private static void dropsASlowSecondHead(GatewayFixture fixture) {
        try (RawClient client = new RawClient(fixture)) {
            client.send(SIMPLE).read();
            client.send("GET /health HTTP/1.1\r\nHos");
            settle(fixture);
            fixture.clock.advance(Duration.ofSeconds(31));
            assertThat(client.readByte()).isEqualTo(-1);
        }
    }

    private static void dropsASlowBody(GatewayFixture fixture) {
        try (RawClient client = new RawClient(fixture)) {
            client.send("POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(100);
            fixture.clock.advance(Duration.ofSeconds(31));
            assertThat(client.readByte()).isEqualTo(-1);
        }
    }

    private static void keepsAnIdleConnection(GatewayFixture fixture) {
        try (RawClient client = new RawClient(fixture);
                RawClient other = new RawClient(fixture)) {
            other.send("POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            assertThat(other.read().status()).isEqualTo(100);
            client.send(SIMPLE).read();
            fixture.clock.advance(Duration.ofSeconds(45));
            // The other connection is over its limit: when it is gone, the limits have been checked.
            assertThat(other.readByte()).isEqualTo(-1);
            assertThat(client.send(SIMPLE).read().status()).isEqualTo(200);
        }
    }

    /** Comes back when every event loop has read what was sent before. */
    private static void settle(GatewayFixture fixture) {
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            try (RawClient client = new RawClient(fixture)) {
                client.send(SIMPLE).read();
                client.send(SIMPLE).read();
            }
        }
    }
}
