package dev.parley.local.coldstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.Functions;
import dev.parley.protocol.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One round of the benchmark. What it measures depends on the machine; that it measures what it says does not. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the Lambda runtime client has a native library for Linux only")
class ColdStartsTest {

    @TempDir
    private Path folder;

    @Test
    void measuresTheFirstMessageBesideHelloWorld() throws Exception {
        // Given
        FunctionSpec createMessage = Functions.all().stream()
                .filter(function -> function.name().equals("CreateMessage"))
                .findFirst()
                .orElseThrow();
        TaskFolder parley = TaskFolder.ofClassPath(folder.resolve("task"));

        // When
        List<Measured> measured;
        try (ColdStarts starts = new ColdStarts(parley, folder, line -> {})) {
            measured = starts.measure(List.of(ColdStarts.HELLO, createMessage), 1);
        }

        // Then
        Measured hello = measured.getFirst();
        Measured message = measured.getLast();
        assertThat(measured).allSatisfy(ColdStartsTest::hasPositiveNumbers);
        assertThat(Json.parse(hello.answer()).path("body").asText()).isEqualTo("hello, world");
        JsonNode answer = Json.parse(message.answer());
        assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
        assertThat(Json.parse(answer.path("body").asText()).path("id").asText()).matches("\\d{15,}");
        assertThat(message.census(Start.SNAP_START).classes())
                .as("classes that priming has loaded beside those of an init without it")
                .isGreaterThan(message.census(Start.ON_DEMAND).classes() + 500);
        assertThat(message.census(Start.SNAP_START).late())
                .as("classes that are left to load")
                .hasSizeLessThan(message.census(Start.ON_DEMAND).late().size() / 2);
        assertThat(namesOf("HelloWorld"))
                .filteredOn(name -> name.startsWith("dev.parley"))
                .containsExactly(HelloWorld.class.getName());
        assertThat(namesOf("CreateMessage")).contains("dev.parley.Parley");
        assertThat(Files.readAllLines(folder.resolve("CreateMessage.out")))
                .filteredOn(line -> line.contains("\"cold_start\""))
                .as("first answers: two processes have one, and two another after the hook that follows a restore")
                .hasSize(6);

        // When
        ColdStartReport report = new ColdStartReport(parley, measured, 1, 0, 0, true);

        // Then
        assertThat(report.text()).contains("HelloWorld", "CreateMessage", "x hello");
        assertThat(report.json()
                        .path("functions")
                        .get(1)
                        .path("first_answer_times_hello")
                        .asDouble())
                .isPositive();
    }

    private static void hasPositiveNumbers(Measured one) {
        for (Start start : Start.values()) {
            assertThat(one.timings().get(start)).singleElement().satisfies(timing -> {
                assertThat(timing.init()).isPositive();
                assertThat(timing.first()).isPositive();
                assertThat(timing.warm()).isPositive();
            });
            Census census = one.census(start);
            assertThat(census.classes()).isPositive();
            assertThat(census.memory().heapKib()).isPositive();
            assertThat(census.memory().metaspaceKib()).isPositive();
            assertThat(census.memory().residentKib())
                    .isGreaterThan(census.memory().heapKib());
        }
        // The runtime asked for its first event after the restore, and before it answered: its hooks lie between.
        Timing restored = one.timings().get(Start.SNAP_START).getFirst();
        assertThat(restored.ready()).isPositive().isLessThan(restored.first());
    }

    private List<String> namesOf(String function) throws Exception {
        return new LoadedClasses(folder.resolve(function + "-snap-start.classes")).names();
    }
}
