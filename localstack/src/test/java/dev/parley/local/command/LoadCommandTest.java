package dev.parley.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.InstalledPrograms;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudOptions;
import dev.parley.protocol.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private final StringWriter printed = new StringWriter();

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
    void aScenarioLosesNothingWritesAReportAndSaysWhatItWouldHaveCost(String scenario) throws IOException {
        // When
        int code = load(scenario, MINIATURE);

        // Then
        assertThat(code).isZero();
        try (Stream<Path> files = Files.list(reports)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(file -> file.startsWith(scenario) && file.endsWith(".html"))
                    .anyMatch(file -> file.startsWith(scenario) && file.endsWith(".json"));
        }
        saysWhatItCost(printed.toString());
    }

    @Test
    void aThresholdThatIsNotMetFailsTheRun() {
        // Given
        List<String> impossible = new ArrayList<>(MINIATURE);
        impossible.replaceAll(value -> value.startsWith("P99=") ? "P99=0" : value);

        // When
        int code = load("baseline", impossible, "--json");

        // Then
        assertThat(code).isEqualTo(THRESHOLDS_HAVE_FAILED);
        JsonNode result = Json.parse(printed.toString());
        assertThat(result.path("scenario").asText()).isEqualTo("baseline");
        assertThat(result.path("exit_code").asInt()).isEqualTo(THRESHOLDS_HAVE_FAILED);
        assertThat(result.path("processes")).hasSize(1);
        JsonNode process = result.path("processes").path(0);
        assertThat(Path.of(process.path("report").asText())).isRegularFile();
        assertThat(process.path("metrics").path("ws_sessions").path("count").asInt())
                .isEqualTo(24);
        assertThat(result.path("cost").path("usd").asDouble()).isPositive();
    }

    /** The last line of what a run prints says what it would have cost, and of what. */
    private static void saysWhatItCost(String printed) {
        List<String> lines = printed.lines().toList();
        assertThat(lines.getLast())
                .matches(
                        "cost in the cloud: \\$[0-9.]+ at list prices of us-east-1 of [0-9-]+: .*; functions timed on this machine; .*");
        Matcher messages =
                Pattern.compile("([0-9,]+) WebSocket messages \\$0\\.[0-9]{4}").matcher(lines.getLast());
        assertThat(messages.find()).isTrue();
        // 24 sessions are greeted at the least, and each hears of its guild.
        assertThat(Integer.parseInt(messages.group(1).replace(",", ""))).isGreaterThan(100);
    }

    private int load(String scenario, List<String> environment, String... options) {
        List<String> command = new ArrayList<>(List.of("load"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "--url",
                cloud.baseUrl(),
                "--reports",
                reports.toString(),
                SCENARIOS.resolve(scenario + ".js").toString(),
                "--",
                "--quiet"));
        environment.forEach(value -> command.addAll(List.of("--env", value)));
        return ParleyCommand.line().setOut(new PrintWriter(printed)).execute(command.toArray(String[]::new));
    }
}
