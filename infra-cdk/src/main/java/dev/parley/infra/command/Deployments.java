package dev.parley.infra.command;

import dev.parley.infra.assembly.CloudAssembly;
import dev.parley.infra.phase.Parameters;
import java.nio.file.Path;

/** Where the assemblies are that the commands hand to the CDK command line. */
final class Deployments {

    /** The CDK app's folder, seen from the project's directory. */
    static final Path FOLDER = Path.of("infra-cdk");

    private Deployments() {}

    /** Synthesizes a deployment where it does not get in the way of another one, or of {@code ./parley synth}. */
    static CloudAssembly synthesize(Parameters parameters) {
        Path directory = FOLDER.resolve(Path.of(
                "target",
                "deployments",
                parameters.name() + "-" + parameters.phase().title(),
                "assembly"));
        return new Synthesizer(Synthesizer.PACKAGE).write(parameters, directory);
    }
}
