package dev.parley.local.load;

import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every drill prints, and how. */
final class DrillOutput {

    /** Exit code when a promise was broken. */
    private static final int BROKEN = 1;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec drill;

    @Option(names = "--json", description = "Print one JSON object in place of the table.")
    private boolean json;

    /** Takes a line now and then, for people who wait. */
    Consumer<String> progress() {
        return drill.commandLine().getErr()::println;
    }

    /** Prints what was found; gives the exit code. */
    int print(DrillResult result) {
        drill.commandLine().getOut().println(json ? result.report().json().toPrettyString() : result);
        if (json && !result.passed()) {
            drill.commandLine().getErr().println(result);
        }
        return result.passed() ? 0 : BROKEN;
    }

    /**
     * Refuses options that cannot be.
     *
     * @throws ParameterException unless the condition holds
     */
    void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(drill.commandLine(), otherwise);
        }
    }
}
