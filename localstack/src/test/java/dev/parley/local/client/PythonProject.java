package dev.parley.local.client;

import dev.parley.local.program.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The PyPI client of the tests. The tests install nothing for it: {@code PARLEY_PYTHON} names a Python that has what {@code
 * requirements.txt} lists, or {@code python3} is one.
 */
final class PythonProject {

    static final Path SOURCES = Path.of("src/test/python");

    private static final String VARIABLE = "PARLEY_PYTHON";

    private PythonProject() {}

    /** The command of a Python that can import discord.py; empty when there is none. */
    static Optional<String> interpreter() throws InterruptedException {
        String named = System.getenv(VARIABLE);
        String command = named == null || named.isBlank() ? "python3" : named;
        return Program.works(List.of(command, "-c", "import discord")) ? Optional.of(command) : Optional.empty();
    }
}
