package dev.parley.infra.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.infra.phase.Parameters;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CloudCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void phasesGivesEveryPhaseWithItsNumbersToAProgram() throws IOException {
        int code = run("phases", "--json");

        assertThat(code).isZero();
        JsonNode phases = new ObjectMapper().readTree(out.toString());
        assertThat(phases.findValuesAsText("phase")).containsExactly("mvp", "growth", "scale", "enterprise");
        assertThat(phases.path(1).path("database").path("readers").asInt()).isEqualTo(2);
        assertThat(phases.path(0).path("idleUsdPerMonth").path("total").asDouble())
                .isPositive();
    }

    @Test
    void phasesShowsATable() {
        assertThat(run("phases")).isZero();
        assertThat(out.toString()).contains("mvp").contains("enterprise").contains("idle $/month");
    }

    @Test
    void costGivesABillWithItsPartsToAProgram() throws IOException {
        assertThat(run("cost", "--users", "50000", "--online", "0.2", "--json")).isZero();

        JsonNode cost = new ObjectMapper().readTree(out.toString());
        assertThat(cost.path("phase").asText()).isEqualTo("growth");
        assertThat(cost.path("work").path("connections").asDouble()).isEqualTo(10_000);
        JsonNode usd = cost.path("usdPerMonth");
        double parts = 0;
        for (JsonNode part : usd.path("parts")) {
            parts += part.path("usd").asDouble();
        }
        assertThat(usd.path("total").asDouble()).isPositive().isEqualTo(parts, within(0.01));
        assertThat(cost.path("levers")).isNotEmpty();
    }

    @Test
    void costShowsATableAndWhatWouldChangeIt() {
        assertThat(run("cost", "--users", "3000000")).isZero();
        assertThat(out.toString())
                .contains("phase enterprise")
                .contains("$/month")
                .contains("heartbeats answered by API Gateway itself")
                .contains("is made for 2,000,000 users");
    }

    @ParameterizedTest
    @ValueSource(strings = {"synth", "deploy", "diff", "destroy", "phases", "cost", "doctor"})
    void everyCommandHasHelp(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: ./parley " + command);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "synth --phase large | 'large' is none of mvp, growth, scale, enterprise",
                "synth --all --phase mvp | exclude each other",
                "synth --region somewhere | does not look like one",
                "deploy --region eu-west-1 --phase scale | it takes the domain, and hostedZone",
                "cost --users 0 | users is from 1 to",
                "cost --users 5 --online 2 | online is from 0 to 1, and not 2",
                "cost --users 5 --phase large | 'large' is none of mvp",
                "deploy --region eu-west-1 --domain chat.example.com | domain and hostedZone are given together",
            })
    void argumentsThatCannotBeUsedSayWhatWouldDo(String arguments, String message) {
        assertThat(run(arguments.split(" "))).isEqualTo(CloudCommand.BAD_ARGUMENTS);
        assertThat(err.toString()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "synth -c size=large | There is no parameter size; there are name, phase",
                "synth --name One -c name=Two | given twice",
            })
    void parametersThatAreNoneAreRefused(String arguments, String message) {
        assertThat(run(arguments.split(" "))).isEqualTo(CloudCommand.USER_ERROR);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void aPackageThatIsNotBuiltIsOneClearLine(@TempDir Path directory) {
        // The tests run in infra-cdk, from where the package cannot be seen.
        assertThat(run("synth", "--out", directory.toString())).isEqualTo(CloudCommand.USER_ERROR);
        assertThat(err.toString().strip()).contains("not packaged").hasLineCount(1);
    }

    @Test
    void aFolderWithSomethingElseIsNotEmptied(@TempDir Path directory) throws IOException {
        // Given
        Path thesis = Files.writeString(directory.resolve("thesis.txt"), "years of work");
        Path code = Files.createDirectory(directory.resolve("code"));

        // When
        CommandException refused = assertThrows(
                CommandException.class,
                () -> new Synthesizer(code).write(Parameters.read(key -> null, null), directory));

        // Then
        assertThat(refused).hasMessageContaining("holds something else");
        assertThat(thesis).hasContent("years of work");
    }

    private int run(String... arguments) {
        CommandLine line = CloudCommand.line();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
