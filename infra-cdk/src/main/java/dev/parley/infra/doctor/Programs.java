package dev.parley.infra.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The programs of this machine. */
final class Programs {

    /** A program that starts a JVM or a Python on a busy machine is slow. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final int OUTPUT_LIMIT = 16_384;

    private final Map<String, String> environment;
    private final List<Path> folders;

    /**
     * The programs on the path of an environment, and in the folders where Go and Debian put some that are on no path.
     *
     * @param environment variables; {@code PATH} and {@code HOME} are read
     */
    Programs(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        Stream<String> path = Stream.of(environment.getOrDefault("PATH", "").split(":"));
        Stream<String> more = Stream.of(environment.getOrDefault("HOME", "") + "/go/bin", "/usr/sbin");
        folders = Stream.concat(path, more)
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList();
    }

    /** A variable, or empty where it is not set or is blank. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** Where a program is; a name with a slash is a path. */
    Optional<Path> find(String name) {
        if (name.contains("/")) {
            return Optional.of(Path.of(name)).filter(Files::isExecutable);
        }
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What a program prints, without its warnings; empty if it cannot be started, fails, or does not end in time. */
    Optional<String> output(Path program, List<String> arguments) throws InterruptedException {
        List<String> command =
                Stream.concat(Stream.of(program.toString()), arguments.stream()).toList();
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().clear();
            builder.environment().putAll(environment);
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            return Optional.empty();
        }
        Thread watchdog = Thread.ofVirtual().start(() -> stopLate(process));
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readNBytes(OUTPUT_LIMIT), StandardCharsets.UTF_8);
            boolean done = process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
            return done ? Optional.of(text) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } finally {
            process.destroyForcibly();
            watchdog.interrupt();
        }
    }

    private static void stopLate(Process process) {
        try {
            if (!process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
