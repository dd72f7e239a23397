package dev.parley.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.signer.Aws4Signer;
import software.amazon.awssdk.auth.signer.params.Aws4SignerParams;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.regions.Region;

/** The signature, held against the SDK's. */
class SigV4RequestSignerTest {

    private static final URI AWS = URI.create("https://a1b2c3.execute-api.eu-central-1.amazonaws.com/gateway");
    private static final URI LOCAL = URI.create("http://localhost:3000/gateway");
    private static final Instant NOW = Instant.parse("2026-03-01T12:34:56.789Z");
    private static final AwsCredentials PLAIN = AwsBasicCredentials.create("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+x");

    private final Random random = new Random(7);

    private Instant now = NOW;
    private AwsCredentials credentials = PLAIN;
    private String region = "eu-central-1";

    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    };

    @Test
    void signsAsTheSdkDoes() {
        for (URI endpoint : List.of(AWS, LOCAL)) {
            RequestSigner signer = signer(endpoint);
            for (int i = 0; i < 200; i++) {
                // Given any id, body, time and credentials
                String path = PathText.join("/gateway/@connections/", id());
                byte[] body = random.nextInt(5) == 0 ? new byte[0] : bytes(random.nextInt(4000));
                String method = body.length > 0 ? "POST" : random.nextBoolean() ? "GET" : "DELETE";
                now = NOW.plus(Duration.ofMinutes(random.nextInt(1_000_000)));
                credentials = random.nextBoolean() ? PLAIN : session();
                region = random.nextBoolean() ? "eu-central-1" : "us-east-1";

                // Then
                assertThat(headers(signer, method, path, body)).isEqualTo(sdkHeaders(endpoint, method, path, body));
            }
        }
    }

    @Test
    void encodesTheIdOnceInThePathAndOnceMoreInWhatIsSigned() {
        String path = PathText.join("/gateway/@connections/", "R0oXAdf+/0kwCH6w=");

        assertThat(path).isEqualTo("/gateway/@connections/R0oXAdf%2B%2F0kwCH6w%3D");
        assertThat(headers(signer(AWS), "GET", path, new byte[0])).isEqualTo(sdkHeaders(AWS, "GET", path, new byte[0]));
    }

    @Test
    void takesNewCredentialsWithinASecond() {
        // Given
        RequestSigner signer = signer(AWS);
        headers(signer, "POST", "/gateway/@connections/a", bytes(3));

        // When
        credentials = AwsSessionCredentials.create("AKIDOTHER", "other", "token");
        now = now.plusSeconds(1);

        // Then
        assertThat(headers(signer, "POST", "/gateway/@connections/a", new byte[] {1}))
                .isEqualTo(sdkHeaders(AWS, "POST", "/gateway/@connections/a", new byte[] {1}));
    }

    @Test
    void isRightOnManyThreads() throws Exception {
        // Given
        RequestSigner signer = signer(AWS);
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String path = PathText.join("/gateway/@connections/", id());
            byte[] body = bytes(100 + i);
            Map<String, String> expected = sdkHeaders(AWS, "POST", path, body);
            calls.add(() -> headers(signer, "POST", path, body).equals(expected));
        }

        // When, then
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> equal : threads.invokeAll(calls)) {
                assertThat(equal.get()).isTrue();
            }
        }
    }

    private RequestSigner signer(URI endpoint) {
        return new SigV4RequestSigner(endpoint, () -> credentials, () -> region, clock);
    }

    private String id() {
        return Base64.getEncoder().encodeToString(bytes(11));
    }

    private AwsCredentials session() {
        return AwsSessionCredentials.create(
                "ASIAEXAMPLE", "secret" + random.nextInt(3), Base64.getEncoder().encodeToString(bytes(900)));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Map<String, String> headers(RequestSigner signer, String method, String path, byte[] body) {
        ByteBuf head = Unpooled.buffer();
        signer.sign(method, path, body, head);
        Map<String, String> headers = new TreeMap<>();
        for (String line : head.toString(StandardCharsets.US_ASCII).lines().toList()) {
            headers.put(
                    line.substring(0, line.indexOf(':')),
                    line.substring(line.indexOf(':') + 1).strip());
        }
        return headers;
    }

    @SuppressWarnings("deprecation") // The SDK's newer signer adds x-amz-content-sha256, which only S3 asks for.
    private Map<String, String> sdkHeaders(URI endpoint, String method, String path, byte[] body) {
        SdkHttpFullRequest request = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.fromValue(method))
                .protocol(endpoint.getScheme())
                .host(endpoint.getHost())
                .port(endpoint.getPort() < 0 ? null : endpoint.getPort())
                .encodedPath(path)
                .contentStreamProvider(() -> new ByteArrayInputStream(body))
                .build();
        SdkHttpFullRequest signed = Aws4Signer.create()
                .sign(
                        request,
                        Aws4SignerParams.builder()
                                .awsCredentials(credentials)
                                .signingName("execute-api")
                                .signingRegion(Region.of(region))
                                .signingClockOverride(clock)
                                .doubleUrlEncode(true)
                                .build());
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        signed.forEachHeader((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
        return headers;
    }
}
