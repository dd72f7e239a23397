package dev.parley.infra.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.infra.assembly.CloudAssembly;
import dev.parley.infra.phase.Parameters;
import dev.parley.infra.phase.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/** The assemblies of all phases, synthesized with a package of one empty file. */
final class PhaseAssemblies {

    private PhaseAssemblies() {}

    /** Synthesizes all phases below a directory. */
    static Map<Phase, CloudAssembly> in(Path directory) throws IOException {
        Path code = Files.createDirectory(directory.resolve("code"));
        Files.writeString(code.resolve("empty"), "");
        Map<Phase, CloudAssembly> assemblies = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            Map<String, String> context = phase.profile().edge()
                    ? Map.of("phase", phase.title(), "domain", "chat.example.com", "hostedZone", "Z0123456789EXAMPLE")
                    : Map.of("phase", phase.title());
            CloudAssembly assembly =
                    new Synthesizer(code).write(Parameters.read(context::get, null), directory.resolve(phase.title()));
            // What the assembly lists is all that was written.
            try (Stream<Path> files = Files.list(assembly.directory())) {
                assertThat(assembly.stacks())
                        .hasSize(Math.toIntExact(
                                files.filter(file -> file.toString().endsWith(".template.json"))
                                        .count()));
            }
            assemblies.put(phase, assembly);
        }
        return assemblies;
    }
}
