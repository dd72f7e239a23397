package dev.parley.infra.pipeline;

import dev.parley.infra.edge.EdgeStack;
import dev.parley.infra.health.HealthStack;
import dev.parley.infra.phase.Parameters;
import dev.parley.infra.phase.SourceRepository;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.iam.IOidcProvider;
import software.amazon.awscdk.services.iam.OidcProviderNative;
import software.amazon.awscdk.services.iam.OpenIdConnectPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.Construct;

/**
 * Lets {@code .github/workflows/deploy.yml} deploy, without a key that could leak: GitHub as an identity provider, and for each of
 * its environments a role that only a run in that environment, of that repository, for a tag {@code v*} can assume.
 *
 * <p>Somebody deploys it by hand, once. The workflow does not name the repository and so neither has nor changes this stack.
 */
public final class PipelineStack extends Stack {

    private static final String ISSUER = "token.actions.githubusercontent.com";

    /** What the tokens are for, which {@code aws-actions/configure-aws-credentials} asks GitHub for. */
    private static final String AUDIENCE = "sts.amazonaws.com";

    /** The longest that a job of the workflow runs; credentials that end before would cut a deployment off. */
    private static final Duration LONGEST_RUN = Duration.hours(2);

    /** The roles of {@code cdk bootstrap} that the CDK command line becomes. There are no container images. */
    private static final List<String> BOOTSTRAP_ROLES = List.of("deploy", "file-publishing", "lookup");

    public PipelineStack(Construct scope, Parameters parameters, SourceRepository repository) {
        super(
                scope,
                parameters.name() + "-Pipeline",
                StackProps.builder()
                        .env(Environment.builder().region(parameters.region()).build())
                        .description("Parley: who deploys")
                        .build());
        IOidcProvider provider = provider(repository);
        for (String environment : repository.environments()) {
            Role role = role(environment, repository, provider);
            role.addToPolicy(PolicyStatement.Builder.create()
                    .sid("Deploy")
                    .actions(List.of("sts:AssumeRole"))
                    .resources(bootstrapRoles(parameters))
                    .build());
            role.addToPolicy(PolicyStatement.Builder.create()
                    .sid("Version")
                    .actions(List.of("ssm:GetParameter", "ssm:PutParameter"))
                    .resources(List.of("arn:" + Aws.PARTITION + ":ssm:" + parameters.region() + ":" + Aws.ACCOUNT_ID
                            + ":parameter/" + parameters.name() + "/version"))
                    .build());
            CfnOutput.Builder.create(this, title(environment) + "Role")
                    .description("Variable AWS_DEPLOY_ROLE of the GitHub environment " + environment)
                    .value(role.getRoleArn())
                    .build();
        }
    }

    /** It stays when the stack is deleted: an account has one for all repositories that deploy there. */
    private IOidcProvider provider(SourceRepository repository) {
        if (repository.providerExists()) {
            return OidcProviderNative.fromOidcProviderArn(
                    this, "GitHub", "arn:" + Aws.PARTITION + ":iam::" + Aws.ACCOUNT_ID + ":oidc-provider/" + ISSUER);
        }
        OidcProviderNative provider = OidcProviderNative.Builder.create(this, "GitHub")
                .url("https://" + ISSUER)
                .clientIds(List.of(AUDIENCE))
                .build();
        provider.applyRemovalPolicy(RemovalPolicy.RETAIN);
        return provider;
    }

    /**
     * The subject of a job in an environment names the environment in the place of the branch or tag, so the tag is a condition of its
     * own: STS reads the claim since 2026-02 (IAM user guide, "Available keys for AWS OIDC federation"). Without it, the environment's
     * protection rules on GitHub would be all that keeps a branch out.
     */
    private Role role(String environment, SourceRepository repository, IOidcProvider provider) {
        return Role.Builder.create(this, title(environment))
                .description("GitHub: deploys to " + environment)
                .maxSessionDuration(LONGEST_RUN)
                .assumedBy(new OpenIdConnectPrincipal(
                        provider,
                        Map.of(
                                "StringEquals",
                                Map.of(
                                        ISSUER + ":aud",
                                        AUDIENCE,
                                        ISSUER + ":sub",
                                        "repo:" + repository.subject() + ":environment:" + environment),
                                "StringLike",
                                Map.of(ISSUER + ":ref", "refs/tags/v*"))))
                .build();
    }

    /** In each Region that a phase has stacks in, so that a move to another phase needs no change here. */
    private static List<String> bootstrapRoles(Parameters parameters) {
        Set<String> regions = new TreeSet<>(List.of(HealthStack.REGION, EdgeStack.REGION));
        regions.addAll(List.of(parameters.region(), parameters.secondRegion(), parameters.backupRegion()));
        return regions.stream()
                .flatMap(region -> BOOTSTRAP_ROLES.stream()
                        .map(role -> "arn:" + Aws.PARTITION + ":iam::" + Aws.ACCOUNT_ID + ":role/cdk-"
                                + DefaultStackSynthesizer.DEFAULT_QUALIFIER + "-" + role + "-role-" + Aws.ACCOUNT_ID
                                + "-" + region))
                .toList();
    }

    private static String title(String environment) {
        return environment.substring(0, 1).toUpperCase(Locale.ROOT) + environment.substring(1) + "Deploy";
    }
}
