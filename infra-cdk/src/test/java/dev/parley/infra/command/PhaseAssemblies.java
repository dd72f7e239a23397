package dev.parley.infra.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.infra.assembly.CloudAssembly;
import dev.parley.infra.phase.Parameters;
import dev.parley.infra.phase.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the assemblies of all phases with all their stacks, synthesized with a package of one empty file. That takes a minute, so that all tests of
 * a run share them.
 */
public final class PhaseAssemblies implements ParameterResolver {

    /**
     * The assemblies of all phases. A phase with an edge has a domain; the others have none.
     *
     * @param byPhase not to be changed
     */
    public record Assemblies(Path directory, Map<Phase, CloudAssembly> byPhase) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Assemblies.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot()
                .getStore(Namespace.create(PhaseAssemblies.class))
                .computeIfAbsent(Assemblies.class, _ -> synthesize(), Assemblies.class);
    }

    private static Assemblies synthesize() {
        try {
            Path directory = Files.createTempDirectory("parley-phases");
            return new Assemblies(directory, in(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Phase, CloudAssembly> in(Path directory) throws IOException {
        Path code = Files.createDirectory(directory.resolve("code"));
        Files.writeString(code.resolve("empty"), "");
        Map<Phase, CloudAssembly> assemblies = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            Map<String, String> context =
                    new HashMap<>(Map.of("phase", phase.title(), "repository", "octo-org/parley"));
            if (phase.profile().edge()) {
                context.putAll(Map.of("domain", "chat.example.com", "hostedZone", "Z0123456789EXAMPLE"));
            }
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
