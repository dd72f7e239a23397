package dev.parley.local.coldstart;

import dev.parley.catalog.FunctionSpec;
import dev.parley.local.coldstart.RuntimeEndpoint.Answer;
import dev.parley.local.lambda.LambdaVariables;
import dev.parley.local.lambda.RuntimeClientLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A process that has never run anything, with AWS's unmodified runtime client and one function, as Lambda starts it. Its
 * standard output goes to a file.
 *
 * <p>Thread-safe.
 */
final class FreshJvm implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    /** The Java virtual machine takes a 64th of a machine's memory at the start; this one is larger than a function's. */
    private static final int INITIAL_HEAP_SHARE = 64;

    private static final double HEAP_SHARE = 0.85;

    private final RuntimeEndpoint endpoint;
    private final Process process;
    private final Start start;
    private final long startedNanos;
    private volatile long restoredNanos;

    /**
     * What a process is started with.
     *
     * @param task what Lambda has unpacked
     * @param variables environment variables of the function
     * @param output takes what the process prints
     */
    record Setup(TaskFolder task, Map<String, String> variables, RuntimeClientLibrary library, Path output) {}

    private FreshJvm(RuntimeEndpoint endpoint, Process process, Start start, long startedNanos) {
        this.endpoint = endpoint;
        this.process = process;
        this.start = start;
        this.startedNanos = startedNanos;
    }

    /**
     * Starts a process.
     *
     * @param classes a file that gets the name of each class that is loaded; null for none, which is faster
     */
    static FreshJvm start(FunctionSpec function, Start start, Setup setup, @Nullable Path classes) {
        RuntimeEndpoint endpoint = new RuntimeEndpoint(function.name(), function.timeout());
        try {
            ProcessBuilder builder = new ProcessBuilder(command(function, setup, classes))
                    .directory(setup.task().path().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(setup.output().toFile()));
            builder.environment().clear();
            builder.environment().putAll(setup.variables());
            builder.environment().putAll(LambdaVariables.of(function, start.initializationType(), endpoint.address()));
            long startedNanos = System.nanoTime();
            Process process = builder.start();
            var _ = process.onExit()
                    .thenAccept(ended -> endpoint.fail("Function " + function.name() + " ended with status "
                            + ended.exitValue() + "; what it said is in " + setup.output()));
            return new FreshJvm(endpoint, process, start, startedNanos);
        } catch (IOException e) {
            endpoint.close();
            throw new UncheckedIOException("No process could be started for function " + function.name(), e);
        }
    }

    /**
     * Waits until the process has nothing left to do: an on-demand one for its first event, the other for its snapshot.
     *
     * @return ms since the process was started
     */
    double awaitIdle() throws InterruptedException {
        CompletableFuture<Long> idle = start == Start.SNAP_START ? endpoint.checkpointed() : endpoint.ready();
        return (await(idle, LONGEST_START) - startedNanos) / 1e6;
    }

    /** Gives the function an event. The first one of a snapshot restores it, as in Lambda. */
    CompletableFuture<byte[]> invoke(byte[] event) {
        synchronized (this) {
            if (start == Start.SNAP_START && restoredNanos == 0) {
                restoredNanos = System.nanoTime();
                endpoint.restore();
            }
        }
        return endpoint.invoke(event);
    }

    /** From the restore until the function asks for its first event, in ms: the hooks after the restore. */
    double millisToReady() throws InterruptedException {
        return (await(endpoint.ready(), LONGEST_START) - restoredNanos) / 1e6;
    }

    /** From the first event, or the restore that it made necessary, until it was answered, in ms. */
    double millisToFirstAnswer() {
        Answer first = endpoint.answers().getFirst();
        return (first.answeredNanos() - (start == Start.SNAP_START ? restoredNanos : first.givenNanos())) / 1e6;
    }

    /** All answers so far, in order. */
    List<Answer> answers() {
        return endpoint.answers();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        endpoint.close();
    }

    private static <T> T await(CompletableFuture<T> future, Duration longest) throws InterruptedException {
        try {
            return future.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("The process was not ready within " + longest.toSeconds() + " s", e);
        }
    }

    private static List<String> command(FunctionSpec function, Setup setup, @Nullable Path classes) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // What the deployment sets (FunctionEnvironment in infra-cdk), but for IPv6, which loopback need not
                // have.
                "-XX:+TieredCompilation",
                "-XX:TieredStopAtLevel=1",
                "-Dsun.net.inetaddr.ttl=5",
                // What a machine of the function's size would have.
                "-XX:+UseSerialGC",
                "-Xms" + function.memoryMb() / INITIAL_HEAP_SHARE + "m",
                "-Xmx" + (int) (function.memoryMb() * HEAP_SHARE) + "m",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                setup.library().option(),
                // Without it the hooks of org.crac are passed over silently.
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac"));
        if (classes != null) {
            command.add("-Xlog:class+load=info:file=" + classes + ":none");
        }
        command.addAll(List.of(
                "-cp",
                TaskFolder.runtimeClient(),
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                function.handler()));
        return command;
    }
}
