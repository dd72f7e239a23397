package dev.parley.local.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A process and all that it has started, as of one moment.
 *
 * <p>PostgreSQL's workers hold its shared memory a moment longer than its main process, and a new server does not start
 * before they are gone.
 */
record ProcessTree(List<ProcessHandle> processes) {

    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(5);

    static ProcessTree of(ProcessHandle root) {
        return new ProcessTree(
                Stream.concat(Stream.of(root), root.descendants()).toList());
    }

    /** Kills all; returns whether all are gone after at most 5 s. */
    boolean kill() {
        processes.forEach(ProcessHandle::destroyForcibly);
        return awaitExit(processes, KILL_TIMEOUT);
    }

    /** Waits for all; false after the timeout or when the thread is interrupted, which then stays so. */
    boolean awaitExit(Duration timeout) {
        return awaitExit(processes, timeout);
    }

    static boolean awaitExit(List<ProcessHandle> processes, Duration timeout) {
        return await(
                CompletableFuture.allOf(
                        processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new)),
                timeout);
    }

    /** Waits for something that cannot fail; false after the timeout or when the thread is interrupted. */
    static boolean await(Future<?> done, Duration timeout) {
        try {
            done.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
