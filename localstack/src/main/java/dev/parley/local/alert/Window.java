package dev.parley.local.alert;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What was measured within the last ten minutes, every 15 s. Not thread-safe.
 */
final class Window {

    /** Samples in a period of one minute. */
    static final int PERIOD = 4;

    /** Samples in five minutes. */
    static final int FIVE_MINUTES = 5 * PERIOD;

    /** Two times five minutes, and the sample that they begin with. */
    private static final int KEPT = 2 * FIVE_MINUTES + 1;

    private final Deque<Map<Measure, Double>> samples = new ArrayDeque<>();

    /** Adds what was measured now. */
    void add(Map<Measure, Double> sample) {
        samples.addLast(Map.copyOf(sample));
        if (samples.size() > KEPT) {
            samples.removeFirst();
        }
    }

    /** The last value. */
    OptionalDouble latest(Measure measure) {
        return at(measure, 0);
    }

    /** The value of so many samples ago; empty if there was none. */
    OptionalDouble at(Measure measure, int ago) {
        List<Map<Measure, Double>> all = new ArrayList<>(samples);
        int index = all.size() - 1 - ago;
        Double value = index < 0 ? null : all.get(index).get(measure);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** The mean of the last period. */
    OptionalDouble average(Measure measure) {
        List<Double> values = new ArrayList<>();
        for (int ago = 0; ago < PERIOD; ago++) {
            at(measure, ago).ifPresent(values::add);
        }
        return values.stream().mapToDouble(Double::doubleValue).average();
    }

    /** By how much a total grew in the last period. */
    OptionalDouble increase(Measure measure) {
        return increase(measure, PERIOD, 0);
    }

    /** By how much a total grew between two samples; empty if one of them is not there, or the total began anew. */
    OptionalDouble increase(Measure measure, int fromAgo, int toAgo) {
        OptionalDouble from = at(measure, fromAgo);
        OptionalDouble to = at(measure, toAgo);
        if (from.isEmpty() || to.isEmpty() || to.getAsDouble() < from.getAsDouble()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(to.getAsDouble() - from.getAsDouble());
    }
}
