package dev.parley.local.load;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows that the cache holds nothing that must not be lost. */
@Command(
        name = "redis",
        description = "Lose the cache and all that is in it while clients listen: they identify again, and nothing that"
                + " was answered is gone.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class RedisDrill implements Callable<Integer> {

    @Mixin
    private DrillOutput output = new DrillOutput();

    @Mixin
    private DrillSeed seed = new DrillSeed();

    @Option(names = "--sessions", paramLabel = "N", defaultValue = "60", description = "Clients, 5 to 2000.")
    private int sessions;

    @Option(names = "--away", paramLabel = "SECONDS", defaultValue = "3", description = "No cache for, 1 to 300.")
    private int away;

    @Option(
            names = "--heartbeat",
            paramLabel = "SECONDS",
            description = "Heartbeat interval of all clients, 5 to 300 (default: 270 s, and 41.25 s of discord.py).",
            showDefaultValue = Visibility.NEVER)
    private int heartbeat;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "20", description = "Messages a second, 1 to 60.")
    private double rate;

    @Override
    public Integer call() throws InterruptedException {
        boolean beats = heartbeat == 0 || (heartbeat >= 5 && heartbeat <= 300);
        output.require(
                sessions >= 5 && sessions <= 2000 && away >= 1 && away <= 300 && beats && rate >= 1 && rate <= 60,
                "--sessions is 5 to 2000, --away 1 to 300, --heartbeat 5 to 300, --rate 1 to 60");
        RedisRun.Options options = new RedisRun.Options(seed.chosen(), sessions, away, heartbeat, rate);
        return output.print(new RedisRun(options, output.progress()).run());
    }
}
