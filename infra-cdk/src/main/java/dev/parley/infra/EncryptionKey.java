package dev.parley.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.constructs.Construct;

/**
 * The key that everything at rest is encrypted with: database, cache, secrets, queues, topics and logs of one Region. One key and
 * not one for each, because every key is billed by the month and all of them would have the same readers.
 *
 * <p>KMS changes its material every year and keeps the old one for what was encrypted with it. The key is kept when the stack is
 * deleted: the database and the backups that outlive the stack could not be read without it.
 *
 * <p>Its policy leaves it to IAM policies of the account who may use it, and names only the services that use it on nobody's
 * behalf. It must never name a role of a nested stack, which itself waits for the key.
 */
public final class EncryptionKey extends Construct {

    private final Key key;

    /** @param deployment the name of the deployment, which the key's alias has too */
    public EncryptionKey(Construct scope, String id, String deployment) {
        super(scope, id);
        key = Key.Builder.create(this, "Key")
                .description("Data of " + deployment)
                .alias(deployment)
                .enableKeyRotation(true)
                .pendingWindow(Duration.days(30))
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        allowLogs();
        allowAlarms();
    }

    /** The key itself. */
    public IKey key() {
        return key;
    }

    /** Log groups of this account and Region (CloudWatch Logs user guide, "Encrypt log data in CloudWatch Logs using KMS"). */
    private void allowLogs() {
        key.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("LogGroups")
                .principals(List.of(new ServicePrincipal("logs." + Aws.REGION + ".amazonaws.com")))
                .actions(List.of(
                        "kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"))
                .resources(List.of("*"))
                .conditions(Map.of(
                        "ArnLike",
                        Map.of(
                                "kms:EncryptionContext:aws:logs:arn",
                                "arn:" + Aws.PARTITION + ":logs:" + Aws.REGION + ":" + Aws.ACCOUNT_ID
                                        + ":log-group:*")))
                .build());
    }

    /** Alarms that publish to encrypted topics (Amazon SNS developer guide, "Managing encryption keys and costs"). */
    private void allowAlarms() {
        key.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("Alarms")
                .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                .actions(List.of("kms:Decrypt", "kms:GenerateDataKey*"))
                .resources(List.of("*"))
                .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
                .build());
    }
}
