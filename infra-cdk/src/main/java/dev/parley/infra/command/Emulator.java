package dev.parley.infra.command;

import dev.parley.infra.EmulatorStack;
import dev.parley.infra.Naming;
import dev.parley.infra.emulator.Emulation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/**
 * An emulator of AWS, which takes any credentials.
 *
 * @param endpoint where it answers
 */
record Emulator(URI endpoint) {

    /** Where floci and LocalStack answer unless told otherwise. */
    static final String DEFAULT_ENDPOINT = "http://localhost:4566";

    /** The database of {@code localstack/compose.yml}, seen from functions. */
    static final String DEFAULT_DATABASE = "jdbc:postgresql://postgres:5432/parley";

    /** The cache of {@code localstack/compose.yml}, seen from functions. */
    static final String DEFAULT_CACHE = "redis://valkey:6379";

    /** The Region that it is taken for. */
    static final String REGION = "us-east-1";

    static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    /** A migration has 15 minutes, and the image that it runs in may have to be loaded first. */
    private static final Duration MIGRATION_TIMEOUT = Duration.ofMinutes(20);

    /** What makes the AWS command lines talk to it; no credentials of the user go there. */
    Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL",
                endpoint.toString(),
                "AWS_ENDPOINT_URL_S3",
                endpoint.toString(),
                "AWS_ACCESS_KEY_ID",
                "test",
                "AWS_SECRET_ACCESS_KEY",
                "test",
                "AWS_SESSION_TOKEN",
                "",
                "AWS_PROFILE",
                "",
                "AWS_REGION",
                REGION,
                "AWS_DEFAULT_REGION",
                REGION);
    }

    /**
     * What a deployment has to know of it.
     *
     * @param inside where functions reach it; null for its name in {@code localstack/compose.yml}
     * @throws CommandException if it does not answer, or an address cannot be used
     */
    Emulation emulation(@Nullable URI inside, String databaseUrl, URI cacheUrl) throws InterruptedException {
        Emulation.Kind kind = kind();
        URI fromFunctions = inside != null
                ? inside
                : URI.create(
                        switch (kind) {
                            case FLOCI -> "http://floci:4566";
                            case LOCALSTACK -> "http://localstack:4566";
                        });
        try {
            return new Emulation(kind, endpoint, fromFunctions, databaseUrl, cacheUrl);
        } catch (IllegalArgumentException e) {
            throw new CommandException("This cannot be deployed to: " + e.getMessage() + ".", e);
        }
    }

    /** Makes the bucket that templates and the functions' package go to, unless it is there. */
    void makeAssetBucket() {
        try (S3Client s3 = at(S3Client.builder(), ANSWER_TIMEOUT)
                .forcePathStyle(true)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            s3.createBucket(request -> request.bucket(EmulatorStack.ASSETS));
        } catch (BucketAlreadyOwnedByYouException e) {
            // From the deployment before.
            return;
        } catch (SdkException e) {
            throw new CommandException("The emulator does not make a bucket: " + e.getMessage(), e);
        }
    }

    /**
     * Runs the migrations, and waits until they are done.
     *
     * @param function the name of the function that does
     * @throws CommandException with its message, if one fails
     */
    void migrate(String function) {
        try (LambdaClient lambda = at(LambdaClient.builder(), MIGRATION_TIMEOUT)
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(MIGRATION_TIMEOUT))
                .build()) {
            InvokeResponse answer =
                    lambda.invoke(request -> request.functionName(function).qualifier(Naming.ALIAS));
            if (answer.functionError() != null) {
                throw new CommandException(
                        "The migration failed: " + answer.payload().asUtf8String());
            }
        } catch (SdkException e) {
            throw new CommandException(
                    "The migration cannot be run: " + e.getMessage() + ". The emulator's log says why; often its"
                            + " functions' image cannot be loaded, or nothing listens where functions look for the emulator.",
                    e);
        }
    }

    private Emulation.Kind kind() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/_floci/health"))
                .timeout(ANSWER_TIMEOUT)
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(ANSWER_TIMEOUT).build()) {
            boolean floci =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
            return floci ? Emulation.Kind.FLOCI : Emulation.Kind.LOCALSTACK;
        } catch (IOException e) {
            throw new CommandException("No emulator answers at " + endpoint + ": " + e, e);
        }
    }

    private <B extends AwsClientBuilder<B, ?>> B at(B builder, Duration timeout) {
        return builder.region(Region.of(REGION))
                .endpointOverride(endpoint)
                .credentialsProvider(CREDENTIALS)
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallTimeout(timeout)
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .build());
    }
}
