package dev.parley.infra.backup;

import dev.parley.catalog.Backups;
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
import software.amazon.awscdk.RemovalPolicy;
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
 * Takes a snapshot of the cache every hour and removes those that are older than a week. ElastiCache itself takes one a day
 * only. No function is in it: Step Functions calls ElastiCache, so that nothing of it exists where there is no ElastiCache.
 *
 * <p>ElastiCache takes "no more than 20 manual backups per node in the cluster" in any 24 hours (ElastiCache user guide,
 * "Backup constraints"), and in cluster mode only of all shards together. Every shard has two nodes at least, which makes 40.
 * Should it count a shard's snapshots as one node's, it refuses the last ones of a day: the newest snapshot is then five
 * hours old at the most, and a run only fails, and somebody hears of it, when it is older than {@link #STALE}.
 */
public final class CacheSnapshots extends Construct {

    /** Of one node, in any 24 hours. */
    static final int NODE_QUOTA = 20;

    /** How old the newest snapshot may get. */
    static final Duration STALE = Duration.ofHours(6);

    private static final String DEFINITION = "cache-snapshots.asl.json";

    /** @param group id of the replication group */
    public CacheSnapshots(Construct scope, String id, BackupNames names, String group) {
        super(scope, id);
        StateMachine machine = StateMachine.Builder.create(this, "StateMachine")
                .stateMachineName(names.cacheSnapshots())
                .comment("Snapshots of Parley's cache")
                .definitionBody(DefinitionBody.fromString(definition()))
                .definitionSubstitutions(substitutions(names.cacheSnapshots(), group))
                .tracingEnabled(true)
                .logs(LogOptions.builder()
                        .destination(LogGroup.Builder.create(this, "Log")
                                .logGroupName("/aws/vendedlogs/states/" + names.cacheSnapshots())
                                .retention(RetentionDays.ONE_MONTH)
                                .removalPolicy(RemovalPolicy.DESTROY)
                                .build())
                        .level(LogLevel.ALL)
                        .build())
                .build();
        allow(machine, names, group);
        Rule.Builder.create(this, "Hourly")
                .description("Takes a snapshot of Parley's cache")
                .schedule(Schedule.rate(software.amazon.awscdk.Duration.minutes(
                        Objects.requireNonNull(Backups.CACHE.every()).toMinutes())))
                .targets(List.of(new SfnStateMachine(machine)))
                .build();
        new AcceptedFinding(
                        "AwsSolutions-IAM5",
                        "Deliveries of logs and traces have no ARN to name; snapshots get their names from the time and are"
                                + " named by what they begin with; listing is of one group's nodes and snapshots",
                        "^Resource::.*\\*$")
                .in(machine);
    }

    /** What runs, in the Amazon States Language, with names where {@link #substitutions} has values. */
    static String definition() {
        try (InputStream in =
                Objects.requireNonNull(CacheSnapshots.class.getResourceAsStream(DEFINITION), DEFINITION)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The values of the definition's names. */
    static Map<String, String> substitutions(String prefix, String group) {
        return Map.of(
                "Prefix",
                prefix,
                "Group",
                group,
                "RetentionMillis",
                Long.toString(Backups.CACHE.limit().toMillis()),
                "StaleMillis",
                Long.toString(STALE.toMillis()));
    }

    private static void allow(StateMachine machine, BackupNames names, String group) {
        String arn = "arn:" + Aws.PARTITION + ":elasticache:" + Aws.REGION + ":" + Aws.ACCOUNT_ID + ":";
        String own = arn + "snapshot:" + names.cacheSnapshots() + "-*";
        List<String> cache = List.of(arn + "replicationgroup:" + group, arn + "cluster:" + group + "-*");
        machine.addToRolePolicy(PolicyStatement.Builder.create()
                .actions(List.of("elasticache:CreateSnapshot"))
                .resources(List.of(cache.getFirst(), cache.getLast(), own))
                .build());
        machine.addToRolePolicy(PolicyStatement.Builder.create()
                .actions(List.of("elasticache:DescribeSnapshots"))
                .resources(List.of(cache.getFirst(), cache.getLast(), arn + "snapshot:*"))
                .build());
        machine.addToRolePolicy(PolicyStatement.Builder.create()
                .actions(List.of("elasticache:DeleteSnapshot"))
                .resources(List.of(own))
                .build());
    }
}
