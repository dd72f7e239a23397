package dev.parley.infra.backup;

import dev.parley.catalog.Metrics;
import dev.parley.infra.AcceptedFinding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.events.CronOptions;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.SfnStateMachine;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.LogLevel;
import software.amazon.awscdk.services.stepfunctions.LogOptions;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/**
 * Rehearses the loss of the database: restores every cluster of the deployment, one after the other, to the newest moment beside
 * itself, measures RPO and RTO as {@code scripts/drill-restore} does, and removes the copy. No function is in it: Step Functions calls
 * RDS. It is started by the month, or by hand.
 *
 * <p>It can make and delete what its prefix names and nothing else, and it can change nothing. A copy is named after the resource id of
 * its cluster, so that one that an aborted run left behind is in the way of the next run, which removes it and fails.
 */
final class RestoreRehearsal extends Construct {

    /** The tag of copies. They do not have the deployment's own tag, by which they would be backed up, and restored themselves. */
    static final String COPY_TAG = "parley:rehearsal";

    /** The objectives (scaling guide, section 10.3). */
    static final Duration RPO = Duration.ofMinutes(1);

    static final Duration RTO = Duration.ofMinutes(15);

    /** How long a restore may take before it is given up. */
    static final Duration LONGEST = Duration.ofMinutes(90);

    /** How often is looked whether the copy is there; as much later than it was is what is measured. */
    static final Duration POLL = Duration.ofSeconds(15);

    private static final String DEFINITION = "restore-rehearsal.asl.json";

    /** @param monthly whether it starts by itself on the first of every month; otherwise by hand only */
    RestoreRehearsal(Construct scope, String id, BackupNames names, boolean monthly) {
        super(scope, id);
        StateMachine machine = StateMachine.Builder.create(this, "StateMachine")
                .stateMachineName(names.restoreRehearsal())
                .comment("Rehearses restores of Parley's database")
                .definitionBody(DefinitionBody.fromString(definition()))
                .definitionSubstitutions(substitutions(names))
                .tracingEnabled(true)
                .logs(LogOptions.builder()
                        .destination(LogGroup.Builder.create(this, "Log")
                                .logGroupName("/aws/vendedlogs/states/" + names.restoreRehearsal())
                                .retention(RetentionDays.ONE_YEAR)
                                .removalPolicy(RemovalPolicy.DESTROY)
                                .build())
                        .level(LogLevel.ALL)
                        .includeExecutionData(true)
                        .build())
                .build();
        allow(machine, names);
        if (monthly) {
            Rule.Builder.create(this, "Monthly")
                    .description("Rehearses a restore of Parley's database")
                    .schedule(Schedule.cron(
                            CronOptions.builder().minute("0").hour("6").day("1").build()))
                    .targets(List.of(new SfnStateMachine(machine)))
                    .build();
        }
        CfnOutput.Builder.create(this, "Arn")
                .description("State machine that rehearses a restore of the database; start it with aws stepfunctions"
                        + " start-execution")
                .value(machine.getStateMachineArn())
                .build();
        new AcceptedFinding(
                        "AwsSolutions-IAM5",
                        "Deliveries of logs and traces have no ARN to name; copies are named by what they begin with, clusters to"
                                + " copy by their tag, the key by its alias, and default groups by AWS",
                        "^Resource::.*\\*$")
                .in(machine);
    }

    /** What runs, in the Amazon States Language, with names where {@link #substitutions} has values. */
    static String definition() {
        try (InputStream in =
                Objects.requireNonNull(RestoreRehearsal.class.getResourceAsStream(DEFINITION), DEFINITION)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The values of the definition's names. */
    static Map<String, String> substitutions(BackupNames names) {
        return Map.ofEntries(
                Map.entry("Deployment", names.deployment()),
                Map.entry("Tag", BackupNames.TAG),
                Map.entry("Prefix", names.restoreRehearsal()),
                Map.entry("CopyTag", COPY_TAG),
                Map.entry("PollSeconds", Long.toString(POLL.toSeconds())),
                Map.entry("LongestSeconds", Long.toString(LONGEST.toSeconds())),
                Map.entry("RpoLimitSeconds", Long.toString(RPO.toSeconds())),
                Map.entry("RtoLimitSeconds", Long.toString(RTO.toSeconds())),
                Map.entry("Namespace", Metrics.NAMESPACE),
                Map.entry("Dimension", Metrics.DIMENSION));
    }

    /** Resources and actions are those of the Service Authorization Reference, "Amazon RDS". */
    private static void allow(StateMachine machine, BackupNames names) {
        String rds = "arn:" + Aws.PARTITION + ":rds:" + names.region() + ":" + Aws.ACCOUNT_ID + ":";
        String cluster = rds + "cluster:" + names.restoreRehearsal() + "-*";
        String instance = rds + "db:" + names.restoreRehearsal() + "-*";
        String subnets = rds + "subgrp:*";
        String options = rds + "og:default*";
        allow(machine, List.of(rds + "cluster:*"), Map.of(), "rds:DescribeDBClusters");
        allow(machine, List.of(instance), Map.of(), "rds:DescribeDBInstances");
        allow(
                machine,
                List.of(rds + "cluster:*"),
                Map.of("StringEquals", Map.of("aws:ResourceTag/" + BackupNames.TAG, names.deployment())),
                "rds:RestoreDBClusterToPointInTime");
        allow(
                machine,
                List.of(cluster, subnets, options, rds + "cluster-pg:default*"),
                Map.of(),
                "rds:RestoreDBClusterToPointInTime");
        allow(
                machine,
                List.of(instance, cluster, subnets, options, rds + "pg:default*"),
                Map.of(),
                "rds:CreateDBInstance");
        allow(machine, List.of(cluster, instance), Map.of(), "rds:AddTagsToResource");
        allow(machine, List.of(instance), Map.of(), "rds:DeleteDBInstance");
        allow(machine, List.of(cluster), Map.of(), "rds:DeleteDBCluster");
        allow(
                machine,
                List.of("*"),
                Map.of("StringEquals", Map.of("cloudwatch:namespace", Metrics.NAMESPACE)),
                "cloudwatch:PutMetricData");
        // What RDS needs of whoever makes something that is encrypted (Aurora user guide, "AWS KMS key management").
        // The key's id is
        // in another stack; its alias is the deployment's name.
        allow(
                machine,
                List.of("arn:" + Aws.PARTITION + ":kms:" + names.region() + ":" + Aws.ACCOUNT_ID + ":key/*"),
                Map.of(
                        "ForAnyValue:StringEquals",
                        Map.of("kms:ResourceAliases", "alias/" + names.deployment()),
                        "StringLike",
                        Map.of("kms:ViaService", "rds." + names.region() + ".amazonaws.com")),
                "kms:CreateGrant",
                "kms:DescribeKey");
    }

    private static void allow(
            StateMachine machine, List<String> resources, Map<String, Object> conditions, String... actions) {
        machine.addToRolePolicy(PolicyStatement.Builder.create()
                .actions(List.of(actions))
                .resources(resources)
                .conditions(conditions)
                .build());
    }
}
