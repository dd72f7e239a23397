package dev.parley.local.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program that does not outlive this JVM, not even when the JVM is killed with SIGKILL. Thread-safe.
 *
 * <p>A small POSIX shell stands between the two. It holds the reading end of a pipe whose writing end only this JVM
 * holds, so the operating system itself tells it when the JVM is gone; it then stops the program with the given signal
 * and kills it after the grace time. {@link #stop()} goes the same way, by closing the pipe. Linux and macOS only.
 */
public final class ChildProcess implements AutoCloseable {

    /**
     * Arguments: the signal, the grace time in seconds, the program and its arguments. The program gets a session or a
     * process group of its own, and the shell ignores what is sent to the whole group: Ctrl-C in a terminal and a service
     * manager's SIGTERM are for the JVM, which stops things in their order.
     */
    private static final String WATCHDOG = """
            trap '' HUP INT TERM
            exec 3<&0 </dev/null
            signal=$1 grace=$2
            shift 2
            apart() {
                trap - TERM
                if command -v setsid >/dev/null 2>&1; then
                    exec setsid "$@"
                elif command -v perl >/dev/null 2>&1; then
                    exec perl -e 'setpgrp(0, 0); exec @ARGV or die $!' "$@"
                fi
                exec "$@"
            }
            apart sh -c 'echo $$; exec "$@"' sh "$@" 3<&- &
            child=$!
            (
                read -r nothing <&3
                kill -s "$signal" "$child"
                while [ "$grace" -gt 0 ] && kill -s 0 "$child"; do
                    sleep 1
                    grace=$((grace - 1))
                done
                kill -s KILL "$child"
            ) >/dev/null 2>&1 &
            watch=$!
            exec 3<&-
            wait "$child"
            status=$?
            kill -s KILL "$watch" 2>/dev/null
            exit "$status"
            """;

    private static final Duration START_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration OUTPUT_TIMEOUT = Duration.ofSeconds(1);

    private final String name;
    private final Process watchdog;
    private final ProcessHandle program;
    private final OutputTail output;
    private final Duration grace;

    private ChildProcess(String name, Process watchdog, ProcessHandle program, OutputTail output, Duration grace) {
        this.name = name;
        this.watchdog = watchdog;
        this.program = program;
        this.output = output;
        this.grace = grace;
    }

    /**
     * Starts a program. That it runs does not mean that it is ready; a program that cannot be executed exits with 126
     * or 127 and says so in its output.
     *
     * @param name what messages call it
     * @param command the program and its arguments, which other users of the machine can see
     * @param folder the folder it runs in
     * @param signal what asks it to stop
     * @param grace how long it may take to stop before it is killed, rounded down to seconds, at least 1 s
     * @throws LocalStoreException if there is no shell to start it
     */
    public static ChildProcess start(
            String name, List<String> command, Path folder, StopSignal signal, Duration grace) {
        return start(name, command, Map.of(), folder, signal, grace);
    }

    /**
     * As {@link #start(String, List, Path, StopSignal, Duration)}.
     *
     * @param environment variables besides those of this process, which other users of the machine cannot see
     */
    public static ChildProcess start(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path folder,
            StopSignal signal,
            Duration grace) {
        String graceSeconds = Long.toString(Math.max(1, grace.toSeconds()));
        List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", WATCHDOG, name, signal.name(), graceSeconds));
        line.addAll(command);
        Process watchdog;
        try {
            ProcessBuilder process =
                    new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
            process.environment().putAll(environment);
            watchdog = process.start();
        } catch (IOException e) {
            throw new LocalStoreException(name + " cannot start: " + e.getMessage(), e);
        }
        OutputTail output = new OutputTail(watchdog.getInputStream(), name);
        try {
            String pid = output.firstLine().get(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            // A program that has ended already is as good as its shell: both are gone.
            ProcessHandle program = ProcessHandle.of(Long.parseLong(pid)).orElse(watchdog.toHandle());
            return new ChildProcess(name, watchdog, program, output, grace);
        } catch (ExecutionException | TimeoutException | NumberFormatException e) {
            closePipe(watchdog);
            throw new LocalStoreException(name + " cannot start: " + output.text(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closePipe(watchdog);
            throw new LocalStoreException(name + " was interrupted while it started", e);
        }
    }

    /** The program's own process id, not that of the shell. */
    public long pid() {
        return program.pid();
    }

    public boolean isAlive() {
        return program.isAlive();
    }

    /** The last part of what it printed, both streams. */
    public String outputTail() {
        return output.text();
    }

    /**
     * Waits for the program's end, and up to 1 s longer for the rest of its output.
     *
     * @return whether it has ended; false after the timeout or when the thread is interrupted, which then stays so
     */
    public boolean awaitExit(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        // The shell ends after its program, unless somebody killed it.
        if (!ProcessTree.await(watchdog.onExit(), timeout)
                || (program.isAlive()
                        && !ProcessTree.awaitExit(
                                List.of(program), Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))))) {
            return false;
        }
        ProcessTree.await(output.end(), OUTPUT_TIMEOUT);
        return true;
    }

    /**
     * Asks the program to stop, waits for the grace time, then kills it and what it started. Does nothing if it has
     * ended. Returns within the grace time and 10 s.
     *
     * @throws LocalStoreException if it cannot be killed
     */
    public void stop() {
        closePipe(watchdog);
        if (!awaitExit(grace) && !ProcessTree.of(program).kill()) {
            throw new LocalStoreException(name + " (process " + pid() + ") cannot be killed");
        }
    }

    /**
     * Kills the program and what it started, without a warning, as the loss of a machine would. Does nothing if it has
     * ended.
     *
     * @throws LocalStoreException if it cannot be killed within 5 s
     */
    void kill() {
        if (!ProcessTree.of(program).kill()) {
            throw new LocalStoreException(name + " (process " + pid() + ") cannot be killed");
        }
        closePipe(watchdog);
    }

    /**
     * Makes the program stand still, with what it has started.
     *
     * @throws LocalStoreException if it cannot be paused
     */
    Pause pause() {
        return Pause.of(program);
    }

    /** Same as {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }

    private static void closePipe(Process watchdog) {
        try {
            watchdog.getOutputStream().close();
        } catch (IOException _) {
            // It was closed before, or the shell has gone and the pipe with it.
        }
    }
}
