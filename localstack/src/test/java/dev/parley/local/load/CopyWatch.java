package dev.parley.local.load;

import dev.parley.local.store.LocalStoreException;
import dev.parley.local.store.StreamingReplica;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks again and again how much of its primary's log a replica has, as the lag of a copy in another Region is measured: what was
 * committed before {@link #copiedUntil} must not be lost with the primary, and what came later may be.
 */
final class CopyWatch implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_QUESTION = Duration.ofSeconds(1);
    private static final Duration LONGEST_END = Duration.ofSeconds(30);

    private final StreamingReplica replica;
    private final Thread thread;
    private volatile Instant copiedUntil = Instant.MIN;
    private volatile boolean watching = true;

    /** Begins to watch a replica that follows its primary. */
    CopyWatch(StreamingReplica replica) {
        this.replica = replica;
        thread = Thread.ofVirtual().name("copy-watch").start(this::watch);
    }

    /** The newest moment of which the replica is known to have all; {@link Instant#MIN} before the first answer. */
    Instant copiedUntil() {
        return copiedUntil;
    }

    /** Asks nothing more. */
    @Override
    public void close() {
        watching = false;
        try {
            thread.join(LONGEST_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        while (watching) {
            Instant asked = Instant.now();
            try {
                if (replica.awaitCaughtUp(LONGEST_QUESTION)) {
                    copiedUntil = asked;
                }
            } catch (LocalStoreException e) {
                return; // the primary is lost, and with it the answer
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE.toMillis()));
        }
    }
}
