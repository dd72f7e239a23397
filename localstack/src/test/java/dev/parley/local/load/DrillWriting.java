package dev.parley.local.load;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long and how fast users write before something is lost. */
final class DrillWriting {

    @Mixin
    private DrillSeed seed = new DrillSeed();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "How long users write before the loss, 4 to 3600.")
    private int seconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "40",
            description = "Messages a second, of all users, 1 to 60.")
    private double rate;

    void check(DrillOutput output) {
        output.require(
                seconds >= 4 && seconds <= 3600 && rate >= 1 && rate <= 60,
                "--seconds is 4 to 3600, --rate is 1 to 60");
    }

    int seconds() {
        return seconds;
    }

    double rate() {
        return rate;
    }

    long seed() {
        return seed.chosen();
    }
}
