package dev.parley.local.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The client for browsers as an npm project: what checks it is installed once, and run from here. */
public final class WebProject {

    private static final Path FOLDER = Path.of("../web");
    private static final Path INSTALLED = FOLDER.resolve("node_modules/.package-lock.json");
    private static final List<String> CHROMIUM_NAMES =
            List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");
    private static final int INSTALL_MINUTES = 5;
    private static final int RUN_MINUTES = 10;

    private WebProject() {}

    /** The browser of the tests: what {@code PARLEY_CHROMIUM} names, or the first of its usual names on the path. */
    public static Optional<Path> chromium() {
        String named = System.getenv("PARLEY_CHROMIUM");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .flatMap(folder -> CHROMIUM_NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Test files of a folder below {@code web/test}. */
    static List<String> tests(String folder) throws IOException {
        try (var files = Files.list(FOLDER.resolve("test").resolve(folder))) {
            return files.map(Path::getFileName)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".test.mjs"))
                    .sorted()
                    .map(name -> "test/" + folder + "/" + name)
                    .toList();
        }
    }

    /** Installs what the lock file names, unless it is there. */
    public static synchronized void install() throws IOException, InterruptedException {
        Path lock = FOLDER.resolve("package-lock.json");
        if (!Files.exists(INSTALLED)
                || Files.getLastModifiedTime(INSTALLED).compareTo(Files.getLastModifiedTime(lock)) < 0) {
            run(List.of("npm", "ci", "--no-audit", "--no-fund"), Map.of(), INSTALL_MINUTES);
        }
    }

    /** Runs Node's test runner over files, one after the other. */
    public static void runTests(List<String> files, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", "--test", "--test-concurrency=1"));
        command.addAll(files);
        run(command, environment, RUN_MINUTES);
    }

    /**
     * Runs a command in the project.
     *
     * @throws AssertionError with what it printed, if it fails or takes longer than the minutes
     */
    static void run(List<String> command, Map<String, String> environment, int minutes)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile("parley-web", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            String printed = Files.readString(log);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(
                        String.join(" ", command) + (ended ? " failed:\n" : " did not end:\n") + printed);
            }
            printed.lines().filter(line -> line.contains("over the wire")).forEach(System.out::println);
        } finally {
            Files.delete(log);
        }
    }
}
