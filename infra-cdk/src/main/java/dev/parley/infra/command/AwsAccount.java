package dev.parley.infra.command;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * The account that the credentials are of. Credentials are looked for where the AWS SDK does: in the environment, in profiles
 * ({@code AWS_PROFILE}), and in what a container or a machine is given.
 */
final class AwsAccount {

    /** What the CDK command line writes when it bootstraps a Region. */
    private static final String BOOTSTRAP_VERSION = "/cdk-bootstrap/hnb659fds/version";

    private static final ClientOverrideConfiguration LIMITS = ClientOverrideConfiguration.builder()
            .apiCallAttemptTimeout(Duration.ofSeconds(10))
            .apiCallTimeout(Duration.ofSeconds(30))
            .build();

    private final @Nullable URI endpoint;
    private final String id;
    private final String arn;

    private AwsAccount(@Nullable URI endpoint, GetCallerIdentityResponse identity) {
        this.endpoint = endpoint;
        this.id = identity.account();
        this.arn = identity.arn();
    }

    /**
     * Asks AWS whose the credentials are.
     *
     * @param endpoint an emulator that answers instead of AWS, or null
     * @throws CommandException if there are none, or AWS does not take them
     */
    static AwsAccount of(String region, @Nullable URI endpoint) {
        try (StsClient sts = at(StsClient.builder(), region, endpoint).build()) {
            return new AwsAccount(endpoint, sts.getCallerIdentity());
        } catch (SdkClientException e) {
            throw new CommandException(
                    endpoint == null
                            ? "There are no AWS credentials, or AWS cannot be reached. Sign in with 'aws sso login' or 'aws"
                                    + " configure', name a profile in AWS_PROFILE, or set AWS_ACCESS_KEY_ID and"
                                    + " AWS_SECRET_ACCESS_KEY. (" + firstLine(e) + ")"
                            : "No emulator answers at " + endpoint
                                    + ". Start one: docker compose -f localstack/compose.yml" + " up -d ("
                                    + firstLine(e) + ")",
                    e);
        } catch (SdkException e) {
            throw new CommandException("AWS does not take these credentials: " + firstLine(e), e);
        }
    }

    /** The Region that the environment or the profile names, if one does. */
    static Optional<String> region() {
        try {
            return Optional.of(new DefaultAwsRegionProviderChain().getRegion().id());
        } catch (SdkClientException e) {
            return Optional.empty();
        }
    }

    /** The account's twelve digits. */
    String id() {
        return id;
    }

    /** Who acts in it. */
    String arn() {
        return arn;
    }

    /**
     * The version of the CDK's bootstrap stack in a Region; 0 where there is none.
     *
     * @throws CommandException if it cannot be asked for
     */
    int bootstrapVersion(String region) {
        try (SsmClient ssm = at(SsmClient.builder(), region, endpoint).build()) {
            return Integer.parseInt(ssm.getParameter(request -> request.name(BOOTSTRAP_VERSION))
                    .parameter()
                    .value());
        } catch (ParameterNotFoundException e) {
            return 0;
        } catch (SdkException e) {
            throw new CommandException(
                    "Cannot see whether " + region + " is bootstrapped (ssm:GetParameter " + BOOTSTRAP_VERSION + "): "
                            + firstLine(e),
                    e);
        }
    }

    private static <B extends AwsClientBuilder<B, ?>> B at(B builder, String region, @Nullable URI endpoint) {
        builder.region(Region.of(region)).overrideConfiguration(LIMITS);
        if (endpoint != null) {
            builder.endpointOverride(endpoint).credentialsProvider(Emulator.CREDENTIALS);
        }
        return builder;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
