package dev.parley.local.load;

import picocli.CommandLine.Option;

/** How far behind the replica is that takes over. */
final class DrillReplica {

    @Option(
            names = "--behind",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "Cut the replica off so long before the loss, 0 to 60 and less than --seconds.")
    private double behind;

    void check(DrillOutput output, DrillWriting writing) {
        output.require(
                behind >= 0 && behind <= 60 && behind < writing.seconds(),
                "--behind is 0 to 60, and less than --seconds");
    }

    double behind() {
        return behind;
    }
}
