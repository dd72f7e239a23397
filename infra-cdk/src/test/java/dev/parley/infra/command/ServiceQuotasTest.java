package dev.parley.infra.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.infra.doctor.Finding;
import dev.parley.infra.doctor.State;
import dev.parley.infra.scale.AwsQuota;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Against a server that answers as the API reference of Service Quotas says. */
class ServiceQuotasTest {

    private static final AwsQuota.Code CONCURRENCY = AwsQuota.CONCURRENCY.code().orElseThrow();

    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private volatile int status = 200;
    private volatile String body = "{}";
    private HttpServer server;
    private ServiceQuotas quotas;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        quotas = new ServiceQuotas(
                URI.create("http://localhost:" + server.getAddress().getPort()),
                "eu-west-1",
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")));
    }

    @AfterEach
    void stop() {
        quotas.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestHeaders().getFirst("x-amz-target") + " "
                + exchange.getRequestHeaders().getFirst("authorization") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void aQuotaIsAskedForWithASignature() throws InterruptedException {
        body = "{\"Quota\": {\"Value\": 1500.0}}";

        assertThat(quotas.value(CONCURRENCY)).hasValue(1500);

        assertThat(requests.take())
                .startsWith("ServiceQuotasV20190624.GetServiceQuota AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
                .contains("/eu-west-1/servicequotas/aws4_request")
                .endsWith("{\"ServiceCode\":\"lambda\",\"QuotaCode\":\"L-B99A9384\"}");
    }

    @ParameterizedTest
    @CsvSource({"10, TOO_LITTLE, aws service-quotas request-service-quota-increase", "1000, OK, ''"})
    void aNewAccountIsToldToAskForMore(int value, State state, String next) throws InterruptedException {
        body = "{\"Quota\": {\"Value\": " + value + "}}";

        Finding finding = AwsCheck.quota(AwsQuota.CONCURRENCY, CONCURRENCY, quotas);

        assertThat(finding.state()).isEqualTo(state);
        assertThat(finding.next()).startsWith(next);
        assertThat(finding.stops()).isFalse();
    }

    @Test
    void aQuotaThatTheAccountHasNotIsNotChecked() throws InterruptedException {
        status = 400;
        body = "{\"__type\": \"NoSuchResourceException\"}";

        assertThat(AwsCheck.quota(AwsQuota.CONCURRENCY, CONCURRENCY, quotas).state())
                .isEqualTo(State.UNKNOWN);
    }

    @Test
    void whatTheAccountMayNotReadNamesThePermission() {
        status = 400;
        body = "{\"__type\": \"AccessDeniedException\"}";

        assertThatThrownBy(() -> quotas.value(CONCURRENCY))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("servicequotas:GetServiceQuota")
                .hasMessageContaining("AccessDeniedException");
    }
}
