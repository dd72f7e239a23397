package dev.parley.manual;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands as somebody at a terminal does, in bash. */
final class Shell {

    private static final int SECONDS = 60;

    private final Path folder;
    private final Map<String, String> environment;

    /** What a command printed, to both outputs, and its exit code. */
    record Result(int code, String output) {}

    Shell(Path folder) {
        this(folder, Map.of());
    }

    /** A shell in a folder that has more variables than this process. */
    Shell(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    /** Runs a script that stops at the first command that fails. */
    Result run(String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of("bash", "-euc", script))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(new HashMap<>(environment));
        Process process = builder.start();
        process.getOutputStream().close();
        Thread watchdog = Thread.ofVirtual().start(() -> stopLate(process));
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } finally {
            watchdog.interrupt();
        }
    }

    private static void stopLate(Process process) {
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
