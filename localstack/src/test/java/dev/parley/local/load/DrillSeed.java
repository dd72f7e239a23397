package dev.parley.local.load;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** The number that decides what is left to chance in a drill, for the same again. */
final class DrillSeed {

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What comes when, and who says what (default: a new one, which is printed).",
            showDefaultValue = Visibility.NEVER)
    private @Nullable Long seed;

    /** The one that was given, or a new one. */
    long chosen() {
        return seed == null ? new SecureRandom().nextInt(1_000_000_000) : seed;
    }
}
