package dev.parley.local.bill;

import java.util.function.LongSupplier;

/** How long connections have been open, all together. Thread-safe. */
final class ConnectionTime {

    private static final double NANOS_A_MINUTE = 60e9;

    private final LongSupplier nanoTime;

    // Guarded by this.
    private int open;
    private long changed;
    private double minutes;

    /** @param nanoTime as {@link System#nanoTime} */
    ConnectionTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        changed = nanoTime.getAsLong();
    }

    synchronized void opened() {
        pass();
        open++;
    }

    synchronized void closed() {
        pass();
        open--;
    }

    synchronized double minutes() {
        pass();
        return minutes;
    }

    private void pass() {
        long now = nanoTime.getAsLong();
        minutes += open * ((now - changed) / NANOS_A_MINUTE);
        changed = now;
    }
}
