package dev.parley.local.lambda;

import static dev.parley.local.lambda.TestSystem.function;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.Parley;
import dev.parley.protocol.Json;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

class LambdaApiTest {

    private final BlockingQueue<String> invoked = new LinkedBlockingQueue<>();
    private final Parley parley = TestSystem.parley();
    private final InProcessHost host = new InProcessHost(
            List.of(
                    function("Echo", TestFunctions.Echo.class),
                    function("Failing", TestFunctions.Failing.class),
                    function("Stuck", TestFunctions.Stuck.class),
                    function("Late", TestFunctions.Stuck.class, Duration.ofMillis(50))),
            parley,
            (function, took, ok) -> invoked.add(function),
            new InProcessOptions(2, 2, Duration.ofSeconds(29), AsyncPolicy.local(), Duration.ofMillis(50)));
    private final LambdaApi api = new LambdaApi(host);
    private final LambdaClient client = LambdaClient.builder()
            .endpointOverride(api.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(config -> config.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();

    @AfterEach
    void close() {
        client.close();
        api.close();
        host.close();
        parley.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Echo",
                "Echo:live",
                "arn:aws:lambda:eu-central-1:123456789012:function:Echo",
                "arn:aws:lambda:eu-central-1:123456789012:function:Echo:live"
            })
    void answersByNameAliasAndArn(String name) {
        // When
        InvokeResponse response = invoke(name, "{\"a\":1}");

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.functionError()).isNull();
        assertThat(response.payload().asUtf8String()).isEqualTo("{\"a\":1}");
    }

    @Test
    void marksAnErrorOfTheFunction() {
        // When
        InvokeResponse response = invoke("Failing", "{}");

        // Then
        assertThat(response.functionError()).isEqualTo("Unhandled");
        var payload = Json.parse(response.payload().asByteArray());
        assertThat(payload.get("errorMessage").asText()).isEqualTo("the tea is cold");
        assertThat(payload.get("errorType").asText()).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void marksATimeout() {
        // When
        InvokeResponse response = invoke("Late", "{}");

        // Then
        assertThat(response.functionError()).isEqualTo("Unhandled");
        assertThat(response.payload().asUtf8String()).contains("Sandbox.Timedout");
    }

    @Test
    void takesAnAsynchronousEvent() throws Exception {
        // When
        InvokeResponse response =
                client.invoke(request -> request.functionName("Echo").invocationType(InvocationType.EVENT));

        // Then
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(invoked.poll(5, TimeUnit.SECONDS)).isEqualTo("Echo");
    }

    @Test
    void throwsTheErrorsOfTheSdk() {
        assertThatThrownBy(() -> invoke("Nothing", "{}")).isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> invoke("Echo", "\"" + "x".repeat(6 * 1024 * 1024) + "\""))
                .isInstanceOf(RequestTooLargeException.class);
        assertThatThrownBy(() -> invoke("Echo", "\"" + "x".repeat(8 * 1024 * 1024) + "\""))
                .isInstanceOfSatisfying(
                        LambdaException.class, e -> assertThat(e.statusCode()).isEqualTo(413));
    }

    @Test
    void throttles() {
        // Given
        List<CompletableFuture<byte[]>> running =
                List.of(host.invoke("Stuck", new byte[0]), host.invoke("Stuck", new byte[0]));

        // Then
        assertThatThrownBy(() -> invoke("Echo", "{}")).isInstanceOf(TooManyRequestsException.class);
        assertThat(running).noneMatch(CompletableFuture::isDone);
    }

    private InvokeResponse invoke(String name, String payload) {
        return client.invoke(request -> request.functionName(name).payload(SdkBytes.fromUtf8String(payload)));
    }
}
