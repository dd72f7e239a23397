package dev.parley.local.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.ForbiddenException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GetConnectionResponse;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.LimitExceededException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PayloadTooLargeException;

/** The rules of @connections, through the AWS SDK's own client. */
final class ManagementRules {

    private static final String COMMANDS = "Use @connections commands in your backend service";
    private static final String REFERENCE = "API Gateway Management API Reference";
    private static final String SIGNING = "Create a signed AWS API request";
    private static final String GONE = "Knowledge Center: 410 GoneException in WebSocket API";
    private static final String CHECKLIST = "public review of a local emulator, go-to-k/cdkd 526";
    private static final String UNKNOWN = "R0oXAdfD0kwCH6w=";

    private ManagementRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule("posts a text message", COMMANDS, ManagementRules::posts),
                new Rule("posts in the order of the calls", COMMANDS, ManagementRules::postsInOrder),
                new Rule("splits a post over 32 KB into frames", COMMANDS, ManagementRules::splitsALargePost),
                new Rule("answers 413 over 128 KB", REFERENCE, ManagementRules::refusesALargePost),
                new Rule("answers 410 to an unknown id", REFERENCE, ManagementRules::answers410),
                new Rule("answers 410 after the close", REFERENCE, ManagementRules::answers410AfterTheClose),
                new Rule("answers 410 during $connect", GONE, ManagementRules::answers410DuringConnect),
                new Rule(
                        "answers 400 to a malformed id",
                        "observed, localstack/localstack 4694",
                        ManagementRules::answers400),
                new Rule(
                        "answers 429 when the client does not read",
                        REFERENCE,
                        ManagementRules::answers429ToASlowClient),
                new Rule("tells about a connection", REFERENCE, ManagementRules::tells),
                new Rule("deletes a connection with 1000", REFERENCE, ManagementRules::deletes),
                new Rule(
                        "counts a post as activity",
                        "Quotas for configuring and running a WebSocket API",
                        ManagementRules::countsAPost),
                new Rule("answers 403 without a signature", SIGNING, ManagementRules::refusesUnsigned),
                new Rule("answers 403 to a wrong key", SIGNING, ManagementRules::refusesAWrongKey),
                new Rule("answers 403 to another Region's signature", SIGNING, ManagementRules::refusesAnotherRegion),
                new Rule(
                        "answers 403 when the signature is 5 min old", SIGNING, ManagementRules::refusesAnOldSignature),
                new Rule("does not shadow other paths under the stage", CHECKLIST, ManagementRules::doesNotShadow));
    }

    private static void posts(GatewayFixture fixture) {
        withConnection(fixture, (socket, api) -> {
            api.post("{\"op\":10,\"d\":\"é\"}");
            assertThat(socket.read())
                    .isEqualTo(new RawWebSocket.Frame(RawWebSocket.TEXT, true, "{\"op\":10,\"d\":\"é\"}", 0));
        });
    }

    private static void postsInOrder(GatewayFixture fixture) {
        withConnection(fixture, (socket, api) -> {
            for (int i = 0; i < 100; i++) {
                api.post("m" + i);
            }
            for (int i = 0; i < 100; i++) {
                assertThat(socket.read().text()).isEqualTo("m" + i);
            }
        });
    }

    private static void splitsALargePost(GatewayFixture fixture) {
        withConnection(fixture, (socket, api) -> {
            api.post("a".repeat(128 * 1024));
            for (int i = 0; i < 4; i++) {
                RawWebSocket.Frame frame = socket.read();
                assertThat(frame.text()).hasSize(32 * 1024);
                assertThat(frame.opcode()).isEqualTo(i == 0 ? RawWebSocket.TEXT : RawWebSocket.CONTINUATION);
                assertThat(frame.last()).isEqualTo(i == 3);
            }
        });
    }

    private static void refusesALargePost(GatewayFixture fixture) {
        withConnection(
                fixture,
                (socket, api) -> assertThatThrownBy(() -> api.post("a".repeat(128 * 1024 + 1)))
                        .isInstanceOf(PayloadTooLargeException.class));
    }

    private static void answers410(GatewayFixture fixture) {
        try (Api api = new Api(fixture, UNKNOWN)) {
            assertThatThrownBy(() -> api.post("x"))
                    .isInstanceOf(GoneException.class)
                    .satisfies(e ->
                            assertThat(((SdkServiceException) e).requestId()).isNotEmpty());
            assertThatThrownBy(api::get).isInstanceOf(GoneException.class);
            assertThatThrownBy(api::delete).isInstanceOf(GoneException.class);
        }
    }

    private static void answers410AfterTheClose(GatewayFixture fixture) {
        withConnection(fixture, (socket, api) -> {
            socket.close(1000, "");
            socket.read();
            assertThatThrownBy(() -> api.post("x")).isInstanceOf(GoneException.class);
        });
    }

    private static void answers410DuringConnect(GatewayFixture fixture) {
        AtomicReference<Throwable> during = new AtomicReference<>();
        fixture.functions.answers("Connect", event -> {
            try (Api api = new Api(fixture, WebSocketRules.id(event))) {
                api.post("too early");
            } catch (GoneException e) {
                during.set(e);
            }
            return "{\"statusCode\":200}";
        });
        withConnection(fixture, (socket, api) -> {
            assertThat(during.get()).isInstanceOf(GoneException.class);
            api.post("now");
            assertThat(socket.read().text()).isEqualTo("now");
        });
    }

    private static void answers400(GatewayFixture fixture) {
        try (Api api = new Api(fixture, "no such id")) {
            assertThatThrownBy(() -> api.post("x"))
                    .isInstanceOfSatisfying(
                            SdkServiceException.class,
                            e -> assertThat(e.statusCode()).isEqualTo(400));
        }
    }

    private static void answers429ToASlowClient(GatewayFixture fixture) {
        withConnection(fixture, (socket, api) -> {
            assertThatThrownBy(() -> {
                        // The kernel takes some megabytes before the gateway's own bound of one is reached.
                        for (int i = 0; i < 200; i++) {
                            api.post("a".repeat(128 * 1024));
                        }
                    })
                    .isInstanceOf(LimitExceededException.class);
            for (int i = 0; i < 4; i++) {
                assertThat(socket.read().opcode()).isIn(RawWebSocket.TEXT, RawWebSocket.CONTINUATION);
            }
        });
    }

    private static void tells(GatewayFixture fixture) {
        try (RawWebSocket socket = new RawWebSocket(fixture, "/gateway", "User-Agent: agent/1")) {
            JsonNode event = fixture.functions.next("Connect");
            long connectedAt = event.path("requestContext").path("connectedAt").longValue();
            fixture.clock.advance(Duration.ofMinutes(3));
            socket.text("x");
            fixture.functions.next("Default");
            try (Api api = new Api(fixture, WebSocketRules.id(event))) {
                GetConnectionResponse response = api.get();
                assertThat(response.connectedAt()).isEqualTo(Instant.ofEpochMilli(connectedAt));
                assertThat(response.lastActiveAt())
                        .isAfter(response.connectedAt().plusSeconds(170));
                assertThat(response.identity().sourceIp()).isEqualTo("127.0.0.1");
                assertThat(response.identity().userAgent()).isEqualTo("agent/1");
            }
        }
    }

    private static void deletes(GatewayFixture fixture) {
        withConnection(fixture, (socket, api) -> {
            api.delete();
            assertThat(socket.read().closeCode()).isEqualTo(1000);
            JsonNode context = fixture.functions.next("Disconnect").path("requestContext");
            assertThat(context.path("disconnectStatusCode").intValue()).isEqualTo(1000);
            assertThat(context.path("disconnectReason").textValue()).isEqualTo("Connection Closed Normally");
            assertThatThrownBy(api::delete).isInstanceOf(GoneException.class);
        });
    }

    private static void countsAPost(GatewayFixture fixture) {
        withConnection(fixture, (socket, api) -> {
            fixture.clock.advance(Duration.ofMinutes(4));
            api.post("x");
            assertThat(api.get().lastActiveAt()).isAfter(api.get().connectedAt().plusSeconds(200));
        });
    }

    private static void refusesUnsigned(GatewayFixture fixture) {
        HttpResponse<String> answer =
                fixture.send(fixture.request("/gateway/@connections/" + UNKNOWN.replace("=", "%3D"))
                        .POST(HttpRequest.BodyPublishers.ofString("x")));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Forbidden\"}");
        assertThat(answer.headers().firstValue("x-amzn-errortype")).hasValue("ForbiddenException");
    }

    private static void refusesAWrongKey(GatewayFixture fixture) {
        for (AwsBasicCredentials wrong : List.of(
                AwsBasicCredentials.create(GatewayFixture.ACCESS_KEY, "wrong"),
                AwsBasicCredentials.create("AKIDOTHER", GatewayFixture.SECRET_KEY.value()))) {
            try (Api api = new Api(fixture, UNKNOWN, wrong, Region.US_EAST_1)) {
                assertThatThrownBy(() -> api.post("x")).isInstanceOf(ForbiddenException.class);
            }
        }
    }

    private static void refusesAnotherRegion(GatewayFixture fixture) {
        try (Api api = new Api(fixture, UNKNOWN, Api.CREDENTIALS, Region.EU_WEST_1)) {
            assertThatThrownBy(() -> api.post("x")).isInstanceOf(ForbiddenException.class);
        }
    }

    private static void refusesAnOldSignature(GatewayFixture fixture) {
        try (Api api = new Api(fixture, UNKNOWN)) {
            fixture.clock.advance(Duration.ofMinutes(4));
            assertThatThrownBy(() -> api.post("x")).isInstanceOf(GoneException.class);
            fixture.clock.advance(Duration.ofSeconds(90));
            assertThatThrownBy(() -> api.post("x")).isInstanceOf(ForbiddenException.class);
        }
    }

    private static void doesNotShadow(GatewayFixture fixture) {
        assertThat(fixture.get("/gateway/other").statusCode()).isEqualTo(404);
        assertThat(fixture.get("/gatewayx").statusCode()).isEqualTo(404);
    }

    private interface Conversation {

        void hold(RawWebSocket socket, Api api);
    }

    private static void withConnection(GatewayFixture fixture, Conversation conversation) {
        try (RawWebSocket socket = RawWebSocket.open(fixture);
                Api api = new Api(fixture, WebSocketRules.id(fixture.functions.next("Connect")))) {
            conversation.hold(socket, api);
        }
    }

    /** The SDK's client, for one connection. */
    private static final class Api implements AutoCloseable {

        private static final AwsBasicCredentials CREDENTIALS =
                AwsBasicCredentials.create(GatewayFixture.ACCESS_KEY, GatewayFixture.SECRET_KEY.value());

        private final String id;
        private final ApiGatewayManagementApiClient client;

        private Api(GatewayFixture fixture, String id) {
            this(fixture, id, CREDENTIALS, Region.US_EAST_1);
        }

        private Api(GatewayFixture fixture, String id, AwsBasicCredentials credentials, Region region) {
            this.id = id;
            client = ApiGatewayManagementApiClient.builder()
                    .endpointOverride(URI.create(fixture.http("/gateway")))
                    .region(region)
                    .credentialsProvider(StaticCredentialsProvider.create(credentials))
                    .httpClient(UrlConnectionHttpClient.create())
                    .overrideConfiguration(options -> options.retryStrategy(retry -> retry.maxAttempts(1)))
                    .build();
        }

        private void post(String text) {
            client.postToConnection(
                    request -> request.connectionId(id).data(SdkBytes.fromString(text, StandardCharsets.UTF_8)));
        }

        private GetConnectionResponse get() {
            return client.getConnection(request -> request.connectionId(id));
        }

        private void delete() {
            client.deleteConnection(request -> request.connectionId(id));
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
