package dev.parley.infra.health;

import dev.parley.infra.phase.Parameters;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CrossStackReferences;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.ReferenceStrength;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/**
 * Watches the system from outside. It is in us-east-1 wherever the system is, because Route 53 writes the metrics of its health checks
 * there and nowhere else, and an alarm sees metrics of its own Region only (Route 53 developer guide, "Monitoring health checks using
 * CloudWatch").
 */
public final class HealthStack extends Stack {

    /** Where Route 53 writes its metrics. */
    public static final String REGION = "us-east-1";

    /**
     * The stack of a deployment.
     *
     * @param restApi the id of the HTTP API; needed without a domain only
     */
    public HealthStack(Construct scope, Parameters parameters, String restApi) {
        super(
                scope,
                parameters.name() + "-Health",
                StackProps.builder()
                        .env(Environment.builder().region(REGION).build())
                        .description("Parley: whether the system answers, seen from outside")
                        .build());
        // Fn::GetStackOutput, which reads across Regions; the alternative is a function in each of both stacks that
        // copies the value.
        CrossStackReferences.of(this).consume(ReferenceStrength.WEAK);
        new OutsideHealth(this, "Health", host(parameters, restApi), parameters);
    }

    /** The Region is spelled out, since the pseudo parameter would be the one of this stack. */
    private static String host(Parameters parameters, String restApi) {
        String domain = parameters.domain();
        return domain == null ? restApi + ".execute-api." + parameters.region() + "." + Aws.URL_SUFFIX : domain;
    }
}
