package dev.parley.local.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.assertj.core.data.Offset;

/** The rules of HTTP APIs. */
final class HttpRules {

    private static final String EVENT = "Create AWS Lambda proxy integrations for HTTP APIs: payload format structure";
    private static final String ANSWER = "Create AWS Lambda proxy integrations for HTTP APIs: response format";
    private static final String ROUTES = "Create routes for HTTP APIs";
    private static final String QUOTAS = "Quotas for configuring and running an HTTP API";

    private HttpRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule("gives the function the whole event", EVENT, HttpRules::wholeEvent),
                new Rule("joins duplicates with commas", EVENT, HttpRules::joinsDuplicates),
                new Rule("gives cookies as a list and no cookie header", EVENT, HttpRules::listsCookies),
                new Rule("leaves out what a request does not have", EVENT, HttpRules::leavesOutWhatIsNotThere),
                new Rule("decodes path parameters but not the path", EVENT, HttpRules::decodesPathParameters),
                new Rule("passes JSON as text", EVENT, HttpRules::passesJsonAsText),
                new Rule("passes other bodies as base64", EVENT, HttpRules::passesOtherBodiesAsBase64),
                new Rule("prefers the literal route", ROUTES, HttpRules::prefersTheLiteralRoute),
                new Rule("falls back to the parameter deeper down", ROUTES, HttpRules::fallsBackToTheParameter),
                new Rule("answers 404 without a route", ROUTES, HttpRules::answers404),
                new Rule("does not route HEAD or OPTIONS to GET", ROUTES, HttpRules::doesNotRouteHead),
                new Rule("answers 400 to a bad path", ROUTES, HttpRules::answers400ToABadPath),
                new Rule("sends status, headers, cookies and body", ANSWER, HttpRules::sendsTheWholeAnswer),
                new Rule("decodes a base64 answer", ANSWER, HttpRules::decodesBase64),
                new Rule("infers 200 JSON without a status code", ANSWER, HttpRules::infersTheAnswer),
                new Rule("answers 500 to a malformed answer", ANSWER, HttpRules::refusesMalformedAnswers),
                new Rule("does not let a function split the answer", ANSWER, HttpRules::refusesHeaderSplitting),
                new Rule("answers 500 when the function fails, without its reason", ANSWER, HttpRules::hidesFailures),
                new Rule("answers 503 after 30 s", QUOTAS, HttpRules::answers503After30Seconds));
    }

    private static void wholeEvent(GatewayFixture fixture) {
        fixture.send(fixture.request("/things?b=2&a=1")
                .header("X-Thing", "Seven")
                .header("User-Agent", "agent/1")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"a\":\"é\"}")));
        JsonNode event = fixture.functions.next("Echo");
        assertThat(event.path("version").textValue()).isEqualTo("2.0");
        assertThat(event.path("routeKey").textValue()).isEqualTo("POST /things");
        assertThat(event.path("rawPath").textValue()).isEqualTo("/things");
        assertThat(event.path("rawQueryString").textValue()).isEqualTo("b=2&a=1");
        assertThat(event.path("headers").path("x-thing").textValue()).isEqualTo("Seven");
        assertThat(event.path("headers").path("host").textValue()).isEqualTo("localhost:" + fixture.gateway.port());
        assertThat(event.path("headers").path("x-forwarded-proto").textValue()).isEqualTo("http");
        assertThat(event.path("headers").has("connection")).isFalse();
        assertThat(event.path("queryStringParameters")).isEqualTo(Json.parse("{\"b\":\"2\",\"a\":\"1\"}"));
        assertThat(event.path("body").textValue()).isEqualTo("{\"a\":\"é\"}");
        JsonNode context = event.path("requestContext");
        assertThat(context.path("accountId").textValue()).hasSize(12);
        assertThat(context.path("apiId").textValue()).hasSize(10);
        assertThat(context.path("domainName").textValue()).isEqualTo("localhost:" + fixture.gateway.port());
        assertThat(context.path("domainPrefix").textValue()).isEqualTo("localhost");
        assertThat(context.path("http").path("method").textValue()).isEqualTo("POST");
        assertThat(context.path("http").path("path").textValue()).isEqualTo("/things");
        assertThat(context.path("http").path("protocol").textValue()).isEqualTo("HTTP/1.1");
        assertThat(context.path("http").path("sourceIp").textValue()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(context.path("http").path("userAgent").textValue()).isEqualTo("agent/1");
        assertThat(context.path("requestId").textValue()).hasSize(16);
        assertThat(context.path("routeKey").textValue()).isEqualTo("POST /things");
        assertThat(context.path("stage").textValue()).isEqualTo("$default");
        assertThat(context.path("time").textValue())
                .matches("\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000");
        assertThat(context.path("timeEpoch").longValue()).isCloseTo(fixture.clock.millis(), Offset.offset(10_000L));
    }

    private static void joinsDuplicates(GatewayFixture fixture) {
        fixture.send(
                fixture.request("/health?a=1&b=x%20y&a=2").header("X-Two", "1").header("X-Two", "2"));
        JsonNode event = fixture.functions.next("Echo");
        assertThat(event.path("headers").path("x-two").textValue()).isEqualTo("1,2");
        assertThat(event.path("queryStringParameters")).isEqualTo(Json.parse("{\"a\":\"1,2\",\"b\":\"x y\"}"));
    }

    private static void listsCookies(GatewayFixture fixture) {
        fixture.send(fixture.request("/health").header("Cookie", "a=1; b=2"));
        JsonNode event = fixture.functions.next("Echo");
        assertThat(event.path("cookies")).isEqualTo(Json.parse("[\"a=1\",\"b=2\"]"));
        assertThat(event.path("headers").has("cookie")).isFalse();
    }

    private static void leavesOutWhatIsNotThere(GatewayFixture fixture) {
        fixture.get("/health");
        JsonNode event = fixture.functions.next("Echo");
        assertThat(event.has("cookies")).isFalse();
        assertThat(event.has("queryStringParameters")).isFalse();
        assertThat(event.has("pathParameters")).isFalse();
        assertThat(event.has("body")).isFalse();
        assertThat(event.path("rawQueryString").textValue()).isEmpty();
        assertThat(event.path("isBase64Encoded").booleanValue()).isFalse();
    }

    private static void decodesPathParameters(GatewayFixture fixture) {
        fixture.get("/things/a%2Fb+c%20%F0%9F%94%A5");
        JsonNode event = fixture.functions.next("Thing");
        assertThat(event.path("pathParameters").path("thing_id").textValue()).isEqualTo("a/b+c 🔥");
        assertThat(event.path("rawPath").textValue()).isEqualTo("/things/a%2Fb+c%20%F0%9F%94%A5");
    }

    private static void passesJsonAsText(GatewayFixture fixture) {
        fixture.send(fixture.request("/things")
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        JsonNode event = fixture.functions.next("Echo");
        assertThat(event.path("isBase64Encoded").booleanValue()).isFalse();
        assertThat(event.path("body").textValue()).isEqualTo("{}");
    }

    private static void passesOtherBodiesAsBase64(GatewayFixture fixture) {
        fixture.send(fixture.request("/things")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {0, 1, (byte) 0xff})));
        JsonNode event = fixture.functions.next("Echo");
        assertThat(event.path("isBase64Encoded").booleanValue()).isTrue();
        assertThat(event.path("body").textValue()).isEqualTo("AAH/");
    }

    private static void prefersTheLiteralRoute(GatewayFixture fixture) {
        fixture.functions.answers("Special", "{\"statusCode\":200}");
        fixture.get("/things/special");
        assertThat(fixture.functions.next("Special").path("routeKey").textValue())
                .isEqualTo("GET /things/special");
    }

    private static void fallsBackToTheParameter(GatewayFixture fixture) {
        fixture.functions.answers("Part", "{\"statusCode\":200}");
        fixture.get("/things/special/parts/9");
        assertThat(fixture.functions.next("Part").path("pathParameters"))
                .isEqualTo(Json.parse("{\"thing_id\":\"special\",\"part_id\":\"9\"}"));
    }

    private static void answers404(GatewayFixture fixture) {
        for (String path : List.of("/nothing", "/", "/health/", "/things//parts/1", "/things/")) {
            HttpResponse<String> answer = fixture.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).isEqualTo("{\"message\":\"Not Found\"}");
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        }
    }

    private static void doesNotRouteHead(GatewayFixture fixture) {
        assertThat(fixture.send(fixture.request("/health").HEAD()).statusCode()).isEqualTo(404);
        assertThat(fixture.send(fixture.request("/health").method("OPTIONS", HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(404);
        assertThat(fixture.functions.pending("Echo")).isZero();
    }

    private static void answers400ToABadPath(GatewayFixture fixture) {
        try (RawClient client = new RawClient(fixture)) {
            assertThat(client.send("GET /things/%zz HTTP/1.1\r\nHost: x\r\n\r\n")
                            .read()
                            .status())
                    .isEqualTo(400);
            assertThat(client.send("GET /health?a=%zz HTTP/1.1\r\nHost: x\r\n\r\n")
                            .read()
                            .status())
                    .isEqualTo(400);
        }
    }

    private static void sendsTheWholeAnswer(GatewayFixture fixture) {
        fixture.functions.answers("Echo", """
                {"statusCode":201,"headers":{"X-Number":7,"content-type":"text/html","Connection":"close"},
                 "cookies":["a=1; Secure","b=2"],"body":"<p>é</p>"}""");
        HttpResponse<String> answer = fixture.get("/health");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("x-number")).hasValue("7");
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/html");
        assertThat(answer.headers().firstValue("connection")).isEmpty();
        assertThat(answer.headers().allValues("set-cookie")).containsExactly("a=1; Secure", "b=2");
        assertThat(answer.body()).isEqualTo("<p>é</p>");
    }

    private static void decodesBase64(GatewayFixture fixture) {
        fixture.functions.answers("Echo", "{\"statusCode\":200,\"body\":\"w6k=\",\"isBase64Encoded\":true}");
        assertThat(fixture.get("/health").body()).isEqualTo("é");
    }

    private static void infersTheAnswer(GatewayFixture fixture) {
        for (String[] pair : new String[][] {{"{\"a\":1}", "{\"a\":1}"}, {"\"hello\"", "hello"}, {"[1]", "[1]"}}) {
            fixture.functions.answers("Echo", pair[0]);
            HttpResponse<String> answer = fixture.get("/health");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
            assertThat(answer.body()).isEqualTo(pair[1]);
        }
    }

    private static void refusesMalformedAnswers(GatewayFixture fixture) {
        for (String malformed : List.of("", "{", "{\"statusCode\":\"x\"}", "{\"statusCode\":99}")) {
            fixture.functions.answers("Echo", malformed);
            HttpResponse<String> answer = fixture.get("/health");
            assertThat(answer.statusCode()).as(malformed).isEqualTo(500);
            assertThat(answer.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
        }
    }

    private static void refusesHeaderSplitting(GatewayFixture fixture) {
        fixture.functions.answers("Echo", "{\"statusCode\":200,\"headers\":{\"x-a\":\"1\\r\\nx-b: 2\"}}");
        HttpResponse<String> answer = fixture.get("/health");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("x-b")).isEmpty();
    }

    private static void hidesFailures(GatewayFixture fixture) {
        fixture.functions.fails("Echo");
        HttpResponse<String> answer = fixture.get("/health");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
    }

    private static void answers503After30Seconds(GatewayFixture fixture) {
        fixture.functions.hangs("Echo");
        try (RawClient client = new RawClient(fixture)) {
            client.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
            fixture.functions.next("Echo");
            fixture.clock.advance(Duration.ofSeconds(30));
            RawClient.Answer answer = client.read();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("{\"message\":\"Service Unavailable\"}");
        }
    }
}
