package dev.parley.local;

import java.time.Duration;

/** Hears of the steps of a start, and of what happens later. Called by one thread at a time. */
@FunctionalInterface
public interface StartProgress {

    /**
     * A step is done.
     *
     * @param step what was done
     * @param took how long it took
     */
    void done(String step, Duration took);

    /** Something has happened since the start that whoever looks on should know. */
    default void happened(String line) {}

    /** Hears nothing. */
    static StartProgress none() {
        return (step, took) -> {};
    }
}
