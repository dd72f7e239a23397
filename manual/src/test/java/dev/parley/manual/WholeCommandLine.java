package dev.parley.manual;

import dev.parley.infra.command.CloudCommand;
import dev.parley.local.command.ParleyCommand;
import dev.parley.local.load.DrillCommand;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** All commands of {@code ./parley}: those of the modules, and those that are in the launcher alone. */
final class WholeCommandLine {

    private WholeCommandLine() {}

    /** The model; its commands cannot all be run from it. */
    static CommandLine line() {
        CommandSpec spec = CommandSpec.create().name("parley");
        spec.usageMessage().description("A Discord-compatible chat backend.");
        CommandLine line = new CommandLine(spec);
        add(line, ParleyCommand.line(), "up", "load", "shards");
        line.addSubcommand("drill", DrillCommand.line());
        line.addSubcommand(
                "bench",
                launched(
                        "bench",
                        "Measure a part: how messages are sent, what reading costs, what a migration does meanwhile, what a"
                                + " message asks of the stores, how long functions take to start, or the parts that run for every message.",
                        "PART",
                        List.of("sender", "history", "migration", "counts", "coldstart", "hot")));
        line.addSubcommand(
                "test",
                launched(
                        "test",
                        "Run every test, and print their count; what follows is Maven's.",
                        "[MAVEN-OPTION...]",
                        List.of()));
        add(line, CloudCommand.line(), "doctor");
        line.addSubcommand(
                "completion",
                launched(
                        "completion",
                        "Print what makes a shell complete these commands.",
                        "SHELL",
                        List.of("bash", "zsh")));
        line.addSubcommand(
                "help",
                launched(
                        "help",
                        "Show the options of a command.",
                        "[COMMAND]",
                        List.copyOf(line.getSubcommands().keySet())));
        add(line, CloudCommand.line(), "phases", "cost", "synth", "deploy", "diff", "destroy");
        return line;
    }

    private static void add(CommandLine whole, CommandLine part, String... names) {
        for (String name : names) {
            whole.addSubcommand(name, part.getSubcommands().get(name));
        }
    }

    private static CommandLine launched(String name, String description, String label, List<String> candidates) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description);
        PositionalParamSpec.Builder parameter = PositionalParamSpec.builder()
                .paramLabel(label)
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class);
        if (!candidates.isEmpty()) {
            parameter.completionCandidates(candidates);
        }
        spec.addPositional(parameter.build());
        return new CommandLine(spec);
    }
}
