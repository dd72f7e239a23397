package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudOptions;
import dev.parley.local.StartProgress;
import dev.parley.protocol.Json;
import dev.parley.settings.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An address that sends too much that is refused is not served (Discord documentation, "Invalid Request Limit"). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InvalidRequestLimitTest {

    private static final int MOST = 20;

    private LocalCloud cloud;

    @BeforeAll
    void start() {
        cloud = LocalCloud.start(
                LocalCloudOptions.ephemeral()
                        .withSettings(Map.of(Setting.LIMITS.variable(), "INVALID_REQUESTS=" + MOST + "/600s")),
                StartProgress.none());
    }

    @AfterAll
    void stop() {
        cloud.close();
    }

    @Test
    void whoGuessesTokensIsRefusedUntilTimeHasPassed() throws Exception {
        // Given
        for (int i = 0; i < MOST; i++) {
            assertThat(get("127.0.0.2", "/users/@me", "token " + i).statusCode())
                    .isEqualTo(401);
        }

        // When
        HttpResponse<byte[]> refused = get("127.0.0.2", "/users/@me", "another token");

        // Then
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
        assertThat(refused.headers().firstValue("x-ratelimit-global")).hasValue("true");
        assertThat(Json.parse(refused.body()).path("global").asBoolean()).isTrue();
        assertThat(Json.parse(refused.body()).path("retry_after").asDouble()).isPositive();
        assertThat(get("127.0.0.2", "/gateway", "none").statusCode()).isEqualTo(429);
        assertThat(get("127.0.0.3", "/gateway", "none").statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsNotFoundDoesNotCount() throws Exception {
        for (int i = 0; i <= MOST; i++) {
            assertThat(get("127.0.0.4", "/invites/none" + i, "none").statusCode())
                    .isEqualTo(404);
        }

        assertThat(get("127.0.0.4", "/gateway", "none").statusCode()).isEqualTo(200);
    }

    private HttpResponse<byte[]> get(String from, String path, String token) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(from))
                .connectTimeout(Duration.ofSeconds(5))
                .build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(cloud.baseUrl() + "/api/v10" + path))
                            .timeout(Duration.ofSeconds(30))
                            .header("authorization", token)
                            .build(),
                    BodyHandlers.ofByteArray());
        }
    }
}
