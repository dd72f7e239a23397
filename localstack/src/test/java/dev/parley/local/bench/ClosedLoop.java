package dev.parley.local.bench;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;

/** Keeps a number of calls under way, each replaced when it ends. */
final class ClosedLoop {

    private final LongFunction<CompletionStage<?>> call;
    private final int underWay;
    private final AtomicLong numbers = new AtomicLong();
    private final LongAdder done = new LongAdder();
    private final Phaser running = new Phaser(1);
    private volatile boolean stopped;

    /** The call gets a number of its own; a failure ends the program. */
    ClosedLoop(int underWay, LongFunction<CompletionStage<?>> call) {
        this.underWay = underWay;
        this.call = call;
    }

    void start() {
        for (int i = 0; i < underWay; i++) {
            running.register();
            next();
        }
    }

    /** Starts no more calls and waits for those under way. */
    void stop() {
        stopped = true;
        running.arriveAndAwaitAdvance();
    }

    long done() {
        return done.sum();
    }

    private void next() {
        // A loop and no recursion, since a call may have ended when it returns.
        while (!stopped) {
            CompletionStage<?> started = call.apply(numbers.getAndIncrement());
            if (!started.toCompletableFuture().isDone()) {
                started.whenComplete((result, failure) -> {
                    count(failure);
                    next();
                });
                return;
            }
            started.whenComplete((result, failure) -> count(failure));
        }
        running.arriveAndDeregister();
    }

    private void count(Throwable failure) {
        if (failure != null) {
            failure.printStackTrace();
            System.exit(1);
        }
        done.increment();
    }
}
