package dev.parley.local.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The command line in a process of its own, as somebody at a terminal has it. One thread at a time. */
public final class ParleyProcess implements AutoCloseable {

    private static final String READY = "parley is ready: ";
    private static final String END = "\0";
    private static final Duration DEADLINE = Duration.ofSeconds(90);

    /** Tiers of HotSpot: C1 alone, or C1 and then C2. */
    private static final int FIRST_COMPILER = 1;

    private static final int BOTH_COMPILERS = 4;

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringBuilder printed = new StringBuilder();
    private final Thread reader;

    private ParleyProcess(Process process) {
        this.process = process;
        reader = Thread.ofVirtual().start(this::read);
    }

    /** Starts a command. */
    public static ParleyProcess start(String... arguments) {
        return start(List.of(), BOTH_COMPILERS, ParleyCommand.class, arguments);
    }

    /** Starts a command in a process group of its own, as a shell or a service manager does. */
    public static ParleyProcess startInGroup(String... arguments) {
        return start(List.of("setsid"), BOTH_COMPILERS, ParleyCommand.class, arguments);
    }

    /** Starts another program that says when clients can connect, and is started again before the second compiler has paid. */
    public static ParleyProcess start(Class<?> main, String... arguments) {
        return start(List.of(), FIRST_COMPILER, main, arguments);
    }

    private static ParleyProcess start(List<String> before, int compilers, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=" + compilers,
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        try {
            return new ParleyProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that nobody listens on now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until clients can connect. */
    public ParleyProcess awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            String line = lines.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (line == null || line.equals(END)) {
                throw new AssertionError("Not ready: " + output());
            }
            if (line.startsWith(READY)) {
                return this;
            }
        }
    }

    /** Waits for the end, and gives the exit code. */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("Still running: " + output());
        }
        reader.join();
        return process.exitValue();
    }

    /** All that it printed so far. */
    public String output() {
        synchronized (printed) {
            return printed.toString();
        }
    }

    /** The process itself. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** The processes that it has started, and theirs. */
    public List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** SIGTERM, as Ctrl-C or a service manager would end it. */
    public void terminate() {
        process.destroy();
    }

    /** SIGTERM to the whole group: to the servers' keepers as well. */
    public void terminateGroup() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-TERM", "--", "-" + process.pid()).start().waitFor();
    }

    /** SIGKILL: nothing of it runs any more. */
    public void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                synchronized (printed) {
                    printed.append(line).append('\n');
                }
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("broken: " + e.getMessage());
        }
        lines.add(END);
    }
}
