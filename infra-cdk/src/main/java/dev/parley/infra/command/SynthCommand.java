package dev.parley.infra.command;

import dev.parley.infra.assembly.CloudAssembly;
import dev.parley.infra.assembly.StackTemplate;
import dev.parley.infra.cost.IdleCost;
import dev.parley.infra.cost.IdleCostEstimator;
import dev.parley.infra.phase.Parameters;
import dev.parley.infra.phase.Phase;
import dev.parley.price.PriceList;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes the templates of a phase, or of all. */
@Command(
        name = "synth",
        description = "Write the CloudFormation templates of a phase, or of all of them. Needs no account.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./parley synth --all"})
final class SynthCommand implements Callable<Integer> {

    /** Stands in for a domain where a phase takes one; templates that have it are for looking at. */
    private static final Map<String, String> PLACEHOLDER =
            Map.of("domain", "chat.example.com", "hostedZone", "Z0123456789EXAMPLE");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--phase",
            paramLabel = "PHASE",
            converter = PhaseConverter.class,
            completionCandidates = PhaseConverter.class,
            description = "${COMPLETION-CANDIDATES} (default: mvp).")
    private @Nullable Phase phase;

    @Option(names = "--all", description = "All phases, each in a directory of its own.")
    private boolean all;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where they go (default: infra-cdk/cdk.out, and a directory in it for each phase).")
    private @Nullable Path out;

    @Mixin
    private DeploymentOptions options = new DeploymentOptions();

    @Override
    public Integer call() {
        if (all && phase != null) {
            throw new ParameterException(spec.commandLine(), "--all and --phase exclude each other");
        }
        PrintWriter print = spec.commandLine().getOut();
        Path root = out == null ? Path.of("infra-cdk", "cdk.out") : out;
        List<Phase> phases = all ? List.of(Phase.values()) : List.of(phase == null ? Phase.MVP : phase);
        Synthesizer synthesizer = new Synthesizer(Synthesizer.PACKAGE);
        IdleCostEstimator estimator = new IdleCostEstimator(PriceList.load());
        TextTable table = new TextTable(
                "phase", "stacks", "resources", "largest stack", "", "templates kB", "functions", "idle $/month");
        for (Phase one : phases) {
            Parameters parameters = parameters(one, print);
            long start = System.nanoTime();
            CloudAssembly assembly =
                    synthesizer.write(parameters, out != null && !all ? root : root.resolve(one.title()));
            print.printf(Locale.ROOT, "  %-12s %5.1f s%n", one.title(), (System.nanoTime() - start) / 1e9);
            print.flush();
            StackTemplate largest = assembly.largest();
            IdleCost cost = estimator.of(assembly);
            table.add(
                    one.title(),
                    Integer.toString(assembly.stacks().size()),
                    Integer.toString(assembly.resources()),
                    largest.name(),
                    Integer.toString(largest.resources()),
                    Long.toString(Math.round(assembly.templateBytes() / 1e3)),
                    Integer.toString(assembly.count("AWS::Lambda::Function")),
                    String.format(Locale.ROOT, "%,.0f", cost.total()));
        }
        print.println();
        print.print(table);
        print.printf(
                Locale.ROOT,
                "%nThe package of all functions has %.1f MB. The templates are in %s.%n",
                synthesizer.packageMegabytes(),
                root);
        return 0;
    }

    private Parameters parameters(Phase one, PrintWriter print) {
        if (one.profile().edge() && !options.hasDomain()) {
            print.printf("Phase %s takes a domain; its templates say %s.%n", one.title(), PLACEHOLDER.get("domain"));
            return options.parameters(one, PLACEHOLDER, null);
        }
        return options.parameters(one, Map.of(), null);
    }
}
