package dev.parley.local;

import dev.parley.local.apigateway.ApiGatewaySettings;
import dev.parley.local.apigateway.GatewayMark;
import dev.parley.local.lambda.LocalAccount;
import dev.parley.settings.Secret;
import dev.parley.settings.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment of the functions on one machine: Parley's own settings, and the AWS SDK's (AWS SDKs and Tools reference
 * guide, "Service-specific endpoints"). No function can tell it from a cloud's.
 *
 * @param baseUrl where functions reach the gateway
 * @param publicUrl where clients reach the HTTP API
 * @param gatewayUrl where clients find the gateway, or the gateways, as the setting has them
 * @param databaseClusters the other clusters, as the setting has them
 * @param secretKey what requests to AWS are signed with here
 * @param cdnKey what links to files are signed with
 */
record LocalSettings(
        String baseUrl,
        String publicUrl,
        String gatewayUrl,
        DatabaseAccess database,
        String databaseClusters,
        String redisUrl,
        String eventsQueueUrl,
        String deliveriesQueueUrl,
        URI sqs,
        URI lambda,
        URI s3,
        Secret secretKey,
        Secret cdnKey,
        Map<String, String> changed) {

    /** The only access key of this cloud. */
    static final String ACCESS_KEY = "AKIAPARLEYLOCAL00000";

    /** The bucket of files and images. */
    static final String BUCKET = "parley-files";

    /** Where the SDK finds Lambda. */
    static final String LAMBDA_ENDPOINT = "aws.endpointUrlLambda";

    private static final String STAGE = "gateway";

    /**
     * Room for everybody behind the one address of loopback, and for load tests. The limits themselves are those of the
     * cloud: a client sees the same headers.
     */
    private static final String LIMITS = "REGISTER=1000/60s,LOGIN=1000/60s,REFRESH=1000/60s,ACCEPT_INVITE=100/60s,"
            + "CREATE_GUILD=100/60s,CREATE_MESSAGE=50/5s,HEALTH=6000/60s,INVALID_REQUESTS=100000/60s";

    /** Parley's settings by their environment variables. */
    Map<String, String> environment(int poolSize) {
        Map<String, String> values = new HashMap<>();
        values.put(Setting.DATABASE_URL.variable(), database.jdbcUrl());
        if (!changed.containsKey(Setting.DATABASE_URL.variable())) {
            // Whoever brings a database of their own has the migrations run there.
            values.put(Setting.MIGRATION_URL.variable(), database.directUrl());
        }
        String readerUrl = database.readerUrl();
        if (readerUrl != null) {
            values.put(Setting.DATABASE_READER_URL.variable(), readerUrl);
        }
        values.put(Setting.DATABASE_USER.variable(), database.user());
        values.put(Setting.DATABASE_PASSWORD.variable(), database.password().value());
        values.put(Setting.DATABASE_CLUSTERS.variable(), databaseClusters);
        values.put(Setting.DATABASE_POOL_SIZE.variable(), Integer.toString(poolSize));
        // Two cores may be busy with passwords for seconds, and nothing here goes on meanwhile.
        values.put(Setting.DATABASE_TIMEOUT.variable(), "10s");
        values.put(Setting.REDIS_URL.variable(), redisUrl);
        values.put(Setting.EVENTS_QUEUE_URL.variable(), eventsQueueUrl);
        values.put(Setting.DELIVERIES_QUEUE_URL.variable(), deliveriesQueueUrl);
        values.put(Setting.STORAGE_BUCKET.variable(), BUCKET);
        values.put(Setting.STORAGE_PATH_STYLE.variable(), "true");
        values.put(Setting.CDN_URL.variable(), publicUrl);
        values.put(Setting.CDN_KEY.variable(), cdnKey.value());
        // The sweeper runs more often here than in the cloud.
        values.put(Setting.SWEEP_UNSEEN.variable(), "5s");
        values.put(Setting.HELLO_FUNCTION.variable(), "Hello");
        values.put(Setting.MANAGEMENT_ENDPOINT.variable(), managementEndpoint(baseUrl));
        values.put(Setting.GATEWAY_URL.variable(), gatewayUrl);
        values.put(Setting.LIMITS.variable(), LIMITS);
        // No account's throttle is to be shared here.
        values.put(Setting.POST_RATE.variable(), "0");
        values.putAll(changed);
        return values;
    }

    /** Where the {@code @connections} of a gateway are. */
    static String managementEndpoint(String baseUrl) {
        return baseUrl + "/" + STAGE;
    }

    /** The same settings for functions that tell clients of other gateways. */
    LocalSettings withGatewayUrl(String url) {
        return new LocalSettings(
                baseUrl,
                publicUrl,
                url,
                database,
                databaseClusters,
                redisUrl,
                eventsQueueUrl,
                deliveriesQueueUrl,
                sqs,
                lambda,
                s3,
                secretKey,
                cdnKey,
                changed);
    }

    /** The SDK's settings as environment variables, for functions in processes of their own. */
    Map<String, String> awsEnvironment() {
        return Map.of(
                "AWS_ENDPOINT_URL_SQS", sqs.toString(),
                "AWS_ENDPOINT_URL_LAMBDA", lambda.toString(),
                "AWS_ENDPOINT_URL_S3", s3.toString(),
                "AWS_ACCESS_KEY_ID", ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY", secretKey.value(),
                "AWS_REGION", LocalAccount.REGION);
    }

    /** All that a function in a process of its own needs. */
    Map<String, String> isolatedEnvironment() {
        Map<String, String> values = new HashMap<>(environment(1));
        values.putAll(awsEnvironment());
        return Map.copyOf(values);
    }

    /** The SDK's settings as system properties, for functions in this process. */
    Map<String, String> awsProperties() {
        return Map.of(
                "aws.endpointUrlSqs",
                sqs.toString(),
                LAMBDA_ENDPOINT,
                lambda.toString(),
                "aws.endpointUrlS3",
                s3.toString(),
                "aws.accessKeyId",
                ACCESS_KEY,
                "aws.secretAccessKey",
                secretKey.value(),
                "aws.region",
                LocalAccount.REGION);
    }

    /**
     * API Gateway as it is set up here: AWS's own limits on connections, no throttle of an account.
     *
     * @param mark what its connection ids have in common; null for nothing
     */
    ApiGatewaySettings gateway(String host, int port, @Nullable GatewayMark mark) {
        return gateway(host, port, secretKey, mark);
    }

    /** As {@link #gateway(String, int, GatewayMark)}, where the rest of the settings is not needed. */
    static ApiGatewaySettings gateway(String host, int port, Secret secretKey, @Nullable GatewayMark mark) {
        return new ApiGatewaySettings(
                host,
                port,
                STAGE,
                LocalAccount.REGION,
                ACCESS_KEY,
                secretKey,
                0,
                0,
                Duration.ofMinutes(10),
                Duration.ofHours(2),
                mark);
    }
}
