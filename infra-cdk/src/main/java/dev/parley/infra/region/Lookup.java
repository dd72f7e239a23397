package dev.parley.infra.region;

import dev.parley.infra.AcceptedFinding;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.customresources.AwsCustomResource;
import software.amazon.awscdk.customresources.AwsCustomResourcePolicy;
import software.amazon.awscdk.customresources.AwsSdkCall;
import software.amazon.awscdk.customresources.PhysicalResourceId;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * Asks an AWS API of some Region while the stack is deployed. It is asked once, when the stack is made, and again only when the
 * question changes: a stack can be deployed while the Region that was asked is lost.
 */
final class Lookup extends Construct {

    /** The id of CDK's function for {@link AwsCustomResource}s. */
    private static final String FUNCTION = "AWS679f53fac002430cb0da5b7982bd2287";

    private final AwsCustomResource resource;
    private final String path;

    /**
     * A question.
     *
     * @param region the Region that is asked
     * @param service the name of the service, for example {@code EC2}
     * @param action the action, for example {@code DescribeVpcs}
     * @param permission the IAM action that allows it
     * @param path where in the answer that is that is looked for, for example {@code Vpcs.0.VpcId}
     */
    Lookup(
            Construct scope,
            String id,
            String region,
            String service,
            String action,
            String permission,
            Map<String, Object> parameters,
            String path) {
        super(scope, id);
        this.path = path;
        AwsSdkCall call = AwsSdkCall.builder()
                .region(region)
                .service(service)
                .action(action)
                .parameters(parameters)
                .outputPaths(List.of(path))
                .physicalResourceId(PhysicalResourceId.of(id))
                .build();
        resource = AwsCustomResource.Builder.create(this, "Answer")
                .onCreate(call)
                .onUpdate(call)
                .installLatestAwsSdk(false)
                .logGroup(LogGroup.Builder.create(this, "Log")
                        .retention(RetentionDays.ONE_MONTH)
                        .removalPolicy(RemovalPolicy.DESTROY)
                        .build())
                .policy(AwsCustomResourcePolicy.fromStatements(List.of(PolicyStatement.Builder.create()
                        .actions(List.of(permission))
                        .resources(List.of("*"))
                        .build())))
                .build();
        accept();
    }

    /** CDK has one function for all custom resources of a stack, beside them. */
    private void accept() {
        AcceptedFinding.of(
                        "AwsSolutions-IAM5",
                        "What is looked up has no ARN before it is found, and describing allows no narrower resource")
                .in(this);
        IConstruct function = Stack.of(this).getNode().tryFindChild(FUNCTION);
        if (function == null) {
            throw new IllegalStateException("CDK's function for custom resources has another name than " + FUNCTION);
        }
        AcceptedFinding.of("AwsSolutions-IAM4", "CDK's function for lookups has AWS's policy for logging")
                .in(function);
        AcceptedFinding.of("AwsSolutions-L1", "The runtime of CDK's function for lookups is CDK's to choose")
                .in(function);
    }

    /** What was found. The deployment fails if nothing was. */
    String answer() {
        return resource.getResponseField(path);
    }
}
