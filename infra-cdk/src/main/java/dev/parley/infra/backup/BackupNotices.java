package dev.parley.infra.backup;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.SnsTopic;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** Tells of backups that failed: a topic, and the events that go to it. Successes are not told. */
final class BackupNotices extends Construct {

    private final Topic topic;

    /** @param email who hears; null lets nobody, until something else is subscribed to the topic */
    BackupNotices(Construct scope, String id, BackupNames names, Key key, @Nullable String email) {
        super(scope, id);
        topic = Topic.Builder.create(this, "Topic")
                .topicName(names.topic())
                .displayName("Parley backups")
                .masterKey(key)
                .enforceSsl(true)
                .build();
        for (String publisher : List.of("events.amazonaws.com", "cloudwatch.amazonaws.com")) {
            key.grant(new ServicePrincipal(publisher), "kms:Decrypt", "kms:GenerateDataKey*");
            topic.grantPublish(new ServicePrincipal(publisher));
        }
        if (email != null) {
            topic.addSubscription(new EmailSubscription(email));
        }
        tell(
                "BackupFailed",
                "aws.backup",
                "Backup Job State Change",
                Map.of(
                        "backupVaultArn",
                        List.of(names.vaultArn()),
                        "state",
                        List.of("FAILED", "ABORTED", "EXPIRED", "PARTIAL")));
        tell(
                "CopyFailed",
                "aws.backup",
                "Copy Job State Change",
                Map.of(
                        "destinationBackupVaultArn",
                        List.of(names.copiesVaultArn()),
                        "state",
                        List.of("FAILED", "PARTIAL")));
        tell(
                "RestoreFailed",
                "aws.backup",
                "Restore Job State Change",
                Map.of("resourceType", List.of("Aurora"), "status", List.of("FAILED", "ABORTED")));
        tell(
                "ExecutionFailed",
                "aws.states",
                "Step Functions Execution Status Change",
                Map.of(
                        "stateMachineArn",
                        List.of(names.cacheSnapshotsArn(), names.restoreRehearsalArn()),
                        "status",
                        List.of("FAILED", "TIMED_OUT", "ABORTED")));
    }

    private void tell(String id, String source, String type, Map<String, Object> detail) {
        Rule.Builder.create(this, id)
                .description("Parley: " + type + " that nobody wants")
                .eventPattern(EventPattern.builder()
                        .source(List.of(source))
                        .detailType(List.of(type))
                        .detail(detail)
                        .build())
                .targets(List.of(new SnsTopic(topic)))
                .build();
    }
}
