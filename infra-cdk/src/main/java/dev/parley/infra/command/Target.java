package dev.parley.infra.command;

import dev.parley.infra.emulator.Emulation;
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
            description = "Not AWS but an emulator of it on this machine, which localstack/compose.yml starts.")
    private boolean local;

    @Option(
            names = "--emulator",
            paramLabel = "URL",
            defaultValue = Emulator.DEFAULT_ENDPOINT,
            showDefaultValue = picocli.CommandLine.Help.Visibility.ALWAYS,
            description = "Where the emulator is, with --local.")
    private URI emulatorUrl = URI.create(Emulator.DEFAULT_ENDPOINT);

    @Option(
            names = "--emulator-inside",
            paramLabel = "URL",
            description = "Where functions reach the emulator from their containers (default: http://floci:4566, or"
                    + " http://localstack:4566).")
    private @Nullable URI inside;

    @Option(
            names = "--emulator-database",
            paramLabel = "JDBC-URL",
            defaultValue = Emulator.DEFAULT_DATABASE,
            showDefaultValue = picocli.CommandLine.Help.Visibility.ALWAYS,
            description = "Where functions reach PostgreSQL 17; its user and password are both parley.")
    private String database = Emulator.DEFAULT_DATABASE;

    @Option(
            names = "--emulator-cache",
            paramLabel = "URL",
            defaultValue = Emulator.DEFAULT_CACHE,
            showDefaultValue = picocli.CommandLine.Help.Visibility.ALWAYS,
            description = "Where functions reach Valkey or Redis, in cluster mode.")
    private URI cache = URI.create(Emulator.DEFAULT_CACHE);

    @Mixin
    private DeploymentOptions options = new DeploymentOptions();

    /**
     * What is deployed there.
     *
     * @throws CommandException if no Region is known
     */
    Parameters parameters() {
        if (local) {
            // Nothing watches a new version there that could take it back.
            return options.parameters(phase, Map.of("canary", "0"), Emulator.REGION);
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

    /** The emulator, or null for AWS itself. */
    @Nullable Emulator emulator() {
        return local ? new Emulator(emulatorUrl) : null;
    }

    /**
     * The emulator and what is beside it, or null for AWS itself.
     *
     * @throws CommandException if it does not answer, or an address cannot be used
     */
    @Nullable Emulation emulation() throws InterruptedException {
        Emulator emulator = emulator();
        return emulator == null ? null : emulator.emulation(inside, database, cache);
    }

    /** Variables that the CDK command line needs to go there. */
    Map<String, String> environment() {
        return local ? new Emulator(emulatorUrl).environment() : Map.of();
    }
}
