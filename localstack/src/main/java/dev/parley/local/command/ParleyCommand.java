package dev.parley.local.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line. */
@Command(
        name = "./parley",
        description = "A Discord-compatible chat backend for your own AWS account, and for this machine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {UpCommand.class, LoadCommand.class, ShardsCommand.class, HelpCommand.class},
        mixinStandardHelpOptions = true)
public final class ParleyCommand {

    /** Exit code for what the user can put right: a taken port, a folder in use. */
    static final int USER_ERROR = 1;

    private ParleyCommand() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] args) {
        // Before the first logger is made.
        System.setProperty("log4j2.configurationFile", "classpath:parley-local-log4j2.xml");
        System.exit(run(args));
    }

    /** Runs a command. */
    static int run(String... args) {
        CommandLine command = line();
        if (args.length == 0) {
            command.usage(System.out);
            return 0;
        }
        return command.execute(args);
    }

    /** The command line, with its commands and their options. */
    public static CommandLine line() {
        return new CommandLine(new ParleyCommand()).setExecutionExceptionHandler(new ErrorLine());
    }
}
