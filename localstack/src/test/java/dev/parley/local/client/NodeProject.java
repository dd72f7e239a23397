package dev.parley.local.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The npm clients of the tests, installed once into the build folder. */
public final class NodeProject {

    private static final Path SOURCES = Path.of("src/test/node");
    private static final Path INSTALLED = Path.of("target/node-clients");
    private static final int INSTALL_MINUTES = 5;

    private NodeProject() {}

    /** The folder with the scripts and what they need. */
    public static synchronized Path installed() throws IOException, InterruptedException {
        Files.createDirectories(INSTALLED);
        boolean current = Files.isDirectory(INSTALLED.resolve("node_modules"))
                && same(SOURCES.resolve("package-lock.json"), INSTALLED.resolve("package-lock.json"));
        try (var files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                Files.copy(file, INSTALLED.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!current) {
            install();
        }
        return INSTALLED;
    }

    private static boolean same(Path one, Path other) throws IOException {
        return Files.exists(other) && Files.mismatch(one, other) == -1;
    }

    private static void install() throws IOException, InterruptedException {
        Path log = INSTALLED.resolve("npm.log");
        Process npm = new ProcessBuilder(List.of("npm", "ci", "--no-audit", "--no-fund"))
                .directory(INSTALLED.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES) || npm.exitValue() != 0) {
            npm.destroyForcibly();
            throw new IllegalStateException("npm ci failed: " + Files.readString(log));
        }
    }
}
