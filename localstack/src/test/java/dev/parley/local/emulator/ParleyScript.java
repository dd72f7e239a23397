package dev.parley.local.emulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The launcher, {@code ./parley}, as somebody at a terminal has it. */
final class ParleyScript {

    /** Two hundred functions in an emulator, and what has to be built before. */
    private static final Duration DEADLINE = Duration.ofMinutes(30);

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    private final Path log;

    /** @param log where what it prints goes */
    ParleyScript(Path log) {
        this.log = log;
    }

    /**
     * Runs a command to its end, and gives what it printed.
     *
     * @throws AssertionError with that, if it does not end with 0
     */
    String run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PROJECT.resolve("parley").toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(PROJECT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(
                        String.join(" ", command) + " takes more than " + DEADLINE + ":\n" + printed());
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(
                    String.join(" ", command) + " ended with " + process.exitValue() + ":\n" + printed());
        }
        return printed();
    }

    private String printed() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }
}
