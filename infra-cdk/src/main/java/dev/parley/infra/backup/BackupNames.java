package dev.parley.infra.backup;

import dev.parley.infra.phase.Parameters;
import java.util.Locale;
import software.amazon.awscdk.Aws;

/**
 * The names of what backups are made with, in both Regions. They are known before anything is made, so that no stack needs
 * the outputs of one in another Region.
 *
 * @param deployment the deployment's name
 * @param region where the data is
 * @param copyRegion where copies go
 */
public record BackupNames(String deployment, String region, String copyRegion) {

    /** The tag that everything of a deployment has, and by which AWS Backup finds its clusters. */
    static final String TAG = "parley:deployment";

    /** The names in a deployment's first Region. */
    public static BackupNames of(Parameters parameters) {
        return new BackupNames(parameters.name(), parameters.region(), parameters.backupRegion());
    }

    /** The vault where the data is. */
    String vault() {
        return deployment + "-backups";
    }

    String vaultArn() {
        return arn("backup", region, "backup-vault:" + vault());
    }

    /** The vault where copies go. */
    String copiesVault() {
        return deployment + "-backup-copies";
    }

    String copiesVaultArn() {
        return arn("backup", copyRegion, "backup-vault:" + copiesVault());
    }

    /** The bucket where copies of files go; its name is unique in the world. */
    String copiesBucket() {
        return deployment.toLowerCase(Locale.ROOT) + "-file-copies-" + Aws.ACCOUNT_ID + "-" + copyRegion;
    }

    String copiesBucketArn() {
        return "arn:" + Aws.PARTITION + ":s3:::" + copiesBucket();
    }

    /** The alias of the key that copies are encrypted with. */
    String copiesKeyAlias() {
        return "alias/" + deployment + "-backup-copies";
    }

    String copiesKeyAliasArn() {
        return arn("kms", copyRegion, copiesKeyAlias());
    }

    /** The topic that hears of backups that failed. */
    String topic() {
        return deployment + "-backups";
    }

    String topicArn() {
        return arn("sns", region, topic());
    }

    /** What takes snapshots of the cache, and what their names begin with. */
    String cacheSnapshots() {
        return deployment.toLowerCase(Locale.ROOT) + "-cache";
    }

    String cacheSnapshotsArn() {
        return arn("states", region, "stateMachine:" + cacheSnapshots());
    }

    /** What rehearses restores of the database, and what the names of its copies begin with. */
    String restoreRehearsal() {
        return deployment.toLowerCase(Locale.ROOT) + "-rehearsal";
    }

    String restoreRehearsalArn() {
        return arn("states", region, "stateMachine:" + restoreRehearsal());
    }

    private static String arn(String service, String region, String resource) {
        return "arn:" + Aws.PARTITION + ":" + service + ":" + region + ":" + Aws.ACCOUNT_ID + ":" + resource;
    }
}
