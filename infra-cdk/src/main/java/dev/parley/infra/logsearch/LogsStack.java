package dev.parley.infra.logsearch;

import dev.parley.infra.phase.Parameters;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.logs.CfnSubscriptionFilter;
import software.amazon.awscdk.triggers.Trigger;
import software.constructs.Construct;

/**
 * Search over the logs of one Region, in phases that have it: subscriptions of all functions' log groups, a function that takes
 * their batches apart, Firehose, and an OpenSearch domain with an index for each day.
 *
 * <p>A subscription for each log group, and not one for the account: an account has one such policy, which
 * selects log groups by exclusion only ({@code LogGroupName NOT IN}, CloudWatch Logs API reference, {@code PutAccountPolicy}), and
 * so would ship what other systems in the account log.
 *
 * <p>The log groups belong to the system's stack, which has to be deployed before.
 */
public final class LogsStack extends Stack {

    /** Days that logs can be searched here. CloudWatch keeps them longer. */
    static final int RETENTION_DAYS = 4;

    private static final List<String> SEARCH_FILES =
            List.of("writer_role.json", "retention_policy.json", "index_template.json", "dashboard.ndjson");

    /**
     * Adds the stack.
     *
     * @param region where the system is
     * @param deployment the name of the deployment
     * @param logGroups the names of the log groups that are searched; not those of this stack, which would ship what it logs
     * @param key the Region's key, which CloudWatch Logs may use
     */
    public LogsStack(
            Construct scope,
            String id,
            Parameters parameters,
            String region,
            String deployment,
            List<String> logGroups,
            IKey key) {
        super(
                scope,
                id,
                StackProps.builder()
                        .env(Environment.builder().region(region).build())
                        .description("Parley: search over logs")
                        .build());
        // By its ARN, so that nothing here can change the policy of a key that another stack owns.
        IKey imported = Key.fromKeyArn(this, "Key", key.getKeyArn());
        String index = deployment.toLowerCase(Locale.ROOT);
        LogDomain domain = new LogDomain(this, "Search", deployment, parameters.profile(), imported);
        LogDelivery delivery = new LogDelivery(this, "Delivery", deployment, index, domain, imported);
        Trigger setUp = setUp(deployment, index, domain, delivery, imported);
        setUp.executeBefore(delivery.stream());
        delivery.stream().getNode().addDependency(domain);
        PythonFunction shipper = shipper(deployment, delivery, imported);
        subscribe(deployment, logGroups, shipper);
        CfnOutput.Builder.create(this, "LogSearchUrl")
                .description("OpenSearch Dashboards; the user is parley, and the password in the secret below")
                .value("https://" + domain.endpoint() + "/_dashboards")
                .build();
        CfnOutput.Builder.create(this, "LogSearchSecret")
                .description("Secret with the user and the password of the log search")
                .value(domain.administrator().getSecretArn())
                .build();
    }

    /** Before anything is written: an index that exists does not take on a template, nor Firehose a role that it lacks. */
    private Trigger setUp(String deployment, String index, LogDomain domain, LogDelivery delivery, IKey key) {
        PythonFunction function = new PythonFunction(
                this,
                "SetUp",
                new PythonFunction.Props(
                        deployment + "-set-up-log-search",
                        "set_up_search",
                        SEARCH_FILES,
                        256,
                        Duration.minutes(10),
                        1,
                        Map.of(
                                "DOMAIN_ENDPOINT", domain.endpoint(),
                                "SECRET_ARN", domain.administrator().getSecretArn(),
                                "WRITER_ROLE_ARN", delivery.role().getRoleArn(),
                                "INDEX", index,
                                "RETENTION_DAYS", Integer.toString(RETENTION_DAYS))),
                key);
        domain.administrator().grantRead(function.role());
        Trigger trigger = Trigger.Builder.create(this, "RunSetUp")
                .handler(function.function())
                .timeout(Duration.minutes(10))
                .executeOnHandlerChange(true)
                .build();
        trigger.executeAfter(domain);
        return trigger;
    }

    private PythonFunction shipper(String deployment, LogDelivery delivery, IKey key) {
        PythonFunction function = new PythonFunction(
                this,
                "Ship",
                new PythonFunction.Props(
                        deployment + "-ship-logs",
                        "ship_logs",
                        List.of(),
                        512,
                        Duration.minutes(1),
                        50,
                        Map.of("DELIVERY_STREAM", delivery.streamName())),
                key);
        function.role()
                .addToPolicy(PolicyStatement.Builder.create()
                        .actions(List.of("firehose:PutRecordBatch"))
                        .resources(List.of(delivery.streamArn()))
                        .build());
        return function;
    }

    private void subscribe(String deployment, List<String> logGroups, PythonFunction shipper) {
        CfnPermission permission = CfnPermission.Builder.create(this, "LogsMayInvoke")
                .action("lambda:InvokeFunction")
                .functionName(shipper.function().getFunctionArn())
                .principal("logs.amazonaws.com")
                .sourceAccount(Aws.ACCOUNT_ID)
                .sourceArn("arn:" + Aws.PARTITION + ":logs:" + Aws.REGION + ":" + Aws.ACCOUNT_ID + ":log-group:" + "/"
                        + deployment + "/*:*")
                .build();
        for (String logGroup : logGroups) {
            CfnSubscriptionFilter subscription = CfnSubscriptionFilter.Builder.create(
                            this, "Log" + logGroup.replaceAll("[^A-Za-z0-9]", ""))
                    .filterName("log-search")
                    .logGroupName(logGroup)
                    .destinationArn(shipper.function().getFunctionArn())
                    .filterPattern("")
                    .build();
            subscription.getNode().addDependency(permission);
        }
    }
}
