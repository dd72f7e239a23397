package dev.parley.local.lambda;

import dev.parley.catalog.FunctionSpec;
import dev.parley.local.lambda.InvocationException.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The environments of all functions: those that wait for events, and room for more.
 *
 * <p>Thread-safe.
 */
final class EnvironmentPool implements AutoCloseable {

    private record Idle(EnvironmentProcess process, long since) {}

    private final IsolatedOptions options;
    private final Function<FunctionSpec, EnvironmentProcess> starter;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Deque<Idle>> idle = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Set<EnvironmentProcess> processes = new HashSet<>();
    private final Semaphore starting;
    private int total;
    private boolean closed;

    EnvironmentPool(IsolatedOptions options, Function<FunctionSpec, EnvironmentProcess> starter) {
        this.options = options;
        this.starter = starter;
        this.starting = new Semaphore(options.starting());
    }

    /**
     * Takes an environment that is ready, or starts one.
     *
     * @param deadlineNanos by {@link System#nanoTime}
     * @throws InvocationException if there is no room until the deadline, or the function cannot start
     */
    EnvironmentProcess take(FunctionSpec function, long deadlineNanos) throws InterruptedException {
        EnvironmentProcess ready = takeIdleOrRoom(function, deadlineNanos);
        return ready == null ? start(function, deadlineNanos) : ready;
    }

    /** Gives back an environment that answered. */
    void giveBack(EnvironmentProcess process) {
        String name = process.environment().function().name();
        lock.lock();
        try {
            if (!closed && !process.environment().hasEnded()) {
                idle.computeIfAbsent(name, _ -> new ArrayDeque<>()).push(new Idle(process, System.nanoTime()));
                changed.signalAll();
                return;
            }
        } finally {
            lock.unlock();
        }
        discard(process, "its process ended");
    }

    /** Ends an environment that is not to be used again. */
    void discard(EnvironmentProcess process, String why) {
        process.kill(why);
        lock.lock();
        try {
            if (processes.remove(process)) {
                freeRoom(process.environment().function());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends environments that had no event for long. */
    void discardIdle() {
        long oldest = System.nanoTime() - options.idle().toNanos();
        List<EnvironmentProcess> old = new ArrayList<>();
        lock.lock();
        try {
            for (Deque<Idle> waiting : idle.values()) {
                Iterator<Idle> each = waiting.iterator();
                while (each.hasNext()) {
                    Idle environment = each.next();
                    if (environment.since() - oldest < 0
                            || environment.process().environment().hasEnded()) {
                        each.remove();
                        old.add(environment.process());
                    }
                }
            }
        } finally {
            lock.unlock();
        }
        old.forEach(process -> discard(process, "it was idle"));
    }

    List<EnvironmentState> states(String function) {
        lock.lock();
        try {
            return processes.stream()
                    .filter(process -> process.environment().function().name().equals(function))
                    .map(EnvironmentProcess::state)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Kills every environment, busy or not; new ones may start. */
    void kill() {
        List<EnvironmentProcess> all;
        lock.lock();
        try {
            all = List.copyOf(processes);
            idle.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(process -> discard(process, "its process was killed"));
    }

    /** Ends every environment, busy or not. */
    @Override
    public void close() {
        List<EnvironmentProcess> all;
        lock.lock();
        try {
            closed = true;
            all = List.copyOf(processes);
            idle.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        all.forEach(process -> discard(process, "the function host closed"));
    }

    private @Nullable EnvironmentProcess takeIdleOrRoom(FunctionSpec function, long deadlineNanos)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                if (closed) {
                    throw new InvocationException(Reason.FUNCTION_ERROR, "The function host is closed");
                }
                Deque<Idle> waiting = idle.getOrDefault(function.name(), new ArrayDeque<>());
                while (!waiting.isEmpty()) {
                    EnvironmentProcess process = waiting.pop().process();
                    if (!process.environment().hasEnded()) {
                        return process;
                    }
                    if (processes.remove(process)) {
                        freeRoom(function);
                    }
                }
                if (counts.getOrDefault(function.name(), 0) < options.perFunction() && makeRoom()) {
                    counts.merge(function.name(), 1, Integer::sum);
                    total++;
                    return null;
                }
                if (changed.awaitNanos(deadlineNanos - System.nanoTime()) <= 0) {
                    throw new InvocationException(
                            Reason.THROTTLED, "Function " + function.name() + " got no environment in time");
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean makeRoom() {
        if (total < options.total()) {
            return true;
        }
        for (Deque<Idle> waiting : idle.values()) {
            Idle longest = waiting.pollLast();
            if (longest != null) {
                discard(longest.process(), "it made room for another function");
                return true;
            }
        }
        return false;
    }

    private EnvironmentProcess start(FunctionSpec function, long deadlineNanos) throws InterruptedException {
        if (!starting.tryAcquire(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            lock.lock();
            try {
                freeRoom(function);
            } finally {
                lock.unlock();
            }
            throw new InvocationException(
                    Reason.THROTTLED, "Function " + function.name() + " waited too long for others to start");
        }
        EnvironmentProcess process;
        try {
            process = starter.apply(function);
        } catch (RuntimeException e) {
            starting.release();
            lock.lock();
            try {
                freeRoom(function);
            } finally {
                lock.unlock();
            }
            throw new InvocationException(
                    Reason.FUNCTION_ERROR, "Function " + function.name() + " cannot start: " + e.getMessage(), e);
        }
        var _ = process.environment().ready().whenComplete((done, error) -> starting.release());
        if (!register(process)) {
            discard(process, "the function host closed");
        }
        return awaitReady(process, deadlineNanos);
    }

    private EnvironmentProcess awaitReady(EnvironmentProcess process, long deadlineNanos) throws InterruptedException {
        try {
            process.environment().ready().get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            return process;
        } catch (ExecutionException e) {
            discard(process, "it could not start");
            throw e.getCause() instanceof InvocationException problem
                    ? problem
                    : new InvocationException(Reason.FUNCTION_ERROR, "The environment did not start", e);
        } catch (TimeoutException e) {
            keepWhenReady(process);
            throw new InvocationException(
                    Reason.TIMED_OUT,
                    "Function " + process.environment().function().name() + " was not ready within its timeout",
                    e);
        } catch (InterruptedException e) {
            keepWhenReady(process);
            throw e;
        }
    }

    /** The event that it was started for is lost, but the next one finds it ready. */
    private void keepWhenReady(EnvironmentProcess process) {
        var _ = process.environment().ready().whenComplete((done, error) -> giveBack(process));
    }

    private boolean register(EnvironmentProcess process) {
        lock.lock();
        try {
            processes.add(process);
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    // Guarded by the lock.
    private void freeRoom(FunctionSpec function) {
        counts.merge(function.name(), -1, Integer::sum);
        total--;
        changed.signalAll();
    }
}
