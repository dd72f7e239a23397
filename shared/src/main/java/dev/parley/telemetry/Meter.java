package dev.parley.telemetry;

import dev.parley.catalog.MetricSpec;

/**
 * Takes the numbers that the system reports of itself. Recording is a matter of nanoseconds and never fails: it happens
 * with every delivery.
 *
 * <p>Implementations are thread-safe.
 */
public interface Meter {

    /**
     * Records a value. Of a count it is added to those before, of a gauge it takes their place, of a distribution it is one
     * more; all until the next {@link #flush}.
     *
     * @param metric one of {@link dev.parley.catalog.Metrics}
     * @param value in the metric's unit; not negative, and whole for a count
     */
    void record(MetricSpec metric, double value);

    /** Hands over what was recorded since the last time; nothing when nothing was. At the end of every invocation. */
    void flush();

    /** Keeps nothing. */
    static Meter none() {
        return new Meter() {
            @Override
            public void record(MetricSpec metric, double value) {}

            @Override
            public void flush() {}
        };
    }
}
