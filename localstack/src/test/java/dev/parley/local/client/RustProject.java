package dev.parley.local.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The crates.io client of the tests. {@code PARLEY_SERENITY_BOT} names its program; otherwise cargo builds it into the build
 * folder, where cargo is installed.
 */
final class RustProject {

    private static final String VARIABLE = "PARLEY_SERENITY_BOT";
    private static final Path MANIFEST = Path.of("src/test/rust/Cargo.toml");
    private static final Path TARGET = Path.of("target/rust");
    private static final int LOOK_SECONDS = 20;
    private static final int BUILD_MINUTES = 10;

    private RustProject() {}

    /** The program; empty where cargo is not installed. */
    static synchronized Optional<Path> program() throws IOException, InterruptedException {
        String named = System.getenv(VARIABLE);
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        if (!isInstalled()) {
            return Optional.empty();
        }
        build();
        return Optional.of(TARGET.resolve("debug/serenity-bot"));
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            Process cargo = new ProcessBuilder("cargo", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (cargo.waitFor(LOOK_SECONDS, TimeUnit.SECONDS)) {
                return cargo.exitValue() == 0;
            }
            cargo.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false; // no such program
        }
    }

    private static void build() throws IOException, InterruptedException {
        Files.createDirectories(TARGET);
        Path log = TARGET.resolve("cargo.log");
        Process cargo = new ProcessBuilder(List.of(
                        "cargo",
                        "build",
                        "--locked",
                        "--manifest-path",
                        MANIFEST.toString(),
                        "--target-dir",
                        TARGET.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!cargo.waitFor(BUILD_MINUTES, TimeUnit.MINUTES) || cargo.exitValue() != 0) {
            cargo.destroyForcibly();
            throw new IllegalStateException("cargo build failed: " + Files.readString(log));
        }
    }
}
