package dev.parley.infra.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.infra.phase.ClusterSpec;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The recovery drills for AWS, with an AWS CLI that only notes what it is asked. */
class DrillScriptsTest {

    private static final Path SCRIPTS =
            Path.of("..", "scripts").toAbsolutePath().normalize();
    private static final int LONGEST_SECONDS = 60;

    @TempDir
    private Path folder;

    private record Run(int status, String out, String err) {}

    @BeforeEach
    void installAws() throws IOException {
        aws(Instant.now(), "none");
    }

    @ParameterizedTest
    @CsvSource({
        "drill-restore, restore-db-cluster-to-point-in-time, delete-db-cluster",
        "drill-failover, failover-db-cluster, describe-db-instances",
        "drill-region --to eu-central-1, switchover-global-cluster, describe-global-clusters"
    })
    void aDryRunPrintsEveryCallAndMakesNone(String script, String first, String last) throws Exception {
        // Given
        String[] words = script.split(" ");
        List<String> arguments = new ArrayList<>(List.of("Parley", "--region", "eu-west-1", "--dry-run"));
        arguments.addAll(List.of(words).subList(1, words.length));

        // When
        Run run = run(words[0], arguments.toArray(String[]::new));

        // Then
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("aws --region eu-west-1 rds " + first).contains("rds " + last);
        assertThat(calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parley", "chat-prod", "Production", "live"})
    void whatLooksLikeProductionHasToBeMeant(String name) throws Exception {
        for (String script : List.of("drill-restore", "drill-failover", "drill-region")) {
            // When
            Run run = run(script, name, "--region", "eu-west-1");

            // Then
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).contains("--yes");
        }
        assertThat(calls()).isEmpty();
    }

    @Test
    void aRestoreIsTimedAndItsCopyDeleted() throws Exception {
        // When
        Run run = run("drill-restore", "Stage", "--region", "eu-west-1");

        // Then
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).containsPattern("rpo_seconds=\\d+\nrto_seconds=\\d+\n");
        assertThat(calls())
                .anyMatch(call ->
                        call.contains("restore-db-cluster-to-point-in-time --source-db-cluster-identifier stage-db"))
                .anyMatch(call -> call.contains("delete-db-instance --db-instance-identifier stage-db-drill-"))
                .anyMatch(call -> call.contains("delete-db-cluster --db-cluster-identifier stage-db-drill-"))
                .noneMatch(call -> call.contains("delete-db-cluster --db-cluster-identifier stage-db "));
    }

    @Test
    void theInstanceIsMadeWhenTheClusterIsThere() throws Exception {
        // When
        run("drill-restore", "Stage", "--region", "eu-west-1");

        // Then
        List<String> calls = calls();
        assertThat(first(calls, "restore-db-cluster-to-point-in-time"))
                .isLessThan(first(calls, "DBClusters[0].Status "));
        assertThat(first(calls, "DBClusters[0].Status ")).isLessThan(first(calls, "create-db-instance"));
    }

    @Test
    void aDrillIsOfTheClusterThatIsNamed() throws Exception {
        // When
        Run zero = run("drill-restore", "Stage", "--region", "eu-west-1");
        Run other = run("drill-restore", "Stage", "--region", "eu-west-1", "--cluster", "cluster-2");
        Run none = run("drill-restore", "Stage", "--region", "eu-west-1", "--cluster", "Cluster '2'");

        // Then
        assertThat(zero.status()).as(zero.err()).isZero();
        assertThat(other.status()).as(other.err()).isZero();
        assertThat(calls().stream().filter(call -> call.contains("parley:deployment")))
                .hasSize(2)
                .first()
                .asString()
                .contains("Key=='" + ClusterSpec.TAG + "' && Value=='zero'");
        assertThat(calls()).anyMatch(call -> call.contains("Key=='" + ClusterSpec.TAG + "' && Value=='cluster-2'"));
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.err()).contains("is no name of a cluster");
    }

    @Test
    void theCopyIsDeletedWhenAStepFails() throws Exception {
        // Given
        aws(Instant.now(), "create-db-instance");

        // When
        Run run = run("drill-restore", "Stage", "--region", "eu-west-1");

        // Then
        assertThat(run.status()).isNotZero();
        assertThat(calls()).anyMatch(call -> call.contains("delete-db-cluster"));
    }

    @Test
    void aBackupThatIsTooFarBehindFailsTheDrill() throws Exception {
        // Given
        aws(Instant.now().minus(5, ChronoUnit.MINUTES), "none");

        // When
        Run run = run("drill-restore", "Stage", "--region", "eu-west-1");

        // Then
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("must be under 60 s");
    }

    @Test
    void aFailoverWaitsUntilTheReaderIsTheWriter() throws Exception {
        // When
        Run run = run("drill-failover", "Stage", "--region", "eu-west-1");

        // Then
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).containsPattern("rto_seconds=\\d+\n");
        assertThat(calls())
                .anyMatch(
                        call -> call.contains(
                                "failover-db-cluster --db-cluster-identifier stage-db --target-db-instance-identifier reader-1"));
    }

    @Test
    void theWriterMovesToTheOtherRegionAndTheDeploymentFollows() throws Exception {
        // Given
        String deploy = "echo deployed >>" + folder.resolve("calls");

        // When
        Run run = run("drill-region", "Stage", "--region", "eu-west-1", "--to", "eu-central-1", "--deploy", deploy);

        // Then
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).containsPattern("rpo_seconds=1\nwriter_seconds=\\d+\nrto_seconds=\\d+\n");
        List<String> calls = calls();
        assertThat(calls)
                .anyMatch(call -> call.contains("--region eu-west-1 rds switchover-global-cluster"
                        + " --global-cluster-identifier stage-global"
                        + " --target-db-cluster-identifier arn:aws:rds:eu-central-1:1:cluster:copy"))
                .anyMatch(call -> call.contains("--region eu-central-1 cloudwatch"))
                .noneMatch(call -> call.contains("failover-global-cluster"));
        assertThat(calls.getLast()).isEqualTo("deployed");
    }

    @Test
    void everyClusterMovesToTheOtherRegionBeforeTheDeploymentFollows() throws Exception {
        // Given a cluster of content, and what is somebody else's
        Files.writeString(
                folder.resolve("globals"), "stage-global\tstage-global-2\tstage-global-global\tstage-globally\n");
        String deploy = "echo deployed >>" + folder.resolve("calls");

        // When
        Run run = run("drill-region", "Stage", "--region", "eu-west-1", "--to", "eu-central-1", "--deploy", deploy);

        // Then
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).as("of the copy that is furthest behind").contains("rpo_seconds=2\n");
        List<String> calls = calls();
        assertThat(calls.stream().filter(call -> call.contains("switchover-global-cluster")))
                .satisfiesExactly(
                        zero -> assertThat(zero).contains("stage-global ", "eu-central-1:1:cluster:copy "),
                        content -> assertThat(content).contains("stage-global-2 ", "eu-central-1:1:cluster:copy-2 "));
        int switched = first(calls, "switchover-global-cluster --global-cluster-identifier stage-global-2");
        assertThat(calls.subList(switched, calls.size()))
                .anyMatch(call -> call.contains("stage-global ") && call.contains("IsWriter"))
                .anyMatch(call -> call.contains("stage-global-2 ") && call.contains("IsWriter"))
                .anyMatch(call -> call.contains("stage-global-2 ") && call.contains("Status"));
        assertThat(calls.getLast()).isEqualTo("deployed");
    }

    @Test
    void aDrillThatBrokeOffMovesTheRestWhenItIsRunAgain() throws Exception {
        // Given
        Files.writeString(folder.resolve("globals"), "stage-global\tstage-global-2\n");
        aws(Instant.now(), "switchover-global-cluster --global-cluster-identifier stage-global-2");
        Run broken = run("drill-region", "Stage", "--region", "eu-west-1", "--to", "eu-central-1");
        assertThat(broken.status()).isEqualTo(1);
        assertThat(broken.err()).contains("stage-global-2 does not switch over");
        aws(Instant.now(), "none");
        Files.writeString(
                folder.resolve("calls"), "rds switchover-global-cluster --global-cluster-identifier stage-global \n");

        // When
        Run run = run("drill-region", "Stage", "--region", "eu-west-1", "--to", "eu-central-1");

        // Then
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("the writer of stage-global is in eu-central-1 already");
        assertThat(calls().stream().skip(1).filter(call -> call.contains("switchover-global-cluster")))
                .singleElement()
                .asString()
                .contains("stage-global-2 ");
    }

    @Test
    void aCopyThatIsTooFarBehindFailsTheDrill() throws Exception {
        // Given
        Files.writeString(folder.resolve("lag"), "60001.0");

        // When
        Run run = run("drill-region", "Stage", "--region", "eu-west-1", "--to", "eu-central-1");

        // Then
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("must be under 60 s");
    }

    @Test
    void aRegionThatHasNoWriterIsNotMovedFrom() throws Exception {
        // When
        Run run = run("drill-region", "Stage", "--region", "us-west-2", "--to", "eu-central-1");

        // Then
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("is not in us-west-2");
        assertThat(calls()).noneMatch(call -> call.contains("switchover"));
    }

    @Test
    void aDeploymentThatFailsFailsTheDrill() throws Exception {
        // When
        Run run = run("drill-region", "Stage", "--region", "eu-west-1", "--to", "eu-central-1", "--deploy", "exit 3");

        // Then
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("--deploy failed");
    }

    /** An AWS CLI in which everything goes well at once, but for the call that has a word in it. */
    private void aws(Instant restorable, String failing) throws IOException {
        Path file = folder.resolve("aws");
        Files.writeString(file, """
                #!/bin/sh
                echo "$* " >>"%1$s/calls"
                global=$(printf '%%s ' "$*" | sed -n 's/.*--global-cluster-identifier \\([^ ]*\\).*/\\1/p')
                number=${global#stage-global}
                case "$*" in
                    *"%3$s"*) echo refused >&2; exit 254 ;;
                    *parley:deployment*) echo stage-db ;;
                    *LatestRestorableTime*) echo %2$s ;;
                    *"?IsClusterWriter"*) if grep -q failover-db-cluster "%1$s/calls"; then echo reader-1; else echo writer-1; fi ;;
                    *"!IsClusterWriter"*) echo reader-1 ;;
                    *"].Status "*) echo available ;;
                    *DBInstanceStatus* | *GlobalClusters*Status*) echo available ;;
                    *"].GlobalClusterIdentifier"*) cat "%1$s/globals" 2>/dev/null || echo stage-global ;;
                    *"?IsWriter"*) if grep -q "switchover-global-cluster --global-cluster-identifier $global " "%1$s/calls"
                        then echo "arn:aws:rds:eu-central-1:1:cluster:copy$number"
                        else echo "arn:aws:rds:eu-west-1:1:cluster:stage-db$number"; fi ;;
                    *GlobalClusterMembers*) echo "arn:aws:rds:eu-central-1:1:cluster:copy$number" ;;
                    *DBClusterIdentifier,Value=copy-2*) echo None ;;
                    *SourceRegion*) echo 1400.0 ;;
                    *AuroraGlobalDBRPOLag*) cat "%1$s/lag" 2>/dev/null || echo 320.5 ;;
                    *) echo something ;;
                esac
                """.formatted(folder, restorable.truncatedTo(ChronoUnit.SECONDS), failing));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static int first(List<String> calls, String words) {
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).contains(words)) {
                return i;
            }
        }
        throw new AssertionError("Nothing of " + calls + " is " + words);
    }

    private List<String> calls() throws IOException {
        Path calls = folder.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    private Run run(String script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(SCRIPTS.resolve(script).toString()));
        command.addAll(List.of(arguments));
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
        builder.environment().put("PATH", folder + File.pathSeparator + System.getenv("PATH"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                    .as("ended in time")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
    }
}
