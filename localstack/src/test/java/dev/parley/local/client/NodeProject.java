package dev.parley.local.client;

import dev.parley.local.program.Installation;
import dev.parley.local.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The npm clients of the tests, installed once into the build folder. */
public final class NodeProject {

    private static final Path SOURCES = Path.of("src/test/node");
    private static final Path INSTALLED = Path.of("target/node-clients");
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(5);

    private NodeProject() {}

    /** The folder with the scripts and what they need. */
    public static Path installed() throws IOException, InterruptedException {
        Installation.alone("node-clients", NodeProject::install);
        return INSTALLED;
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(INSTALLED);
        boolean current = Files.isDirectory(INSTALLED.resolve("node_modules"))
                && same(SOURCES.resolve("package-lock.json"), INSTALLED.resolve("package-lock.json"));
        try (var files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                Path copy = INSTALLED.resolve(file.getFileName());
                if (!same(file, copy)) {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        if (!current) {
            Program.run(List.of("npm", "ci", "--no-audit", "--no-fund"), INSTALLED, Map.of(), INSTALL_LIMIT);
        }
    }

    private static boolean same(Path one, Path other) throws IOException {
        return Files.exists(other) && Files.mismatch(one, other) == -1;
    }
}
