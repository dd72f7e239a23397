package dev.parley.local.lambda;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Lets a number of invocations of one function run at once, and the others wait for their turn in the order in which they
 * came. In Lambda each invocation has a processor of its own; here a thousand that share two would all be late, the first
 * no less than the last.
 *
 * <p>Thread-safe.
 */
final class Turns {

    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Deque<BooleanSupplier> waiting = new ArrayDeque<>();
    private int free;

    /** @param atOnce turns at the same time, 1 or more */
    Turns(int atOnce) {
        this.free = atOnce;
    }

    /**
     * Begins something now or when its turn comes.
     *
     * @param begin must not wait; returns false if there is nothing to begin any more, and else whatever it began calls
     *     {@link #done()} at its end, once
     */
    void take(BooleanSupplier begin) {
        lock.lock();
        try {
            if (free == 0) {
                waiting.add(begin);
                return;
            }
            free--;
        } finally {
            lock.unlock();
        }
        if (!begin.getAsBoolean()) {
            done();
        }
    }

    /** A turn has ended: the next begins. */
    void done() {
        while (true) {
            BooleanSupplier next;
            lock.lock();
            try {
                next = waiting.poll();
                if (next == null) {
                    free++;
                    return;
                }
            } finally {
                lock.unlock();
            }
            if (next.getAsBoolean()) {
                return;
            }
        }
    }
}
