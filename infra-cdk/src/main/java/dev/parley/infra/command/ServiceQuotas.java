package dev.parley.infra.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.infra.scale.AwsQuota;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/**
 * Reads quotas of an account from Service Quotas, by its HTTP API ({@code ServiceQuotasV20190624}) and signed by the SDK: one
 * operation is not worth another client library.
 */
final class ServiceQuotas implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String OPERATION = "ServiceQuotasV20190624.GetServiceQuota";
    private static final String TYPE = "application/x-amz-json-1.1";

    /** The client of the JDK writes these itself. */
    private static final Set<String> OWN_HEADERS = Set.of("host", "content-length");

    private final URI endpoint;
    private final String region;
    private final AwsCredentialsProvider credentials;
    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    /** Quotas of the account that the credentials are of, in a Region. */
    ServiceQuotas(URI endpoint, String region, AwsCredentialsProvider credentials) {
        this.endpoint = endpoint;
        this.region = region;
        this.credentials = credentials;
    }

    /**
     * What the account has; empty where it has no value of its own.
     *
     * @throws CommandException if it cannot be read
     */
    OptionalDouble value(AwsQuota.Code code) throws InterruptedException {
        byte[] body = mapper.createObjectNode()
                .put("ServiceCode", code.service())
                .put("QuotaCode", code.quota())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        try {
            HttpResponse<String> response = client.send(signed(body), HttpResponse.BodyHandlers.ofString());
            JsonNode answer = mapper.readTree(response.body());
            if (response.statusCode() == 200 && answer.at("/Quota/Value").isNumber()) {
                return OptionalDouble.of(answer.at("/Quota/Value").asDouble());
            }
            String error = answer.path("__type").asText();
            if (error.endsWith("NoSuchResourceException")) {
                return OptionalDouble.empty();
            }
            throw new CommandException("Service Quotas does not say (servicequotas:GetServiceQuota): HTTP "
                    + response.statusCode() + " " + error);
        } catch (IOException e) {
            throw new CommandException("Service Quotas cannot be reached at " + endpoint + ": " + e.getMessage(), e);
        }
    }

    private HttpRequest signed(byte[] body) {
        SdkHttpFullRequest plain = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint.resolve("/"))
                .putHeader("content-type", TYPE)
                .putHeader("x-amz-target", OPERATION)
                .build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(request -> request.identity(credentials.resolveCredentials())
                        .request(plain)
                        .payload(() -> new ByteArrayInputStream(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "servicequotas")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region))
                .request();
        HttpRequest.Builder request = HttpRequest.newBuilder(signed.getUri())
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        signed.headers().forEach((name, values) -> add(request, name, values));
        return request.build();
    }

    private static void add(HttpRequest.Builder request, String name, List<String> values) {
        if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
