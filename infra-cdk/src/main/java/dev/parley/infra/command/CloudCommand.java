package dev.parley.infra.command;

import dev.parley.infra.phase.InvalidParameterException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** The commands about the cloud. */
@Command(
        name = "./parley",
        description = "A Discord-compatible chat backend for your own AWS account.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SynthCommand.class,
            DeployCommand.class,
            DiffCommand.class,
            DestroyCommand.class,
            PhasesCommand.class,
            CostCommand.class,
            DoctorCommand.class
        },
        mixinStandardHelpOptions = true)
public final class CloudCommand {

    /** Exit code for what the user can put right. */
    static final int USER_ERROR = 1;

    /** Exit code for arguments that cannot be used. */
    static final int BAD_ARGUMENTS = 2;

    private CloudCommand() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] args) {
        System.exit(line().execute(args));
    }

    /** The command line, with its commands and their options. */
    public static CommandLine line() {
        return new CommandLine(new CloudCommand()).setExecutionExceptionHandler((failure, line, parsed) -> {
            String message = failure.getMessage();
            line.getErr()
                    .println(Ansi.AUTO.string("@|bold,red error:|@ ")
                            + (message == null ? failure.toString() : message));
            return failure instanceof InvalidParameterException ? BAD_ARGUMENTS : USER_ERROR;
        });
    }
}
