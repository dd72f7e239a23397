package dev.parley;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The AWS clients, made at the first use. Region, credentials and endpoints come from the SDK's own settings, so that
 * nothing here knows whether it talks to AWS or to an emulator.
 *
 * <p>Thread-safe.
 */
final class AwsClients implements AutoCloseable {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(2);

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable SdkHttpClient http;
    private @Nullable SqsClient sqs;
    private @Nullable LambdaClient lambda;
    private volatile @Nullable DefaultCredentialsProvider credentials;
    private volatile @Nullable String region;
    private volatile boolean halted;

    SqsClient sqs() {
        lock.lock();
        try {
            checkRuns();
            SqsClient client = sqs;
            if (client == null) {
                client = SqsClient.builder()
                        .httpClient(http())
                        .overrideConfiguration(timeouts())
                        .build();
                sqs = client;
            }
            return client;
        } finally {
            lock.unlock();
        }
    }

    LambdaClient lambda() {
        lock.lock();
        try {
            checkRuns();
            LambdaClient client = lambda;
            if (client == null) {
                client = LambdaClient.builder()
                        .httpClient(http())
                        .overrideConfiguration(timeouts())
                        .build();
                lambda = client;
            }
            return client;
        } finally {
            lock.unlock();
        }
    }

    /** The credentials of this process, refreshed by the SDK when they end. */
    AwsCredentialsIdentity credentials() {
        AwsCredentialsProvider current = credentials;
        return (current == null ? openCredentials() : current).resolveCredentials();
    }

    /** The region of this process. */
    String region() {
        String current = region;
        if (current == null) {
            current = new DefaultAwsRegionProviderChain().getRegion().id();
            region = current;
        }
        return current;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (sqs != null) {
                sqs.close();
                sqs = null;
            }
            if (lambda != null) {
                lambda.close();
                lambda = null;
            }
            DefaultCredentialsProvider provider = credentials;
            if (provider != null) {
                provider.close();
                credentials = null;
            }
            if (http != null) {
                http.close();
                http = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Closes the clients for good: who asks for one from now on gets an {@link SdkClientException}. */
    void halt() {
        halted = true;
        close();
    }

    // Guarded by the lock.
    private void checkRuns() {
        if (halted) {
            throw SdkClientException.create("Halted");
        }
    }

    private AwsCredentialsProvider openCredentials() {
        lock.lock();
        try {
            checkRuns();
            DefaultCredentialsProvider current = credentials;
            if (current == null) {
                current = DefaultCredentialsProvider.builder().build();
                credentials = current;
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    private SdkHttpClient http() {
        SdkHttpClient client = http;
        if (client == null) {
            client = UrlConnectionHttpClient.builder()
                    .connectionTimeout(ATTEMPT_TIMEOUT)
                    .socketTimeout(ATTEMPT_TIMEOUT)
                    .build();
            http = client;
        }
        return client;
    }

    private static ClientOverrideConfiguration timeouts() {
        return ClientOverrideConfiguration.builder()
                .apiCallTimeout(CALL_TIMEOUT)
                .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                .build();
    }
}
