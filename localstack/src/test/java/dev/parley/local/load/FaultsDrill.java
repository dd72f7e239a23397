package dev.parley.local.load;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows that nothing is lost. */
@Command(
        name = "faults",
        description = "Break something every second while sessions listen and users talk: nothing may be lost.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class FaultsDrill implements Callable<Integer> {

    @Mixin
    private DrillOutput output = new DrillOutput();

    @Mixin
    private DrillSeed seed = new DrillSeed();

    @Option(names = "--minutes", paramLabel = "N", defaultValue = "3", description = "How long, 0.2 to 1440.")
    private double minutes;

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
        output.require(
                minutes >= 0.2 && minutes <= 1440 && sessions >= 1 && guilds >= 2 && senders >= guilds && rate > 0,
                "--minutes is 0.2 to 1440, --guilds at least 2, --senders at least as many");
        FaultRun.Options options = new FaultRun.Options(
                seed.chosen(), (int) Math.round(minutes * 60), sessions, guilds, senders, rate, !clientsOnly, large);
        return output.print(new FaultRun(options, output.progress()).run());
    }
}
