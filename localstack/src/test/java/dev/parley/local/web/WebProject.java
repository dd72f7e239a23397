package dev.parley.local.web;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.parley.local.program.Installation;
import dev.parley.local.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The client for browsers as an npm project: what checks it is installed once, and run from here. */
public final class WebProject {

    private static final Path FOLDER = Path.of("../web");
    private static final Path INSTALLED = FOLDER.resolve("node_modules/.package-lock.json");
    private static final List<String> CHROMIUM_NAMES =
            List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(5);
    private static final Duration RUN_LIMIT = Duration.ofMinutes(10);

    private WebProject() {}

    /** The browser of the tests: what {@code PARLEY_CHROMIUM} names, or the first of its usual names on the path. */
    private static Optional<Path> chromium() {
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

    /**
     * The same for a test that cannot do without.
     *
     * @throws org.opentest4j.TestAbortedException where there is none, with a word on how to get it
     */
    public static Path assumedChromium() {
        return chromium()
                .orElseGet(() ->
                        abort("Chromium is not installed (apt install chromium), or PARLEY_CHROMIUM does not name it"));
    }

    /** Installs what the lock file names, unless it is there. */
    public static void install() throws IOException, InterruptedException {
        Installation.alone("web", () -> {
            Path lock = FOLDER.resolve("package-lock.json");
            if (!Files.exists(INSTALLED)
                    || Files.getLastModifiedTime(INSTALLED).compareTo(Files.getLastModifiedTime(lock)) < 0) {
                run(List.of("npm", "ci", "--no-audit", "--no-fund"), Map.of(), INSTALL_LIMIT);
            }
        });
    }

    /** Runs Node's test runner over files, one after the other. */
    public static void runTests(List<String> files, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", "--test", "--test-concurrency=1"));
        command.addAll(files);
        run(command, environment, RUN_LIMIT);
    }

    /** Runs a command in the project, and prints what it says of the bytes that went over the wire. */
    static void run(List<String> command, Map<String, String> environment, Duration limit)
            throws IOException, InterruptedException {
        Program.run(command, FOLDER, environment, limit)
                .lines()
                .filter(line -> line.contains("over the wire"))
                .forEach(System.out::println);
    }
}
