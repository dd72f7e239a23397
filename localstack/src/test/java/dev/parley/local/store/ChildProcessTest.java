package dev.parley.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildProcessTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    @Test
    void runsInItsFolderAndKeepsItsOutput() throws Exception {
        // Given
        String script = "pwd; echo problem >&2";

        // When
        try (ChildProcess child = start(script, TIMEOUT)) {

            // Then
            assertThat(child.awaitExit(TIMEOUT)).isTrue();
            assertThat(child.outputTail()).isEqualTo(folder.toRealPath() + "\nproblem");
        }
    }

    @Test
    void keepsOnlyTheEndOfALongOutput() {
        // Given
        String script = "i=0; while [ $i -lt 4000 ]; do echo line $i; i=$((i+1)); done";

        // When
        try (ChildProcess child = start(script, TIMEOUT)) {

            // Then
            assertThat(child.awaitExit(TIMEOUT)).isTrue();
            assertThat(child.outputTail())
                    .hasSizeBetween(15 * 1024, 16 * 1024)
                    .startsWith("line ")
                    .endsWith("line 3999");
        }
    }

    @Test
    void tellsTheProgramsOwnProcessId() throws Exception {
        // Given / When
        try (ChildProcess child = start("echo $$ > pid.new; mv pid.new pid; exec sleep 60", TIMEOUT)) {
            TestProcesses.await(() -> Files.exists(folder.resolve("pid")));

            // Then
            assertThat(Files.readString(folder.resolve("pid")).strip()).isEqualTo(Long.toString(child.pid()));
        }
    }

    @Test
    void stopsTheProgramWithItsSignal() {
        // Given
        ChildProcess child =
                start("trap 'touch stopped; exit' TERM; touch ready; while :; do sleep 0.05; done", TIMEOUT);
        TestProcesses.await(() -> Files.exists(folder.resolve("ready")));

        // When
        child.stop();

        // Then
        assertThat(child.isAlive()).isFalse();
        assertThat(folder.resolve("stopped")).exists();
    }

    @Test
    void killsAProgramThatDoesNotStopInTime() {
        // Given
        ChildProcess child = start("trap '' TERM; touch ready; while :; do sleep 0.05; done", Duration.ofSeconds(1));
        TestProcesses.await(() -> Files.exists(folder.resolve("ready")));

        // When
        child.stop();

        // Then
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void stopsAgainWithoutHarm() {
        // Given
        ChildProcess child = start("exec sleep 60", TIMEOUT);
        child.stop();

        // When
        child.stop();

        // Then
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void saysWhyAProgramDoesNotRun() {
        // Given
        List<String> command = List.of(folder.resolve("no-such-program").toString());

        // When
        try (ChildProcess child = ChildProcess.start("ghost", command, folder, StopSignal.TERM, TIMEOUT)) {

            // Then
            assertThat(child.awaitExit(TIMEOUT)).isTrue();
            assertThat(child.outputTail()).contains("no-such-program");
        }
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        // Given
        Path missing = folder.resolve("missing");

        // When / Then
        assertThatThrownBy(() -> ChildProcess.start("ghost", List.of("true"), missing, StopSignal.TERM, TIMEOUT))
                .isInstanceOf(LocalStoreException.class)
                .hasMessageStartingWith("ghost cannot start: ");
    }

    @Test
    void diesWithTheJvmThatStartedIt() throws Exception {
        // Given
        try (TestJvm jvm = TestJvm.start(OneChild.class, folder.toString())) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(jvm.readLine(TIMEOUT))).orElseThrow();
            assertThat(child.isAlive()).isTrue();

            // When
            jvm.kill();

            // Then
            assertThat(ProcessTree.awaitExit(List.of(child), TIMEOUT)).isTrue();
        }
    }

    private ChildProcess start(String script, Duration grace) {
        return ChildProcess.start("child", List.of("/bin/sh", "-c", script), folder, StopSignal.TERM, grace);
    }

    /** Starts a program that would run for an hour, prints its process id, and waits for its own end. */
    static final class OneChild {

        static void main(String[] args) throws Exception {
            ChildProcess child = ChildProcess.start(
                    "child", List.of("sleep", "3600"), Path.of(args[0]), StopSignal.TERM, Duration.ofSeconds(2));
            IO.println(child.pid());
            child.awaitExit(Duration.ofHours(1));
        }
    }
}
