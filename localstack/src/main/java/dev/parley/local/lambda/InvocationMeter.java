package dev.parley.local.lambda;

import java.time.Duration;

/** Hears of every invocation that ran, for the bill and the metrics. Implementations are thread-safe and return at once. */
@FunctionalInterface
public interface InvocationMeter {

    /**
     * An invocation ended.
     *
     * @param function the function's name
     * @param took how long it ran; Lambda bills this, rounded up to the next millisecond
     * @param ok whether the function answered; false when it threw, timed out or answered too much
     */
    void invoked(String function, Duration took, boolean ok);

    /** An invocation was refused since too many run already. */
    default void throttled(String function) {}

    /** A meter that counts nothing. */
    static InvocationMeter none() {
        return (function, took, ok) -> {};
    }
}
