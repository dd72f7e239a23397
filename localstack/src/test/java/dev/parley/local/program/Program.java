package dev.parley.local.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that a test runs to its end. */
public final class Program {

    private static final Duration LOOK = Duration.ofSeconds(30);

    private Program() {}

    /** Whether a command is there and ends well within half a minute; for questions such as {@code cargo --version}. */
    public static boolean works(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(LOOK.toSeconds(), TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // no such program
        }
    }

    /**
     * Runs a command.
     *
     * @param environment what is added to this process's own
     * @return what it printed
     * @throws AssertionError with what it printed, if it fails or takes longer than the limit; it and its children are gone then
     */
    public static String run(List<String> command, Path folder, Map<String, String> environment, Duration limit)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile("parley-program", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            String printed = Files.readString(log);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(
                        String.join(" ", command) + (ended ? " failed:\n" : " did not end:\n") + printed);
            }
            return printed;
        } finally {
            Files.delete(log);
        }
    }
}
