package dev.parley.infra.backup;

import dev.parley.catalog.Backups;
import dev.parley.infra.AcceptedFinding;
import dev.parley.infra.phase.Parameters;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/** Where copies of backups go, in another Region: a vault and a bucket. They stay when the stack is deleted. */
public final class BackupCopiesStack extends Stack {

    /**
     * How long the copy of a file that was deleted is kept: as long as the database can be set back to a time when a message
     * had it. Files that are not deleted are kept without an end. A copy without an end of what a user deleted would be one
     * that no user can have erased.
     */
    static final Duration DELETED = Duration.days(Backups.DATABASE.limit().toDays());

    public BackupCopiesStack(Construct scope, Parameters parameters) {
        super(
                scope,
                parameters.name() + "-BackupCopies",
                StackProps.builder()
                        .env(Environment.builder()
                                .region(parameters.backupRegion())
                                .build())
                        .description("Parley: copies of backups, in another Region")
                        .build());
        BackupNames names = BackupNames.of(parameters);
        Key key = Key.Builder.create(this, "Key")
                .description("Copies of Parley's backups")
                .alias(names.copiesKeyAlias())
                .enableKeyRotation(true)
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        new LockedVault(this, "Vault", names.copiesVault(), key);
        addBucket(names, key);
    }

    private void addBucket(BackupNames names, Key key) {
        Bucket bucket = Bucket.Builder.create(this, "Files")
                .bucketName(names.copiesBucket())
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .encryption(BucketEncryption.KMS)
                .encryptionKey(key)
                .bucketKeyEnabled(true)
                .enforceSsl(true)
                .versioned(true)
                .lifecycleRules(List.of(LifecycleRule.builder()
                        .id("deleted-files")
                        .noncurrentVersionExpiration(DELETED)
                        .expiredObjectDeleteMarker(true)
                        .abortIncompleteMultipartUploadAfter(Duration.days(1))
                        .build()))
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        AcceptedFinding.of(
                        "AwsSolutions-S1",
                        "Nobody but replication writes here and nobody reads before a disaster; CloudTrail has the calls")
                .in(bucket);
    }
}
