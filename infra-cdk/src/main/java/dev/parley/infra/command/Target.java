package dev.parley.infra.command;

import dev.parley.infra.phase.Parameters;
import dev.parley.infra.phase.Phase;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a command that goes to an account, or to an emulator of one. */
final class Target {

    @Option(
            names = "--phase",
            paramLabel = "PHASE",
            converter = PhaseConverter.class,
            completionCandidates = PhaseConverter.class,
            description = "${COMPLETION-CANDIDATES} (default: mvp).")
    private @Nullable Phase phase;

    @Option(
            names = "--local",
            description = "Not AWS but an emulator of it on this machine (localstack/compose.yml). The stacks are made"
                    + " there; its functions are still told the addresses that AWS would have.")
    private boolean local;

    @Option(
            names = "--emulator",
            paramLabel = "URL",
            defaultValue = Emulator.DEFAULT_ENDPOINT,
            showDefaultValue = picocli.CommandLine.Help.Visibility.ALWAYS,
            description = "Where the emulator is, with --local.")
    private URI emulatorUrl = URI.create(Emulator.DEFAULT_ENDPOINT);

    @Mixin
    private DeploymentOptions options = new DeploymentOptions();

    /**
     * What is deployed there.
     *
     * @throws CommandException if no Region is known
     */
    Parameters parameters() {
        if (local) {
            return options.parameters(phase, Map.of(), Emulator.REGION);
        }
        String region = options.region() != null
                ? options.region()
                : AwsAccount.region()
                        .orElseThrow(() ->
                                new CommandException("No Region is known. Name one with --region, or set AWS_REGION."));
        return options.parameters(phase, Map.of(), region);
    }

    /** The emulator's address, or null for AWS itself. */
    @Nullable URI endpoint() {
        return local ? emulatorUrl : null;
    }

    /** Variables that the CDK command line needs to go there. */
    Map<String, String> environment() {
        return local ? new Emulator(emulatorUrl).environment() : Map.of();
    }
}
