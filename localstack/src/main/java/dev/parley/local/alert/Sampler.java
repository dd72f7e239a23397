package dev.parley.local.alert;

import java.time.Duration;

/** Has a board measure every 15 s. Thread-safe. */
public final class Sampler implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(15);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final Thread thread;

    /** Begins at once. */
    public Sampler(AlertBoard board) {
        thread = Thread.ofPlatform().daemon().name("alert-sampler").start(() -> repeat(board));
    }

    /** Ends; a measurement under way has a few seconds to end. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(CLOSE_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void repeat(AlertBoard board) {
        long next = System.nanoTime();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                board.sample();
                next = Math.max(next + PAUSE.toNanos(), System.nanoTime());
                Thread.sleep(Duration.ofNanos(next - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
