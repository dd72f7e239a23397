package dev.parley.local.metrics;

import dev.parley.local.alert.Measure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/** How long requests took, in the buckets of the histogram that Prometheus gets. Thread-safe. */
final class Latencies {

    /** The upper bounds of the buckets; a last one has none. */
    static final List<Duration> BOUNDS =
            Measure.LATENCY_BOUNDS.stream().map(Duration::ofMillis).toList();

    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.size() + 1);

    void add(Duration took) {
        int bucket = 0;
        while (bucket < BOUNDS.size() && took.compareTo(BOUNDS.get(bucket)) > 0) {
            bucket++;
        }
        counts.incrementAndGet(bucket);
    }

    /** How many requests each bucket has had since the start. */
    long[] counts() {
        long[] copy = new long[counts.length()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = counts.get(i);
        }
        return copy;
    }
}
