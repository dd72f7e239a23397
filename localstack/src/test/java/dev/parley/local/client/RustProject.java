package dev.parley.local.client;

import dev.parley.local.program.Installation;
import dev.parley.local.program.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The crates.io client of the tests. {@code PARLEY_SERENITY_BOT} names its program; otherwise cargo builds it into the build
 * folder, where cargo is installed.
 */
final class RustProject {

    private static final String VARIABLE = "PARLEY_SERENITY_BOT";
    private static final String MANIFEST = "src/test/rust/Cargo.toml";
    private static final Path TARGET = Path.of("target/rust");
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);

    private RustProject() {}

    /** The program; empty where cargo is not installed. */
    static Optional<Path> program() throws IOException, InterruptedException {
        String named = System.getenv(VARIABLE);
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        if (!Program.works(List.of("cargo", "--version"))) {
            return Optional.empty();
        }
        Installation.alone("rust", RustProject::build);
        return Optional.of(TARGET.resolve("debug/serenity-bot"));
    }

    private static void build() throws IOException, InterruptedException {
        Program.run(
                List.of("cargo", "build", "--locked", "--manifest-path", MANIFEST, "--target-dir", TARGET.toString()),
                Path.of("."),
                Map.of(),
                BUILD_LIMIT);
    }
}
