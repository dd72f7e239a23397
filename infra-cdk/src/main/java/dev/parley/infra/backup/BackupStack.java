package dev.parley.infra.backup;

import dev.parley.catalog.Backups;
import dev.parley.infra.AcceptedFinding;
import dev.parley.infra.phase.Parameters;
import dev.parley.infra.phase.Phase;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.backup.BackupPlan;
import software.amazon.awscdk.services.backup.BackupPlanCopyActionProps;
import software.amazon.awscdk.services.backup.BackupPlanRule;
import software.amazon.awscdk.services.backup.BackupPlanRuleProps;
import software.amazon.awscdk.services.backup.BackupVault;
import software.amazon.awscdk.services.backup.CfnBackupSelection;
import software.amazon.awscdk.services.backup.CfnRestoreTestingPlan;
import software.amazon.awscdk.services.backup.CfnRestoreTestingSelection;
import software.amazon.awscdk.services.events.CronOptions;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.constructs.Construct;

/**
 * Backups of the database, where it is: a plan, its vault, who hears when one fails, and what shows that they can be read: from
 * phase growth on a restore of a snapshot every week, and a timed restore to the newest moment every month. The clusters are found
 * by the deployment's tag, so that this stack needs nothing of another and new shards are backed up without a change here.
 */
public final class BackupStack extends Stack {

    private static final Duration KEPT = Duration.days(Backups.DATABASE.limit().toDays());

    private final BackupNames names;

    public BackupStack(Construct scope, Parameters parameters) {
        super(
                scope,
                parameters.name() + "-Backup",
                StackProps.builder()
                        .env(Environment.builder().region(parameters.region()).build())
                        .description("Parley: backups")
                        .build());
        names = BackupNames.of(parameters);
        Key key = Key.Builder.create(this, "Key")
                .description("Parley's backups, and what is told of them")
                .enableKeyRotation(true)
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        BackupVault vault = new LockedVault(this, "Vault", names.vault(), key).vault();
        select(plan(vault));
        boolean rehearsed = parameters.phase() != Phase.MVP;
        if (rehearsed) {
            testRestores(vault);
        }
        new RestoreRehearsal(this, "RestoreRehearsal", names, rehearsed);
        new BackupNotices(this, "Notices", names, key, parameters.alarmEmail());
    }

    /**
     * Two rules, since they give different things (AWS Backup developer guide, "Continuous backups and point-in-time
     * restore"): one recovery point that can be set back to any second, and one a day that is copied.
     */
    private BackupPlan plan(BackupVault vault) {
        BackupPlan plan = BackupPlan.Builder.create(this, "Plan")
                .backupPlanName(names.deployment() + "-database")
                .backupVault(vault)
                .build();
        plan.addRule(new BackupPlanRule(BackupPlanRuleProps.builder()
                .ruleName("continuous")
                .scheduleExpression(daily(2))
                .enableContinuousBackup(true)
                .deleteAfter(KEPT)
                .startWindow(Duration.hours(1))
                .completionWindow(Duration.hours(6))
                .build()));
        plan.addRule(new BackupPlanRule(BackupPlanRuleProps.builder()
                .ruleName("daily")
                .scheduleExpression(daily(10))
                .deleteAfter(KEPT)
                .startWindow(Duration.hours(1))
                .completionWindow(Duration.hours(6))
                .copyActions(List.of(BackupPlanCopyActionProps.builder()
                        .destinationBackupVault(BackupVault.fromBackupVaultArn(this, "Copies", names.copiesVaultArn()))
                        .deleteAfter(KEPT)
                        .build()))
                .build()));
        return plan;
    }

    private static Schedule daily(int hour) {
        return Schedule.cron(
                CronOptions.builder().minute("0").hour(Integer.toString(hour)).build());
    }

    private void select(BackupPlan plan) {
        Role role = role("BackupRole", "AWSBackupServiceRolePolicyForBackup");
        CfnBackupSelection.Builder.create(this, "Clusters")
                .backupPlanId(plan.getBackupPlanId())
                .backupSelection(CfnBackupSelection.BackupSelectionResourceTypeProperty.builder()
                        .selectionName("clusters")
                        .iamRoleArn(role.getRoleArn())
                        .resources(List.of("arn:" + Aws.PARTITION + ":rds:*:*:cluster:*"))
                        .conditions(Map.of(
                                "StringEquals",
                                List.of(Map.of(
                                        "ConditionKey",
                                        "aws:ResourceTag/" + BackupNames.TAG,
                                        "ConditionValue",
                                        names.deployment()))))
                        .build())
                .build();
    }

    /** Restores the newest snapshot every Sunday and takes it away again; what it costs is an hour of its storage. */
    private void testRestores(BackupVault vault) {
        Role role = role("RestoreRole", "AWSBackupServiceRolePolicyForRestores");
        String name = names.deployment() + "_restores";
        CfnRestoreTestingPlan plan = CfnRestoreTestingPlan.Builder.create(this, "RestoreTests")
                .restoreTestingPlanName(name)
                .scheduleExpression("cron(0 18 ? * SUN *)")
                .startWindowHours(1)
                .recoveryPointSelection(CfnRestoreTestingPlan.RestoreTestingRecoveryPointSelectionProperty.builder()
                        .algorithm("LATEST_WITHIN_WINDOW")
                        .includeVaults(List.of(vault.getBackupVaultArn()))
                        .recoveryPointTypes(List.of("SNAPSHOT"))
                        .selectionWindowDays(7)
                        .build())
                .build();
        CfnRestoreTestingSelection.Builder.create(this, "RestoredClusters")
                .restoreTestingPlanName(plan.getRef())
                .restoreTestingSelectionName("clusters")
                .protectedResourceType("Aurora")
                .protectedResourceArns(List.of("*"))
                .protectedResourceConditions(CfnRestoreTestingSelection.ProtectedResourceConditionsProperty.builder()
                        .stringEquals(List.of(CfnRestoreTestingSelection.KeyValueProperty.builder()
                                .key("aws:ResourceTag/" + BackupNames.TAG)
                                .value(names.deployment())
                                .build()))
                        .build())
                .iamRoleArn(role.getRoleArn())
                .validationWindowHours(1)
                .build();
    }

    private Role role(String id, String policy) {
        Role role = Role.Builder.create(this, id)
                .description("AWS Backup: " + id + " of Parley")
                .assumedBy(new ServicePrincipal("backup.amazonaws.com"))
                .managedPolicies(List.of(ManagedPolicy.fromAwsManagedPolicyName("service-role/" + policy)))
                .build();
        AcceptedFinding.of(
                        "AwsSolutions-IAM4",
                        "AWS keeps this policy in step with what its backup service does; only that service may use it")
                .in(role);
        return role;
    }
}
