package dev.parley;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/**
 * The AWS clients, made at the first use. Region, credentials and endpoints come from the SDK's own settings, so that
 * nothing here knows whether it talks to AWS or to an emulator.
 *
 * <p>Thread-safe.
 */
public final class AwsClients implements AutoCloseable {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(2);

    /** A file of 100 MiB is copied within S3 in a few seconds; a function that stores files has 29 s. */
    private static final Duration FILE_TIMEOUT = Duration.ofSeconds(20);

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable SdkHttpClient http;
    private final Map<QueueOrigin, SqsClient> queues = new HashMap<>();
    private @Nullable LambdaClient lambda;
    private @Nullable SdkHttpClient fileHttp;
    private @Nullable S3Client s3;
    private @Nullable S3Presigner presigner;
    private volatile @Nullable DefaultCredentialsProvider credentials;
    private volatile @Nullable String region;
    private volatile boolean halted;

    /** Null where no queue is this Region's. */
    private final @Nullable QueueOrigin own;

    /**
     * Clients, none of which is made yet.
     *
     * @param ownQueueUrl the URL of any queue of this Region
     */
    AwsClients(String ownQueueUrl) {
        this(QueueOrigin.of(ownQueueUrl));
    }

    private AwsClients(@Nullable QueueOrigin own) {
        this.own = own;
    }

    /** Clients for who has no queues, none of which is made yet. */
    public static AwsClients withoutQueues() {
        return new AwsClients((QueueOrigin) null);
    }

    /**
     * The client for a queue. One of this Region is reached as the SDK's settings say; one of another Region as its URL does,
     * which the SDK itself takes no endpoint from.
     */
    SqsClient sqs(String queueUrl) {
        QueueOrigin origin = QueueOrigin.of(queueUrl);
        lock.lock();
        try {
            checkRuns();
            return queues.computeIfAbsent(origin, this::openQueues);
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

    /**
     * The client of S3. Its calls may take long.
     *
     * @param pathStyle whether the bucket is a part of the path
     * @param where the Region of the bucket; empty for this one
     */
    S3Client s3(boolean pathStyle, String where) {
        lock.lock();
        try {
            checkRuns();
            S3Client client = s3;
            if (client == null) {
                SdkHttpClient connections = UrlConnectionHttpClient.builder()
                        .connectionTimeout(ATTEMPT_TIMEOUT)
                        .socketTimeout(FILE_TIMEOUT)
                        .build();
                fileHttp = connections;
                client = S3Client.builder()
                        .region(where.isEmpty() ? null : Region.of(where))
                        .httpClient(connections)
                        .forcePathStyle(pathStyle)
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .overrideConfiguration(ClientOverrideConfiguration.builder()
                                .apiCallTimeout(FILE_TIMEOUT)
                                .build())
                        .build();
                s3 = client;
            }
            return client;
        } finally {
            lock.unlock();
        }
    }

    /**
     * What signs links to S3; it sends nothing.
     *
     * @param pathStyle whether the bucket is a part of the path
     * @param where the Region of the bucket; empty for this one
     */
    S3Presigner presigner(boolean pathStyle, String where) {
        lock.lock();
        try {
            checkRuns();
            S3Presigner signer = presigner;
            if (signer == null) {
                signer = S3Presigner.builder()
                        .region(where.isEmpty() ? null : Region.of(where))
                        .serviceConfiguration(S3Configuration.builder()
                                .pathStyleAccessEnabled(pathStyle)
                                .build())
                        .build();
                presigner = signer;
            }
            return signer;
        } finally {
            lock.unlock();
        }
    }

    /** The credentials of this process, refreshed by the SDK when they end. */
    public AwsCredentialsIdentity credentials() {
        AwsCredentialsProvider current = credentials;
        return (current == null ? openCredentials() : current).resolveCredentials();
    }

    /** The region of this process. */
    public String region() {
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
            queues.values().forEach(SqsClient::close);
            queues.clear();
            if (lambda != null) {
                lambda.close();
                lambda = null;
            }
            if (s3 != null) {
                s3.close();
                s3 = null;
            }
            if (presigner != null) {
                presigner.close();
                presigner = null;
            }
            if (fileHttp != null) {
                fileHttp.close();
                fileHttp = null;
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

    private SqsClient openQueues(QueueOrigin origin) {
        SqsClientBuilder builder = SqsClient.builder().httpClient(http()).overrideConfiguration(timeouts());
        String elsewhere = origin.region();
        if (!origin.equals(own) && elsewhere != null) {
            builder.region(Region.of(elsewhere));
        } else if (!origin.equals(own)) {
            builder.endpointOverride(origin.origin());
        }
        return builder.build();
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
