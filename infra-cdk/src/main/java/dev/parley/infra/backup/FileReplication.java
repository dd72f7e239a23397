package dev.parley.infra.backup;

import dev.parley.catalog.FileFolder;
import dev.parley.infra.AcceptedFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/**
 * Copies the files of a bucket to one in another Region as they are stored, within 15 minutes (S3 Replication Time Control)
 * and mostly within seconds. What clients upload and no message has yet is not copied: it is gone after a day.
 *
 * <p>A deletion is copied as well, and takes effect there as here: the file is hidden, and its last version kept for as long
 * as {@link BackupCopiesStack} says.
 */
public final class FileReplication extends Construct {

    /** What S3 promises for replication in real time; it takes no other value. */
    private static final int MINUTES = 15;

    private static final List<FileFolder> FOLDERS = Stream.of(FileFolder.values())
            .filter(folder -> folder != FileFolder.UPLOADS)
            .toList();

    private final BackupNames names;
    private final Bucket bucket;

    /**
     * Replicates a bucket.
     *
     * @param bucket with versions
     */
    public FileReplication(Construct scope, String id, BackupNames names, Bucket bucket) {
        super(scope, id);
        this.names = names;
        this.bucket = bucket;
        Role role = role();
        if (bucket.getNode().getDefaultChild() instanceof CfnBucket resource) {
            resource.setReplicationConfiguration(CfnBucket.ReplicationConfigurationProperty.builder()
                    .role(role.getRoleArn())
                    .rules(FOLDERS.stream().map(this::rule).toList())
                    .build());
        }
        alarm();
    }

    private CfnBucket.ReplicationRuleProperty rule(FileFolder folder) {
        CfnBucket.ReplicationTimeValueProperty limit = CfnBucket.ReplicationTimeValueProperty.builder()
                .minutes(MINUTES)
                .build();
        return CfnBucket.ReplicationRuleProperty.builder()
                .id(ruleId(folder))
                .status("Enabled")
                .priority(FOLDERS.indexOf(folder))
                .filter(CfnBucket.ReplicationRuleFilterProperty.builder()
                        .prefix(folder.prefix())
                        .build())
                .deleteMarkerReplication(CfnBucket.DeleteMarkerReplicationProperty.builder()
                        .status("Enabled")
                        .build())
                .sourceSelectionCriteria(CfnBucket.SourceSelectionCriteriaProperty.builder()
                        .sseKmsEncryptedObjects(CfnBucket.SseKmsEncryptedObjectsProperty.builder()
                                .status("Enabled")
                                .build())
                        .build())
                .destination(CfnBucket.ReplicationDestinationProperty.builder()
                        .bucket(names.copiesBucketArn())
                        .encryptionConfiguration(CfnBucket.EncryptionConfigurationProperty.builder()
                                .replicaKmsKeyId(names.copiesKeyAliasArn())
                                .build())
                        .replicationTime(CfnBucket.ReplicationTimeProperty.builder()
                                .status("Enabled")
                                .time(limit)
                                .build())
                        .metrics(CfnBucket.MetricsProperty.builder()
                                .status("Enabled")
                                .eventThreshold(limit)
                                .build())
                        .build())
                .build();
    }

    private static String ruleId(FileFolder folder) {
        return "copy-" + folder.prefix().replace("/", "");
    }

    private Role role() {
        Role role = Role.Builder.create(this, "Role")
                .description("S3: copies the files of Parley to another Region")
                .assumedBy(new ServicePrincipal("s3.amazonaws.com"))
                .build();
        allow(role, bucket.getBucketArn(), "s3:GetReplicationConfiguration", "s3:ListBucket");
        allow(
                role,
                bucket.arnForObjects("*"),
                "s3:GetObjectVersionForReplication",
                "s3:GetObjectVersionAcl",
                "s3:GetObjectVersionTagging");
        allow(
                role,
                names.copiesBucketArn() + "/*",
                "s3:ReplicateObject",
                "s3:ReplicateDelete",
                "s3:ReplicateTags",
                "s3:GetObjectVersionTagging");
        // The key's id is in another Region's stack; its alias is known.
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("kms:Encrypt", "kms:GenerateDataKey"))
                .resources(List.of(names.copiesKeyAliasArn().replace(names.copiesKeyAlias(), "key/*")))
                .conditions(Map.of(
                        "ForAnyValue:StringEquals",
                        Map.of("kms:ResourceAliases", names.copiesKeyAlias()),
                        "StringLike",
                        Map.of("kms:ViaService", "s3." + names.copyRegion() + ".amazonaws.com")))
                .build());
        IKey key = bucket.getEncryptionKey();
        if (key != null) {
            // Not a grant, which would have the key's policy name a role that waits for the key.
            role.addToPolicy(PolicyStatement.Builder.create()
                    .actions(List.of("kms:Decrypt"))
                    .resources(List.of(key.getKeyArn()))
                    .conditions(
                            Map.of("StringLike", Map.of("kms:ViaService", "s3." + names.region() + ".amazonaws.com")))
                    .build());
        }
        new AcceptedFinding(
                        "AwsSolutions-IAM5",
                        "Replication reads and writes the objects of two named buckets, whose keys are made later; the key of"
                                + " the copies is named by its alias",
                        "^(Resource|Action)::.*\\*.*$")
                .in(role);
        return role;
    }

    private static void allow(Role role, String resource, String... actions) {
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of(actions))
                .resources(List.of(resource))
                .build());
    }

    /** A file that could not be copied is told of. */
    private void alarm() {
        Map<String, IMetric> failed = new TreeMap<>();
        List<String> ids = new ArrayList<>();
        for (FileFolder folder : FOLDERS) {
            String id = "m" + FOLDERS.indexOf(folder);
            ids.add("FILL(" + id + ",0)");
            failed.put(
                    id,
                    Metric.Builder.create()
                            .namespace("AWS/S3")
                            .metricName("OperationsFailedReplication")
                            .dimensionsMap(Map.of(
                                    "SourceBucket",
                                    bucket.getBucketName(),
                                    "DestinationBucket",
                                    names.copiesBucket(),
                                    "RuleId",
                                    ruleId(folder)))
                            .statistic("Sum")
                            .build());
        }
        Alarm alarm = Alarm.Builder.create(this, "Failed")
                .alarmName(names.deployment() + "-FileCopiesFailed")
                .alarmDescription("A file was not copied to " + names.copyRegion() + "; see docs/backup.md")
                .metric(MathExpression.Builder.create()
                        .expression(String.join("+", ids))
                        .usingMetrics(failed)
                        .label("Files that were not copied")
                        .period(Duration.minutes(5))
                        .build())
                .threshold(0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .evaluationPeriods(1)
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build();
        alarm.addAlarmAction(new SnsAction(Topic.fromTopicArn(this, "Topic", names.topicArn())));
    }
}
