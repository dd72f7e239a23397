package dev.parley.local.load;

import dev.parley.local.command.ErrorLine;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the drills: {@code ./parley drill}. */
@Command(
        name = "./parley drill",
        description = "Put a whole system through what it should survive, and measure it.",
        synopsisSubcommandLabel = "DRILL",
        subcommands = {
            FaultsDrill.class,
            ResumeDrill.class,
            GuildDrill.class,
            RestoreDrill.class,
            FailoverDrill.class,
            RedisDrill.class,
            RegionDrill.class
        },
        mixinStandardHelpOptions = true)
public final class DrillCommand {

    private DrillCommand() {}

    /** Runs a drill and exits with its code. */
    public static void main(String[] args) {
        CommandLine command = line();
        if (args.length == 0) {
            command.usage(System.out);
            return;
        }
        System.exit(command.execute(args));
    }

    /** The command line, with the drills and their options. */
    public static CommandLine line() {
        return new CommandLine(new DrillCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new ErrorLine());
    }
}
