package dev.parley.local.load;

import picocli.CommandLine.Option;

/** How many sessions a drill of many has. */
final class DrillSessions {

    /** A process has 20,000 files on many machines. */
    private static final int MOST = 18_000;

    @Option(names = "--sessions", paramLabel = "N", defaultValue = "10000", description = "Sessions, up to 18000.")
    private int sessions;

    void check(DrillOutput output) {
        output.require(sessions >= 1 && sessions <= MOST, "--sessions is 1 to " + MOST);
    }

    int count() {
        return sessions;
    }
}
