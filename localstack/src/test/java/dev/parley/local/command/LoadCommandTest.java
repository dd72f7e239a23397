package dev.parley.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.local.InstalledPrograms;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scenarios run, in miniature and without a bound on time, and say so when a threshold is not met. */
class LoadCommandTest {

    /** Grafana k6, "Exit codes": some thresholds have failed. */
    private static final int THRESHOLDS_HAVE_FAILED = 99;

    private static final Path SCENARIOS = Path.of("..", "load-tests", "scenarios");

    /** All between them use every part of load-tests/lib. */
    private static final List<String> MINIATURE = List.of(
            "SESSIONS=24",
            "SESSIONS_PER_USER=4",
            "MEMBERS=12",
            "RATE=4",
            "RAMP=1",
            "SETTLE=2",
            "HOLD=5",
            "WARM=2",
            "DRAIN=4",
            "LEAVE=1",
            "CUT=2",
            "PROBE=4",
            "RECOVERED=60000",
            "P99=60000");

    private static LocalCloud cloud;

    @TempDir
    private Path reports;

    @BeforeAll
    static void start() {
        assumeTrue(
                InstalledPrograms.ofUser().find("k6").isPresent(),
                "k6 is not installed (go install go.k6.io/k6@latest)");
        cloud = LocalCloud.start(LocalCloudOptions.ephemeral(), (_, _) -> {});
    }

    @AfterAll
    static void stop() {
        if (cloud != null) {
            cloud.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"resume-storm", "spike"})
    void aScenarioLosesNothingAndWritesAReport(String scenario) throws IOException {
        // When
        int code = load(scenario, MINIATURE);

        // Then
        assertThat(code).isZero();
        try (Stream<Path> files = Files.list(reports)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(file -> file.startsWith(scenario) && file.endsWith(".html"))
                    .anyMatch(file -> file.startsWith(scenario) && file.endsWith(".json"));
        }
    }

    @Test
    void aThresholdThatIsNotMetFailsTheRun() {
        // Given
        List<String> impossible = new ArrayList<>(MINIATURE);
        impossible.replaceAll(value -> value.startsWith("P99=") ? "P99=0" : value);

        // When
        int code = load("baseline", impossible);

        // Then
        assertThat(code).isEqualTo(THRESHOLDS_HAVE_FAILED);
    }

    private int load(String scenario, List<String> environment) {
        List<String> command = new ArrayList<>(List.of(
                "load",
                "--url",
                cloud.baseUrl(),
                "--reports",
                reports.toString(),
                SCENARIOS.resolve(scenario + ".js").toString(),
                "--",
                "--quiet"));
        environment.forEach(value -> command.addAll(List.of("--env", value)));
        return ParleyCommand.run(command.toArray(String[]::new));
    }
}
