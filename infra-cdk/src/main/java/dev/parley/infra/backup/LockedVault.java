package dev.parley.infra.backup;

import dev.parley.catalog.Backups;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.backup.BackupVault;
import software.amazon.awscdk.services.backup.LockConfiguration;
import software.amazon.awscdk.services.kms.IKey;
import software.constructs.Construct;

/**
 * A vault whose recovery points nobody deletes before their time.
 *
 * <p>Its policy denies it to everybody, and AWS Backup Vault Lock holds it to the times in governance mode: whoever may call
 * {@code backup:DeleteBackupVaultLockConfiguration} can take the lock away, nobody else. Compliance mode, which nobody could
 * ever take away, is left to the team ({@code docs/backup.md} says how): a deployment that somebody only tries would have to
 * pay for its backups to the end.
 */
final class LockedVault extends Construct {

    private static final Duration KEPT = Duration.days(Backups.DATABASE.limit().toDays());

    /** The longest that AWS keeps continuous backups. */
    private static final Duration LONGEST = Duration.days(35);

    private final BackupVault vault;

    LockedVault(Construct scope, String id, String name, IKey key) {
        super(scope, id);
        vault = BackupVault.Builder.create(this, "Vault")
                .backupVaultName(name)
                .encryptionKey(key)
                .blockRecoveryPointDeletion(true)
                .lockConfiguration(LockConfiguration.builder()
                        .minRetention(KEPT)
                        .maxRetention(LONGEST)
                        .build())
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
    }

    BackupVault vault() {
        return vault;
    }
}
