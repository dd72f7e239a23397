package dev.parley.local.load;

import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the drills: {@code ./parley drill}. */
@Command(
        name = "./parley drill",
        description = "Put a whole system through what it should survive, and measure it.",
        synopsisSubcommandLabel = "DRILL",
        subcommands = {DrillCommand.Faults.class, DrillCommand.Resume.class, DrillCommand.Guild.class},
        mixinStandardHelpOptions = true)
final class DrillCommand {

    /** Exit code when a promise was broken. */
    private static final int BROKEN = 1;

    private DrillCommand() {}

    /** Runs a drill and exits with its code. */
    public static void main(String[] args) {
        CommandLine command = new CommandLine(new DrillCommand());
        if (args.length == 0) {
            command.usage(System.out);
            return;
        }
        System.exit(command.execute(args));
    }

    /** What every drill prints, and how. */
    static final class Output {

        @Option(names = "--json", description = "Print one JSON object in place of the table.")
        private boolean json;

        int print(CommandSpec spec, DrillResult result) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? result.report().json().toPrettyString() : result);
            if (json && !result.passed()) {
                spec.commandLine().getErr().println(result);
            }
            return result.passed() ? 0 : BROKEN;
        }
    }

    /** Show that nothing is lost. */
    @Command(
            name = "faults",
            description = "Break something every second while sessions listen and users talk: nothing may be lost.",
            mixinStandardHelpOptions = true,
            showDefaultValues = true)
    static final class Faults implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Mixin
        private Output output = new Output();

        @Option(names = "--minutes", paramLabel = "N", defaultValue = "3", description = "How long, 0.2 to 1440.")
        private double minutes;

        @Option(
                names = "--seed",
                paramLabel = "N",
                description = "Which faults come when (default: a new one, which is printed).",
                showDefaultValue = CommandLine.Help.Visibility.NEVER)
        private @Nullable Long seed;

        @Option(names = "--sessions", paramLabel = "N", defaultValue = "200", description = "Sessions that listen.")
        private int sessions;

        @Option(names = "--guilds", paramLabel = "N", defaultValue = "20", description = "Guilds.")
        private int guilds;

        @Option(names = "--senders", paramLabel = "N", defaultValue = "60", description = "Users that talk.")
        private int senders;

        @Option(names = "--rate", paramLabel = "N", defaultValue = "60", description = "Messages a second, of all.")
        private double rate;

        @Option(
                names = "--large-guilds",
                description =
                        "Let the server take guilds for large from ten sessions on: events are delivered part by part.")
        private boolean large;

        @Option(
                names = "--clients-only",
                description = "Leave the server alone: clients cut their connections, and nothing else.")
        private boolean clientsOnly;

        @Override
        public Integer call() throws InterruptedException {
            if (!(minutes >= 0.2 && minutes <= 1440) || sessions < 1 || guilds < 2 || senders < guilds || rate <= 0) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--minutes is 0.2 to 1440, --guilds at least 2, --senders at least as many");
            }
            long chosen = seed == null ? new SecureRandom().nextInt(1_000_000_000) : seed;
            FaultRun.Options options = new FaultRun.Options(
                    chosen, (int) Math.round(minutes * 60), sessions, guilds, senders, rate, !clientsOnly, large);
            PrintWriter err = spec.commandLine().getErr();
            return output.print(spec, new FaultRun(options, err::println).run());
        }
    }

    /** Show that everybody can come back at once. */
    @Command(
            name = "resume",
            description = "Cut all sockets at once, and resume all sessions: without the database.",
            mixinStandardHelpOptions = true,
            showDefaultValues = true)
    static final class Resume implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Mixin
        private Output output = new Output();

        @Option(names = "--sessions", paramLabel = "N", defaultValue = "10000", description = "Sessions, up to 18000.")
        private int sessions;

        @Option(
                names = "--spread",
                paramLabel = "SECONDS",
                defaultValue = "5",
                description = "Clients come back at a random moment within this time.")
        private double spread;

        @Override
        public Integer call() throws InterruptedException, IOException, SQLException {
            checkSessions(spec, sessions);
            if (!(spread >= 0 && spread <= 60)) {
                throw new ParameterException(spec.commandLine(), "--spread is 0 to 60");
            }
            PrintWriter err = spec.commandLine().getErr();
            return output.print(
                    spec, new ResumeRun(sessions, Duration.ofMillis((long) (spread * 1000)), err::println).run());
        }
    }

    /** Show what a large guild costs. */
    @Command(
            name = "guild",
            description = "Send messages to one large guild: how fast, and at what cost.",
            mixinStandardHelpOptions = true,
            showDefaultValues = true)
    static final class Guild implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Mixin
        private Output output = new Output();

        @Option(names = "--sessions", paramLabel = "N", defaultValue = "10000", description = "Sessions, up to 18000.")
        private int sessions;

        @Option(names = "--messages", paramLabel = "N", defaultValue = "20", description = "Messages, one at a time.")
        private int messages;

        @Override
        public Integer call() throws InterruptedException {
            checkSessions(spec, sessions);
            if (messages < 1 || messages > 1000) {
                throw new ParameterException(spec.commandLine(), "--messages is 1 to 1000");
            }
            PrintWriter err = spec.commandLine().getErr();
            return output.print(spec, new GuildRun(sessions, messages, err::println).run());
        }
    }

    /** A process has 20,000 files on many machines. */
    private static void checkSessions(CommandSpec spec, int sessions) {
        if (sessions < 1 || sessions > 18_000) {
            throw new ParameterException(spec.commandLine(), "--sessions is 1 to 18000");
        }
    }
}
