package dev.parley.local.lambda;

import dev.parley.local.lambda.InvocationException.Reason;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The asynchronous half of a function host: takes events, invokes, and tries again as the policy says. Events are kept
 * in memory, without an order, and are lost with the process. An event that is given up on leaves one line in the log.
 *
 * <p>Thread-safe.
 */
final class AsyncEvents implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AsyncEvents.class);
    private static final Duration FIRST_THROTTLE_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_THROTTLE_PAUSE = Duration.ofSeconds(5);

    private final AsyncPolicy policy;
    private final Invoke invoke;
    private final Semaphore room;
    private final Set<Thread> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Invokes a function; the trace is a tracing header or null. */
    interface Invoke {

        CompletableFuture<byte[]> apply(String function, byte[] event, @Nullable String trace);
    }

    AsyncEvents(AsyncPolicy policy, Invoke invoke) {
        this.policy = policy;
        this.invoke = invoke;
        this.room = new Semaphore(policy.capacity());
    }

    /**
     * Takes an event.
     *
     * @throws InvocationException if there is no room
     */
    void add(String function, byte[] event, @Nullable String trace) {
        if (closed || !room.tryAcquire()) {
            throw new InvocationException(
                    Reason.THROTTLED,
                    closed ? "The function host is closed" : policy.capacity() + " asynchronous events wait already");
        }
        Thread thread = Thread.ofVirtual().name("async-" + function).unstarted(() -> {
            try {
                run(function, event, trace);
            } finally {
                pending.remove(Thread.currentThread());
                room.release();
            }
        });
        pending.add(thread);
        thread.start();
    }

    /** Gives up on every event that waits for another try. */
    @Override
    public void close() {
        closed = true;
        pending.forEach(Thread::interrupt);
    }

    private void run(String function, byte[] event, @Nullable String trace) {
        long start = System.nanoTime();
        int failures = 0;
        Duration throttlePause = FIRST_THROTTLE_PAUSE;
        try {
            while (true) {
                InvocationException problem = attempt(function, event, trace);
                if (problem == null) {
                    return;
                }
                boolean throttled = problem.reason() == Reason.THROTTLED;
                Duration age = Duration.ofNanos(System.nanoTime() - start);
                boolean again = throttled
                        ? age.compareTo(policy.maxAge()) < 0
                        : problem.reason() != Reason.TOO_LARGE
                                && failures < policy.retryDelays().size();
                if (closed || !again) {
                    log.error("Gave up on an asynchronous event of function {}: {}", function, problem.getMessage());
                    return;
                }
                if (throttled) {
                    Thread.sleep(jittered(throttlePause));
                    Duration longer = throttlePause.multipliedBy(2);
                    throttlePause = longer.compareTo(LONGEST_THROTTLE_PAUSE) < 0 ? longer : LONGEST_THROTTLE_PAUSE;
                } else {
                    Thread.sleep(policy.retryDelays().get(failures));
                    failures++;
                }
            }
        } catch (InterruptedException e) {
            log.error("Dropped an asynchronous event of function {}: the function host closed", function);
        }
    }

    private @Nullable InvocationException attempt(String function, byte[] event, @Nullable String trace)
            throws InterruptedException {
        try {
            invoke.apply(function, event, trace).get(); // ends by itself: a host's future never outlives the timeout
            return null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InvocationException problem) {
                return problem;
            }
            throw new IllegalStateException("Function " + function + " failed in an unknown way", e);
        }
    }

    private static Duration jittered(Duration pause) {
        long millis = pause.toMillis();
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }
}
