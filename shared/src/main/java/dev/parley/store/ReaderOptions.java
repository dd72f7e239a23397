package dev.parley.store;

import java.time.Duration;

/**
 * How old what a reader shows may be.
 *
 * @param mostLag the oldest that is taken, 1 s to 1 min
 */
public record ReaderOptions(Duration mostLag) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** By which the clocks of the writer and of a reader may differ, with room: AWS keeps them together to a millisecond. */
    private static final Duration CLOCKS = Duration.ofSeconds(2);

    public ReaderOptions {
        if (mostLag.compareTo(SHORTEST) < 0 || mostLag.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A reader may lag 1 s to 1 min, not " + mostLag);
        }
    }

    /** How long a write keeps its place from readers: longer than any that is read from may lag. */
    public Duration pin() {
        return mostLag.plus(CLOCKS);
    }
}
