package dev.parley.infra.command;

import dev.parley.catalog.Routes;
import dev.parley.infra.ParleyApp;
import dev.parley.infra.assembly.CloudAssembly;
import dev.parley.infra.emulator.Emulation;
import dev.parley.infra.phase.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Writes cloud assemblies, offline and without an account. */
final class Synthesizer {

    /** The package of the functions, seen from the project's directory, which commands run in. */
    static final Path PACKAGE = Path.of("functions", "target", "parley-functions.zip");

    private final Path functions;

    /** @param functions the package of the functions */
    Synthesizer(Path functions) {
        this.functions = functions;
    }

    /**
     * Synthesizes a deployment into a directory, which is emptied first if it holds an earlier assembly.
     *
     * @throws CommandException if the functions are not packaged, the directory holds something else, or a rule of cdk-nag is broken
     */
    CloudAssembly write(Parameters parameters, Path directory) {
        return write(directory, () -> ParleyApp.synthesize(parameters, functions, Routes.http(), directory));
    }

    /** The same for a deployment to an emulator. */
    CloudAssembly writeEmulated(Parameters parameters, Emulation emulation, Path directory) {
        return write(directory, () -> ParleyApp.synthesizeEmulated(parameters, emulation, functions, directory));
    }

    private CloudAssembly write(Path directory, Runnable synthesis) {
        if (!Files.exists(functions)) {
            throw new CommandException("The functions are not packaged: " + functions + " does not exist. Run"
                    + " ./parley from the project's directory, or mvn -pl functions -am package there.");
        }
        empty(directory);
        System.err.println("parley: synthesizing, which takes half a minute or so");
        long start = System.nanoTime();
        synthesis.run();
        CloudAssembly assembly = CloudAssembly.read(directory);
        System.err.printf(
                Locale.ROOT,
                "parley: %d stacks in %.0f s%n",
                assembly.stacks().size(),
                (System.nanoTime() - start) / 1e9);
        List<String> errors = assembly.errors();
        if (!errors.isEmpty()) {
            throw new CommandException("The templates break rules:\n  " + String.join("\n  ", errors));
        }
        return assembly;
    }

    /** Megabytes of the package of the functions. */
    double packageMegabytes() {
        try {
            return Files.size(functions) / 1e6;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void empty(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        if (!Files.isDirectory(directory)) {
            throw new CommandException(directory + " is a file. Name a directory for the output.");
        }
        try {
            if (!Files.exists(directory.resolve("manifest.json"))) {
                try (Stream<Path> files = Files.list(directory)) {
                    if (files.findAny().isPresent()) {
                        throw new CommandException(directory + " holds something else than a cloud assembly. Name an"
                                + " empty directory for the output, or one that does not exist yet.");
                    }
                }
            }
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    if (!file.equals(directory)) {
                        Files.delete(file);
                    }
                }
            }
        } catch (IOException e) {
            throw new CommandException("Cannot empty " + directory + ": " + e.getMessage(), e);
        }
    }
}
