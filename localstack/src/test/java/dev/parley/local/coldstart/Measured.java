package dev.parley.local.coldstart;

import dev.parley.catalog.FunctionSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What was measured of a function.
 *
 * @param timings of each round
 * @param censuses of one process more, whose logging of classes takes time
 * @param answer the first answer of that process with a snapshot; empty if nothing here makes the function run
 */
record Measured(FunctionSpec function, Map<Start, List<Timing>> timings, Map<Start, Census> censuses, String answer) {

    double median(Start start, ToDoubleFunction<Timing> time) {
        return median(timings.get(start).stream().mapToDouble(time).toArray());
    }

    Census census(Start start) {
        return censuses.get(start);
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
