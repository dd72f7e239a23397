package dev.parley.infra.command;

import dev.parley.infra.assembly.CloudAssembly;
import dev.parley.infra.emulator.Emulation;
import dev.parley.infra.phase.Parameters;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the assemblies are that the commands hand to the CDK command line. */
final class Deployments {

    /** The CDK app's folder, seen from the project's directory. */
    static final Path FOLDER = Path.of("infra-cdk");

    private Deployments() {}

    /**
     * Synthesizes a deployment where it does not get in the way of another one, or of {@code ./parley synth}.
     *
     * @param emulation the emulator that it goes to; null for AWS
     */
    static CloudAssembly synthesize(Parameters parameters, @Nullable Emulation emulation) {
        Path directory = FOLDER.resolve(Path.of(
                "target",
                "deployments",
                parameters.name() + "-"
                        + (emulation == null ? parameters.phase().title() : "emulated"),
                "assembly"));
        Synthesizer synthesizer = new Synthesizer(Synthesizer.PACKAGE);
        return emulation == null
                ? synthesizer.write(parameters, directory)
                : synthesizer.writeEmulated(parameters, emulation, directory);
    }
}
