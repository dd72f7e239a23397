package dev.parley.local.alert;

import java.util.Map;

/** Measures some of what signals are computed from. Called by one thread; may block for a few seconds. */
@FunctionalInterface
public interface Probe {

    /** Adds what it finds; what it cannot find it leaves out. */
    void measure(Map<Measure, Double> into);
}
