package dev.parley.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.catalog.BackupRule;
import dev.parley.catalog.Backups;
import dev.parley.catalog.FileFolder;
import dev.parley.infra.phase.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is deployed backs up what the requirements' table lists, as often and for as long as it says (section 10.1). */
class BackupDeploymentTest {

    private static final Template BACKUP = Synthesis.SHARED.beside().get("Backup");
    private static final Template COPIES = Synthesis.SHARED.beside().get("BackupCopies");
    private static final Template DATA = Synthesis.SHARED.template("Data");

    @Test
    void theTableIsTheRequirements() {
        assertThat(Backups.DATABASE)
                .isEqualTo(new BackupRule(
                        BackupRule.Method.SNAPSHOTS_AND_LOG, Duration.ofDays(1), true, Duration.ofDays(30)));
        assertThat(Backups.CACHE)
                .isEqualTo(new BackupRule(BackupRule.Method.SNAPSHOTS, Duration.ofHours(1), false, Duration.ofDays(7)));
        assertThat(Backups.FILES).isEqualTo(new BackupRule(BackupRule.Method.REPLICATION, null, true, null));
        assertThat(Backups.CONFIGURATION).isEqualTo(new BackupRule(BackupRule.Method.GIT, null, true, null));
    }

    @Test
    void theDatabaseIsBackedUpDailyAndContinuouslyForThirtyDaysHereAndDailyElsewhere() {
        // Given
        long days = Backups.DATABASE.limit().toDays();

        // When
        Map<String, JsonNode> rules = new TreeMap<>();
        one(BACKUP, "AWS::Backup::BackupPlan")
                .at("/BackupPlan/BackupPlanRule")
                .forEach(rule -> rules.put(rule.path("RuleName").asText(), rule));

        // Then
        assertThat(rules).containsOnlyKeys("continuous", "daily");
        assertThat(rules.values()).allSatisfy(rule -> {
            assertThat(rule.at("/Lifecycle/DeleteAfterDays").asLong()).isEqualTo(days);
            assertThat(rule.path("ScheduleExpression").asText()).matches("cron\\(0 \\d+ \\* \\* \\? \\*\\)");
        });
        assertThat(rules.get("continuous").path("EnableContinuousBackup").asBoolean())
                .isTrue();
        JsonNode copy = rules.get("daily").path("CopyActions").path(0);
        assertThat(copy.at("/Lifecycle/DeleteAfterDays").asLong()).isEqualTo(days);
        assertThat(copy.path("DestinationBackupVaultArn").toString())
                .contains(":us-west-2:")
                .contains(":backup-vault:Parley-backup-copies");
        assertThat(one(COPIES, "AWS::Backup::BackupVault")
                        .path("BackupVaultName")
                        .asText())
                .isEqualTo("Parley-backup-copies");
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void theDatabasesOwnLogReachesBackAsFarInEveryPhase(Phase phase) {
        assertThat(phase.profile().database().backupDays())
                .isEqualTo(Math.toIntExact(Backups.DATABASE.limit().toDays()));
        assertThat(phase.profile().cache().snapshotDays())
                .isEqualTo(Math.toIntExact(Backups.CACHE.limit().toDays()));
    }

    @Test
    void theClustersOfThisDeploymentAreFoundByTheirTag() {
        // Given
        JsonNode selection = one(BACKUP, "AWS::Backup::BackupSelection").path("BackupSelection");
        JsonNode condition = selection.at("/Conditions/StringEquals").path(0);

        // Then
        assertThat(condition.path("ConditionKey").asText()).isEqualTo("aws:ResourceTag/parley:deployment");
        assertThat(condition.path("ConditionValue").asText()).isEqualTo("Parley");
        assertThat(selection.path("Resources").toString()).contains(":rds:*:*:cluster:*");
        assertThat(DATA.properties("AWS::RDS::DBCluster").values())
                .isNotEmpty()
                .allSatisfy(cluster -> assertThat(tags(cluster)).containsEntry("parley:deployment", "Parley"));
    }

    @Test
    void everyClusterThatHoldsContentHasTheTagToo() {
        assertThat(Synthesis.of(Phase.SCALE)
                        .template("Data")
                        .properties("AWS::RDS::DBCluster")
                        .values())
                .hasSize(Phase.SCALE.profile().clusters().size())
                .allSatisfy(cluster -> assertThat(tags(cluster)).containsEntry("parley:deployment", "Parley"))
                .extracting(cluster -> tags(cluster).get("parley:cluster"))
                .containsExactlyInAnyOrder("zero", "cluster-2", "cluster-3");
    }

    @Test
    void nobodyDeletesABackupBeforeItsTime() {
        assertThat(List.of(BACKUP, COPIES)).allSatisfy(template -> {
            JsonNode vault = one(template, "AWS::Backup::BackupVault");
            assertThat(vault.at("/LockConfiguration/MinRetentionDays").asLong())
                    .isEqualTo(Backups.DATABASE.limit().toDays());
            // Governance mode: this would make it compliance mode, for ever.
            assertThat(vault.at("/LockConfiguration/ChangeableForDays").isMissingNode())
                    .isTrue();
            JsonNode statement = vault.at("/AccessPolicy/Statement").path(0);
            assertThat(statement.path("Effect").asText()).isEqualTo("Deny");
            assertThat(statement.path("Action").toString()).contains("backup:DeleteRecoveryPoint");
            assertThat(vault.has("EncryptionKeyArn")).isTrue();
            template.json().path("Resources").forEach(resource -> {
                if (resource.path("Type").asText().equals("AWS::Backup::BackupVault")) {
                    assertThat(resource.path("DeletionPolicy").asText()).isEqualTo("Retain");
                }
            });
        });
    }

    @Test
    void theCacheIsBackedUpHourly() {
        // When
        JsonNode rule = one(DATA, "AWS::Events::Rule");

        // Then
        assertThat(rule.path("ScheduleExpression").asText()).isEqualTo("rate(1 hour)");
        assertThat(Backups.CACHE.every()).isEqualTo(Duration.ofHours(1));
        String machine = DATA.referenced(rule.path("Targets"), "AWS::StepFunctions::StateMachine");
        JsonNode substitutions = DATA.resource(machine).at("/Properties/DefinitionSubstitutions");
        assertThat(DATA.referenced(substitutions.path("Group"), "AWS::ElastiCache::ReplicationGroup"))
                .isNotNull();
        assertThat(substitutions.path("RetentionMillis").asLong())
                .isEqualTo(Backups.CACHE.limit().toMillis());
    }

    @Test
    void whatTakesSnapshotsOfTheCacheMayDeleteItsOwnOnly() {
        // When
        List<JsonNode> deleting = new ArrayList<>();
        List<String> actions = new ArrayList<>();
        DATA.properties("AWS::IAM::Policy")
                .values()
                .forEach(policy -> policy.at("/PolicyDocument/Statement").forEach(statement -> {
                    String action = statement.path("Action").toString();
                    if (action.contains("elasticache:")) {
                        actions.add(action);
                    }
                    if (action.contains("elasticache:DeleteSnapshot")) {
                        deleting.add(statement.path("Resource"));
                    }
                }));

        // Then
        assertThat(deleting)
                .singleElement()
                .satisfies(resource -> assertThat(resource.toString()).contains(":snapshot:parley-cache-*"));
        assertThat(String.join("", actions)).doesNotContain("*").doesNotContain("elasticache:Modify");
    }

    @Test
    void filesAreReplicatedToAnotherRegionInRealTimeWithoutAnEnd() {
        // Given
        JsonNode source = DATA.properties("AWS::S3::Bucket").values().stream()
                .filter(bucket -> bucket.has("ReplicationConfiguration"))
                .findFirst()
                .orElseThrow();
        JsonNode copy = one(COPIES, "AWS::S3::Bucket");

        // When
        List<String> folders = new ArrayList<>();
        source.at("/ReplicationConfiguration/Rules").forEach(rule -> {
            folders.add(rule.at("/Filter/Prefix").asText());
            assertThat(rule.path("Status").asText()).isEqualTo("Enabled");
            assertThat(rule.at("/Destination/ReplicationTime/Status").asText()).isEqualTo("Enabled");
            assertThat(rule.at("/Destination/Bucket").toString()).contains("parley-file-copies-");
            assertThat(rule.at("/Destination/EncryptionConfiguration/ReplicaKmsKeyID")
                            .toString())
                    .contains("alias/Parley-backup-copies");
        });

        // Then
        assertThat(folders)
                .containsExactlyInAnyOrderElementsOf(Stream.of(FileFolder.values())
                        .filter(folder -> folder != FileFolder.UPLOADS)
                        .map(FileFolder::prefix)
                        .toList());
        assertThat(source.at("/VersioningConfiguration/Status").asText()).isEqualTo("Enabled");
        assertThat(copy.at("/VersioningConfiguration/Status").asText()).isEqualTo("Enabled");
        assertThat(copy.path("BucketName").toString())
                .contains("parley-file-copies-")
                .contains("us-west-2");
        assertThat(copy.findValues("ExpirationInDays")).isEmpty();
        assertThat(copy.findValues("NoncurrentVersionExpiration"))
                .singleElement()
                .satisfies(expiration -> assertThat(
                                expiration.path("NoncurrentDays").asLong())
                        .isEqualTo(Backups.DATABASE.limit().toDays()));
    }

    @Test
    void theConfigurationIsInGit() {
        assertThat(List.of("cdk.json", "../pom.xml", "../migrations")).allMatch(file -> Files.exists(Path.of(file)));
    }

    @Test
    void aFailureIsTold() {
        // When
        Map<String, String> told = new TreeMap<>();
        BACKUP.properties("AWS::Events::Rule").values().forEach(rule -> {
            assertThat(BACKUP.referenced(rule.path("Targets"), "AWS::SNS::Topic"))
                    .isNotNull();
            told.put(
                    rule.at("/EventPattern/detail-type").path(0).asText(),
                    rule.at("/EventPattern/detail").toString());
        });

        // Then
        assertThat(told)
                .containsOnlyKeys(
                        "Backup Job State Change",
                        "Copy Job State Change",
                        "Restore Job State Change",
                        "Step Functions Execution Status Change");
        assertThat(told.values()).allMatch(detail -> detail.contains("FAILED"));
        assertThat(told.get("Backup Job State Change")).contains(":backup-vault:Parley-backups");
        assertThat(told.get("Copy Job State Change")).contains(":us-west-2:").contains("Parley-backup-copies");
        assertThat(told.get("Step Functions Execution Status Change"))
                .contains(":stateMachine:parley-cache")
                .contains(":stateMachine:parley-rehearsal");
        assertThat(one(DATA, "AWS::StepFunctions::StateMachine")
                        .path("StateMachineName")
                        .asText())
                .isEqualTo("parley-cache");
        assertThat(DATA.properties("AWS::CloudWatch::Alarm").values()).anySatisfy(alarm -> {
            assertThat(alarm.path("AlarmName").asText()).isEqualTo("Parley-FileCopiesFailed");
            assertThat(alarm.path("AlarmActions").toString()).contains(":Parley-backups");
        });
        assertThat(one(BACKUP, "AWS::SNS::Topic").path("TopicName").asText()).isEqualTo("Parley-backups");
    }

    @Test
    void restoresAreTestedFromPhaseGrowthOn() {
        // When
        Synthesis growth = Synthesis.of(Phase.GROWTH);

        // Then
        assertThat(growth.findings()).isEmpty();
        assertThat(growth.beside().get("Backup").properties("AWS::Backup::RestoreTestingSelection"))
                .hasSize(1);
        assertThat(BACKUP.properties("AWS::Backup::RestoreTestingSelection")).isEmpty();
        assertThat(schedules(growth.beside().get("Backup"))).containsExactly("cron(0 6 1 * ? *)");
        assertThat(schedules(BACKUP)).isEmpty();
    }

    @Test
    void aRehearsalIsStartedByHandInEveryPhase() {
        // When
        JsonNode machine = one(BACKUP, "AWS::StepFunctions::StateMachine");

        // Then
        assertThat(machine.path("StateMachineName").asText()).isEqualTo("parley-rehearsal");
        assertThat(machine.at("/DefinitionSubstitutions/Deployment").asText()).isEqualTo("Parley");
        BACKUP.json()
                .path("Outputs")
                .forEach(output -> assertThat(
                                BACKUP.referenced(output.path("Value"), "AWS::StepFunctions::StateMachine"))
                        .isNotNull());
        assertThat(BACKUP.json().path("Outputs")).hasSize(1);
    }

    @Test
    void aRehearsalMayMakeAndDeleteCopiesAndTouchesNothingElse() {
        // Given
        List<JsonNode> statements = new ArrayList<>();
        BACKUP.properties("AWS::IAM::Policy")
                .values()
                .forEach(policy -> policy.at("/PolicyDocument/Statement").forEach(statements::add));
        Map<String, List<String>> resources = new TreeMap<>();
        for (JsonNode statement : statements) {
            List<String> named = new ArrayList<>();
            JsonNode resource = statement.path("Resource");
            (resource.isArray() ? resource.valueStream() : Stream.of(resource))
                    .forEach(one -> named.add(one.toString()));
            JsonNode action = statement.path("Action");
            (action.isArray() ? action.valueStream() : Stream.of(action))
                    .map(JsonNode::asText)
                    .forEach(name -> resources
                            .computeIfAbsent(name + (statement.has("Condition") ? " if" : ""), any -> new ArrayList<>())
                            .addAll(named));
        }

        // Then
        assertThat(resources.keySet().stream().filter(action -> action.startsWith("rds:")))
                .containsExactlyInAnyOrder(
                        "rds:AddTagsToResource",
                        "rds:CreateDBInstance",
                        "rds:DeleteDBCluster",
                        "rds:DeleteDBInstance",
                        "rds:DescribeDBClusters",
                        "rds:DescribeDBInstances",
                        "rds:RestoreDBClusterToPointInTime",
                        "rds:RestoreDBClusterToPointInTime if");
        assertThat(resources.get("rds:DeleteDBCluster"))
                .allMatch(resource -> resource.contains(":cluster:parley-rehearsal-*"));
        assertThat(resources.get("rds:DeleteDBInstance"))
                .allMatch(resource -> resource.contains(":db:parley-rehearsal-*"));
        for (String action :
                List.of("rds:CreateDBInstance", "rds:RestoreDBClusterToPointInTime", "rds:AddTagsToResource")) {
            assertThat(resources.get(action))
                    .filteredOn(resource -> resource.contains(":cluster:") || resource.contains(":db:"))
                    .isNotEmpty()
                    .allMatch(resource -> resource.contains(":parley-rehearsal-*"));
        }
        assertThat(statements)
                .filteredOn(statement ->
                        statement.path("Action").toString().contains("rds:Restore") && statement.has("Condition"))
                .singleElement()
                .satisfies(statement -> assertThat(
                                statement.at("/Condition/StringEquals").toString())
                        .isEqualTo("{\"aws:ResourceTag/parley:deployment\":\"Parley\"}"));
        assertThat(resources.get("cloudwatch:PutMetricData")).isNull();
        assertThat(resources).containsKeys("cloudwatch:PutMetricData if", "kms:CreateGrant if", "kms:DescribeKey if");
        // CloudFormation names the clusters, after their stack.
        assertThat(DATA.properties("AWS::RDS::DBCluster").values())
                .noneMatch(cluster -> cluster.has("DBClusterIdentifier"));
    }

    private static List<String> schedules(Template template) {
        return template.properties("AWS::Events::Rule").values().stream()
                .filter(rule -> rule.has("ScheduleExpression"))
                .map(rule -> rule.path("ScheduleExpression").asText())
                .toList();
    }

    private static JsonNode one(Template template, String type) {
        assertThat(template.properties(type)).as(type).hasSize(1);
        return template.properties(type).values().iterator().next();
    }

    private static Map<String, String> tags(JsonNode properties) {
        Map<String, String> tags = new TreeMap<>();
        properties
                .path("Tags")
                .forEach(tag ->
                        tags.put(tag.path("Key").asText(), tag.path("Value").asText()));
        return tags;
    }
}
