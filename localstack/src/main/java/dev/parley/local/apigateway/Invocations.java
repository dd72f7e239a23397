package dev.parley.local.apigateway;

import dev.parley.catalog.FunctionSpec;
import dev.parley.local.lambda.FunctionHost;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The invocations under way, each with the timeout of its integration. Timeouts run on the injected clock.
 *
 * <p>Thread-safe.
 */
final class Invocations {

    /** What became of an invocation; exactly one of the methods is called, once, on any thread. Must not block. */
    interface Outcome {

        void answered(byte[] answer);

        /** There was no answer: the host failed, or it took too long ({@link IntegrationTimeoutException}). */
        void failed(Throwable failure);
    }

    private final FunctionHost functions;
    private final Clock clock;
    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final Object idle = new Object();

    private record Running(String function, Duration timeout, long deadline, Outcome outcome, AtomicBoolean over) {}

    Invocations(FunctionHost functions, Clock clock) {
        this.functions = functions;
        this.clock = clock;
    }

    /** Invokes a function; never throws. */
    void invoke(FunctionSpec function, byte[] event, Duration timeout, Outcome outcome) {
        Running invocation = new Running(
                function.name(), timeout, clock.millis() + timeout.toMillis(), outcome, new AtomicBoolean());
        running.add(invocation);
        try {
            var _ = functions.invoke(function.name(), event).handle((answer, failure) -> {
                end(invocation, answer, failure);
                return answer;
            });
        } catch (RuntimeException e) {
            end(invocation, null, e);
        }
    }

    /** Gives up on what has run into its timeout. */
    void expire(long now) {
        for (Running invocation : running) {
            if (now >= invocation.deadline()) {
                end(invocation, null, new IntegrationTimeoutException(invocation.function(), invocation.timeout()));
            }
        }
    }

    /** Waits until nothing is under way, at most for the given time. */
    void awaitIdle(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        synchronized (idle) {
            while (!running.isEmpty()) {
                long leftMillis = (end - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0) {
                    return;
                }
                idle.wait(leftMillis);
            }
        }
    }

    private void end(Running invocation, byte @Nullable [] answer, @Nullable Throwable failure) {
        if (!invocation.over().compareAndSet(false, true)) {
            return;
        }
        try {
            if (failure != null) {
                Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
                invocation.outcome().failed(cause == null ? failure : cause);
            } else {
                invocation.outcome().answered(answer == null ? new byte[0] : answer);
            }
        } finally {
            running.remove(invocation);
            if (running.isEmpty()) {
                synchronized (idle) {
                    idle.notifyAll();
                }
            }
        }
    }
}
