package dev.parley.infra;

import dev.parley.catalog.FileFolder;
import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.Queues;
import dev.parley.catalog.Regions;
import dev.parley.catalog.Routes;
import dev.parley.infra.region.RegionPlace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * The execution roles: one for each set of powers that functions have, instead of one a function, which would cost two
 * resources more for each.
 */
final class FunctionRoles extends Construct {

    /** All folders of the bucket, for a pattern. */
    private static final String FOLDERS =
            Arrays.stream(FileFolder.values()).map(FileFolder::prefix).collect(Collectors.joining("|"));

    private static final List<String> NETWORK_INTERFACES = List.of(
            "ec2:CreateNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSubnets",
            "ec2:DeleteNetworkInterface",
            "ec2:AssignPrivateIpAddresses",
            "ec2:UnassignPrivateIpAddresses");

    private final Props props;
    private final Map<Set<Power>, Role> roles = new HashMap<>();

    /**
     * What the powers are about.
     *
     * @param place which of the Regions it is
     * @param gateway the API whose connections functions post to
     * @param queues the queues that functions publish to
     * @param data what functions work with
     */
    record Props(Naming naming, RegionPlace place, GatewayApi gateway, EventQueues queues, DataAccess data) {}

    FunctionRoles(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
    }

    /** The role of a function. Functions with the same powers share one. */
    Role of(FunctionSpec function) {
        return roles.computeIfAbsent(Power.of(function, props.place().regions()), this::role);
    }

    private Role role(Set<Power> powers) {
        String id =
                powers.isEmpty() ? "PLAIN" : powers.stream().map(Power::name).collect(Collectors.joining("-"));
        Role role = Role.Builder.create(this, id)
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .description("Parley functions: " + id)
                .build();
        allowRunning(role);
        props.data().grantUse(role);
        if (powers.contains(Power.MIGRATE)) {
            props.data().grantMigration(role);
        }
        if (powers.contains(Power.PUBLISH)) {
            props.queues().all().forEach(queue -> queue.grantSendMessages(role));
            if (props.place().regions() == Regions.TWO) {
                role.addToPolicy(PolicyStatement.Builder.create()
                        .actions(List.of("sqs:SendMessage"))
                        .resources(List.of(
                                props.place().otherQueueArn(props.naming().queue(Queues.EVENTS))))
                        .build());
            }
        }
        if (powers.contains(Power.POST)) {
            props.gateway().stage().grantManagementApiAccess(role);
        }
        if (powers.contains(Power.GREET)) {
            role.addToPolicy(PolicyStatement.Builder.create()
                    .actions(List.of("lambda:InvokeFunction"))
                    .resources(List.of(props.naming().aliasArn(Routes.HELLO)))
                    .build());
        }
        if (powers.contains(Power.READ_FILES)) {
            props.data().files().grantRead(role);
        }
        if (powers.contains(Power.WRITE_FILES)) {
            props.data().files().grantWrite(role);
        }
        acceptWildcards(role);
        return role;
    }

    private static void acceptWildcards(Role role) {
        String rule = "AwsSolutions-IAM5";
        new AcceptedFinding(
                        rule,
                        "Network interfaces and traces are made by Lambda and have no ARN to name; the code itself is denied"
                                + " the interfaces",
                        "^Resource::\\*$")
                .in(role);
        new AcceptedFinding(
                        rule,
                        "Functions that share a role write to log groups of this deployment, which are below one prefix",
                        "^Resource::.*:log-group:.*functions.\\*$")
                .in(role);
        new AcceptedFinding(
                        rule,
                        "A connection gets its id when it opens; the API and the stage are named",
                        "^Resource::.*:execute-api:.*.gateway.\\*.@connections.\\*$")
                .in(role);
        new AcceptedFinding(
                        rule,
                        "Files and images get their keys from the ids of what has them; the folders are named",
                        "^Resource::.*/(" + FOLDERS + ")\\*$")
                .in(role);
    }

    private void allowRunning(Role role) {
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("logs:CreateLogStream", "logs:PutLogEvents"))
                .resources(List.of("arn:" + Aws.PARTITION + ":logs:" + Aws.REGION + ":" + Aws.ACCOUNT_ID + ":log-group:"
                        + props.naming().logGroupPrefix() + "*"))
                .build());
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(NETWORK_INTERFACES)
                .resources(List.of("*"))
                .build());
        // Lambda itself needs the network interfaces; the code that it runs does not (Lambda developer guide, "Giving
        // Lambda functions access to resources in an Amazon VPC").
        role.addToPolicy(PolicyStatement.Builder.create()
                .effect(Effect.DENY)
                .actions(NETWORK_INTERFACES)
                .resources(List.of("*"))
                .conditions(Map.of(
                        "ArnLike",
                        Map.of(
                                "lambda:SourceFunctionArn",
                                props.naming().functionArn(props.naming().deployment() + "-*"))))
                .build());
    }
}
