package dev.parley.local.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The PyPI client of the tests. The tests install nothing for it: {@code PARLEY_PYTHON} names a Python that has what {@code
 * requirements.txt} lists, or {@code python3} is one.
 */
final class PythonProject {

    static final Path SOURCES = Path.of("src/test/python");

    private static final String VARIABLE = "PARLEY_PYTHON";
    private static final int IMPORT_SECONDS = 30;

    private PythonProject() {}

    /** The command of a Python that can import discord.py; empty when there is none. */
    static Optional<String> interpreter() throws InterruptedException {
        String named = System.getenv(VARIABLE);
        String command = named == null || named.isBlank() ? "python3" : named;
        return imports(command) ? Optional.of(command) : Optional.empty();
    }

    private static boolean imports(String command) throws InterruptedException {
        try {
            Files.createDirectories(Path.of("target"));
            Process python = new ProcessBuilder(List.of(command, "-c", "import discord"))
                    .redirectErrorStream(true)
                    .redirectOutput(Path.of("target/python.log").toFile())
                    .start();
            if (python.waitFor(IMPORT_SECONDS, TimeUnit.SECONDS)) {
                return python.exitValue() == 0;
            }
            python.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false; // no such program
        }
    }
}
