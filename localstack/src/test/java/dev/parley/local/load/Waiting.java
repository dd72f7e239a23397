package dev.parley.local.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Waits, and says now and then how far it is.
 *
 * @param progress takes a line after every 2 s
 */
record Waiting(Consumer<String> progress) {

    private static final Duration TELL_EVERY = Duration.ofSeconds(2);

    /** Waits for a condition; false if it does not hold in time. */
    boolean until(Duration longest, BooleanSupplier condition, Supplier<String> howFar) {
        AtomicLong next = new AtomicLong(System.nanoTime() + TELL_EVERY.toNanos());
        return Fleet.await(longest, () -> {
            if (condition.getAsBoolean()) {
                return true;
            }
            if (System.nanoTime() - next.get() > 0) {
                next.addAndGet(TELL_EVERY.toNanos());
                progress.accept("  " + howFar.get());
            }
            return false;
        });
    }

    /** What takes its time and gives something. */
    interface Work<T> {

        T run() throws InterruptedException;
    }

    /** What takes its time. */
    interface Task {

        void run() throws InterruptedException;
    }

    /** Does something, and says its name before and how long it has taken so far. */
    <T> T step(String name, Work<T> work) throws InterruptedException {
        progress.accept(name);
        long begun = System.nanoTime();
        Thread ticker = Thread.ofVirtual().name("ticker").start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(TELL_EVERY.toNanos());
                if (!Thread.currentThread().isInterrupted()) {
                    progress.accept("  for "
                            + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s");
                }
            }
        });
        try {
            return work.run();
        } finally {
            ticker.interrupt();
        }
    }

    /** As {@link #step(String, Work)}, for what gives nothing. */
    void step(String name, Task task) throws InterruptedException {
        var _ = step(name, () -> {
            task.run();
            return true;
        });
    }

    /** Lets some time pass. */
    void pause(double seconds, Supplier<String> howFar) {
        until(Duration.ofMillis((long) (seconds * 1000)), () -> false, howFar);
    }
}
