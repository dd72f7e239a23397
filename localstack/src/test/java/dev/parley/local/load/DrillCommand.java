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
        subcommands = {
            DrillCommand.Faults.class,
            DrillCommand.Resume.class,
            DrillCommand.Guild.class,
            DrillCommand.Restore.class,
            DrillCommand.Failover.class,
            DrillCommand.Redis.class
        },
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

    /** How long and how fast a drill of the database writes. */
    static final class Writing {

        @Option(
                names = "--seconds",
                paramLabel = "N",
                defaultValue = "60",
                description = "How long users write before the database is lost, 4 to 3600.")
        private int seconds;

        @Option(
                names = "--rate",
                paramLabel = "N",
                defaultValue = "40",
                description = "Messages a second, of all users, 1 to 60.")
        private double rate;

        @Option(
                names = "--seed",
                paramLabel = "N",
                description = "What is written (default: a new one, which is printed).",
                showDefaultValue = CommandLine.Help.Visibility.NEVER)
        private @Nullable Long seed;

        void check(CommandSpec spec) {
            if (seconds < 4 || seconds > 3600 || !(rate >= 1 && rate <= 60)) {
                throw new ParameterException(spec.commandLine(), "--seconds is 4 to 3600, --rate is 1 to 60");
            }
        }

        long chosenSeed() {
            return seed == null ? new SecureRandom().nextInt(1_000_000_000) : seed;
        }
    }

    /** Show that a lost database comes back. */
    @Command(
            name = "restore",
            description =
                    "Lose the database and its disk under writes; restore it from a base backup and its log. Fails"
                            + " when RPO is 60 s or RTO 15 min.",
            mixinStandardHelpOptions = true,
            showDefaultValues = true)
    static final class Restore implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Mixin
        private Output output = new Output();

        @Mixin
        private Writing writing = new Writing();

        @Option(
                names = "--archive-seconds",
                paramLabel = "N",
                defaultValue = "10",
                description = "How often the log goes to the archive, 1 to 60: what is lost is no older.")
        private int archiveSeconds;

        @Override
        public Integer call() throws InterruptedException, SQLException {
            writing.check(spec);
            if (archiveSeconds < 1 || archiveSeconds > 60 || writing.seconds < 4 * archiveSeconds) {
                throw new ParameterException(
                        spec.commandLine(), "--archive-seconds is 1 to 60, and a quarter of --seconds at the most");
            }
            RestoreRun.Options options =
                    new RestoreRun.Options(writing.chosenSeed(), writing.seconds, writing.rate, archiveSeconds);
            PrintWriter err = spec.commandLine().getErr();
            return output.print(spec, new RestoreRun(options, err::println).run());
        }
    }

    /** Show that a replica takes over. */
    @Command(
            name = "failover",
            description =
                    "Lose the database under writes, and promote its replica. Fails when an acknowledged row is lost"
                            + " with synchronous commit, when RPO is 60 s, or RTO 15 min.",
            mixinStandardHelpOptions = true,
            showDefaultValues = true)
    static final class Failover implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Mixin
        private Output output = new Output();

        @Mixin
        private Writing writing = new Writing();

        @Option(names = "--asynchronous", description = "Acknowledge commits that the replica may not have.")
        private boolean asynchronous;

        @Option(
                names = "--behind",
                paramLabel = "SECONDS",
                defaultValue = "0",
                description = "Cut the replica off so long before the loss, 0 to 60 and less than --seconds.")
        private double behind;

        @Override
        public Integer call() throws InterruptedException, SQLException {
            writing.check(spec);
            if (!(behind >= 0 && behind <= 60) || behind >= writing.seconds) {
                throw new ParameterException(spec.commandLine(), "--behind is 0 to 60, and less than --seconds");
            }
            FailoverRun.Options options =
                    new FailoverRun.Options(writing.chosenSeed(), writing.seconds, writing.rate, !asynchronous, behind);
            PrintWriter err = spec.commandLine().getErr();
            return output.print(spec, new FailoverRun(options, err::println).run());
        }
    }

    /** Show that the cache holds nothing that must not be lost. */
    @Command(
            name = "redis",
            description =
                    "Lose the cache and all that is in it while clients listen: they identify again, and nothing that"
                            + " was answered is gone.",
            mixinStandardHelpOptions = true,
            showDefaultValues = true)
    static final class Redis implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Mixin
        private Output output = new Output();

        @Option(names = "--sessions", paramLabel = "N", defaultValue = "60", description = "Clients, 5 to 2000.")
        private int sessions;

        @Option(names = "--away", paramLabel = "SECONDS", defaultValue = "3", description = "No cache for, 1 to 300.")
        private int away;

        @Option(
                names = "--heartbeat",
                paramLabel = "SECONDS",
                description =
                        "Heartbeat interval of all clients, 5 to 300 (default: 270 s, and 41.25 s of discord.py).",
                showDefaultValue = CommandLine.Help.Visibility.NEVER)
        private int heartbeat;

        @Option(names = "--rate", paramLabel = "N", defaultValue = "20", description = "Messages a second, 1 to 60.")
        private double rate;

        @Option(
                names = "--seed",
                paramLabel = "N",
                description = "Who says what (default: a new one, which is printed).",
                showDefaultValue = CommandLine.Help.Visibility.NEVER)
        private @Nullable Long seed;

        @Override
        public Integer call() throws InterruptedException {
            boolean beats = heartbeat == 0 || (heartbeat >= 5 && heartbeat <= 300);
            if (sessions < 5 || sessions > 2000 || away < 1 || away > 300 || !beats || !(rate >= 1 && rate <= 60)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--sessions is 5 to 2000, --away 1 to 300, --heartbeat 5 to 300, --rate 1 to 60");
            }
            long chosen = seed == null ? new SecureRandom().nextInt(1_000_000_000) : seed;
            RedisRun.Options options = new RedisRun.Options(chosen, sessions, away, heartbeat, rate);
            PrintWriter err = spec.commandLine().getErr();
            return output.print(spec, new RedisRun(options, err::println).run());
        }
    }

    /** A process has 20,000 files on many machines. */
    private static void checkSessions(CommandSpec spec, int sessions) {
        if (sessions < 1 || sessions > 18_000) {
            throw new ParameterException(spec.commandLine(), "--sessions is 1 to 18000");
        }
    }
}
