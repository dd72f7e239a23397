package dev.parley.infra.logsearch;

import dev.parley.infra.AcceptedFinding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * A function of a few lines that belongs to the deployment and not to the chat system. It is Python because Lambda's Python brings
 * the AWS SDK along: it has no package of its own, and starts without a snapshot.
 *
 * <p>Its log group is not one of the catalog's functions, so what it logs is never shipped to itself.
 */
final class PythonFunction extends Construct {

    private final Function function;
    private final Role role;

    /**
     * What it is made of.
     *
     * @param name the function's name
     * @param module the file of its handler, without {@code .py}
     * @param files the other files that it reads
     * @param memoryMb memory in MiB
     * @param timeout the longest an invocation may take
     * @param concurrency the most invocations at once
     * @param environment its environment variables
     */
    record Props(
            String name,
            String module,
            List<String> files,
            int memoryMb,
            Duration timeout,
            int concurrency,
            Map<String, String> environment) {}

    PythonFunction(Construct scope, String id, Props props, IKey key) {
        super(scope, id);
        LogGroup log = LogGroup.Builder.create(this, "Log")
                .logGroupName("/" + props.name())
                .encryptionKey(key)
                .retention(RetentionDays.ONE_MONTH)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        role = Role.Builder.create(this, "Role")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .description("What " + props.name() + " may do")
                .build();
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("logs:CreateLogStream", "logs:PutLogEvents"))
                .resources(List.of(log.getLogGroupArn()))
                .build());
        AcceptedFinding.of(
                        "AwsSolutions-IAM5", "The function writes to every stream of its own log group, and no other")
                .in(role);
        FunctionFiles files = new FunctionFiles(Stream.concat(Stream.of(props.module() + ".py"), props.files().stream())
                .toList());
        Path copy = files.copy();
        try {
            function = Function.Builder.create(this, "Function")
                    .functionName(props.name())
                    .runtime(Runtime.PYTHON_3_14)
                    .architecture(Architecture.ARM_64)
                    .code(Code.fromAsset(copy.toString()))
                    .handler(props.module() + ".handler")
                    .memorySize(props.memoryMb())
                    .timeout(props.timeout())
                    .reservedConcurrentExecutions(props.concurrency())
                    .environment(props.environment())
                    .environmentEncryption(key)
                    .role(role)
                    .logGroup(log)
                    .build();
        } finally {
            files.delete(copy);
        }
    }

    Function function() {
        return function;
    }

    /** What it runs as; what it may do is added to it. */
    Role role() {
        return role;
    }
}
