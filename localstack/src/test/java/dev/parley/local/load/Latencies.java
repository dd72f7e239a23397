package dev.parley.local.load;

import java.util.Arrays;

/**
 * Times between a message's first request and its receipts.
 *
 * <p>Thread-safe.
 */
final class Latencies {

    private long[] nanos = new long[1024];
    private int size;

    synchronized void add(long duration) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, size * 2);
        }
        nanos[size++] = duration;
    }

    synchronized int size() {
        return size;
    }

    synchronized void clear() {
        size = 0;
    }

    /** The time in ms that this share of all stayed within, 0 to 1; 0 when there is none. */
    synchronized double millis(double share) {
        if (size == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(size - 1, Math.round(share * (size - 1)))] / 1e6;
    }
}
