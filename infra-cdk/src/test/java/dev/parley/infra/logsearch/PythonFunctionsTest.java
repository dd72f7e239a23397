package dev.parley.infra.logsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the tests of the functions that are written in Python; they need a {@code python3} and nothing besides. */
class PythonFunctionsTest {

    private static final Path TESTS = Path.of("src", "test", "python", "log_search_test.py");
    private static final int TIMEOUT_SECONDS = 120;

    @Test
    void functionsOfTheLogSearchPassTheirTests(@TempDir Path directory) throws IOException, InterruptedException {
        // Given
        Path output = directory.resolve("output");
        Process python = new ProcessBuilder("python3", "-B", TESTS.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            // When
            boolean ended = python.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);

            // Then
            assertThat(ended).as("ends within " + TIMEOUT_SECONDS + " s").isTrue();
            assertThat(python.exitValue())
                    .as(Files.readString(output, StandardCharsets.UTF_8))
                    .isZero();
        } finally {
            python.destroyForcibly();
        }
    }
}
