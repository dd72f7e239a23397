package dev.parley.local.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Processes that stand still (SIGSTOP) until it is closed. A small POSIX shell lets them go on when the pipe from this JVM
 * ends, so that none stands still for good when the JVM is killed. Thread-safe.
 */
public final class Pause implements AutoCloseable {

    /** Arguments: the process ids. It ignores what Ctrl-C sends to the whole group. */
    private static final String SCRIPT = """
            trap '' HUP INT TERM
            kill -s STOP "$@" && echo stopped
            read -r nothing
            kill -s CONT "$@" 2>/dev/null
            """;

    private static final Duration END_TIMEOUT = Duration.ofSeconds(5);

    private final List<Process> shells;

    private Pause(List<Process> shells) {
        this.shells = shells;
    }

    /**
     * Stops a process and what it has started.
     *
     * @throws LocalStoreException if they cannot be stopped
     */
    static Pause of(ProcessHandle root) {
        List<Process> shells = new ArrayList<>();
        Pause pause = new Pause(shells);
        try {
            // The root first: then it starts no others.
            shells.add(stop(List.of(root)));
            List<ProcessHandle> others = root.descendants().toList();
            if (!others.isEmpty()) {
                shells.addFirst(stop(others));
            }
            return pause;
        } catch (IOException e) {
            pause.close();
            throw new LocalStoreException("Process " + root.pid() + " cannot be paused: " + e.getMessage(), e);
        }
    }

    /** Lets them go on. */
    @Override
    public void close() {
        for (Process shell : shells) {
            try {
                shell.getOutputStream().close();
            } catch (IOException _) {
                // It has gone, and the pipe with it.
            }
            ProcessTree.await(shell.onExit(), END_TIMEOUT);
        }
    }

    private static Process stop(List<ProcessHandle> processes) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "pause"));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        Process shell = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        if (!"stopped".equals(line)) {
            shell.getOutputStream().close();
            throw new IOException(String.valueOf(line));
        }
        return shell;
    }
}
