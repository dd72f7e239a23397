package dev.parley.infra.command;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * An emulator of AWS, which takes any credentials.
 *
 * @param endpoint where it answers
 */
record Emulator(URI endpoint) {

    /** Where floci and LocalStack answer unless told otherwise. */
    static final String DEFAULT_ENDPOINT = "http://localhost:4566";

    /** The Region that it is taken for. */
    static final String REGION = "us-east-1";

    static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

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
}
