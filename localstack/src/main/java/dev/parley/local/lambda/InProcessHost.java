package dev.parley.local.lambda;

import dev.parley.Parley;
import dev.parley.catalog.FunctionSpec;
import dev.parley.local.lambda.InvocationException.Reason;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Runs functions in this process, the way Lambda Managed Instances do: one object per function, many threads on it, and
 * one system that all functions share. Events and answers are bytes, so a function cannot tell the difference. Memory is
 * not limited. A function that is over its timeout is interrupted; one that ignores this keeps its share of the
 * concurrency until it ends.
 *
 * <p>Thread-safe.
 */
public final class InProcessHost implements FunctionHost {

    private final List<FunctionSpec> functions;
    private final InvocationMeter meter;
    private final InProcessOptions options;
    private final AsyncEvents async;
    private final ScheduledThreadPoolExecutor timer;
    private final Object crashes = new Object();
    private volatile InProcessEnvironment environment;
    private volatile boolean closed;

    /** A host with the options of {@link InProcessOptions#local()}. */
    public InProcessHost(List<FunctionSpec> functions, Parley parley, InvocationMeter meter) {
        this(functions, parley, meter, InProcessOptions.local());
    }

    public InProcessHost(List<FunctionSpec> functions, Parley parley, InvocationMeter meter, InProcessOptions options) {
        this.functions = List.copyOf(functions);
        this.meter = meter;
        this.options = options;
        this.async = new AsyncEvents(options.async(), this::invoke);
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("lambda-timeouts").factory());
        timer.setRemoveOnCancelPolicy(true);
        this.environment = environment(parley);
    }

    /**
     * Ends the environment that runs the functions, as the crash of a process would, and goes on in a new one. Every
     * invocation under way fails, and the system it ran on is halted; asynchronous events are tried again in the new
     * environment.
     *
     * @param next the system of the new environment
     */
    public void crash(Parley next) {
        InProcessEnvironment crashed;
        synchronized (crashes) {
            crashed = environment;
            environment = environment(next);
        }
        crashed.crash();
    }

    @Override
    public CompletableFuture<byte[]> invoke(String functionName, byte[] event) {
        return invoke(functionName, event, null);
    }

    private CompletableFuture<byte[]> invoke(String functionName, byte[] event, @Nullable String trace) {
        InProcessEnvironment current = environment;
        try {
            HandlerHolder holder = find(current, functionName);
            PayloadLimits.checkSync(functionName, event);
            return current.invoke(holder, event, trace);
        } catch (InvocationException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void invokeAsync(String functionName, byte[] event) {
        invokeAsync(functionName, event, null);
    }

    @Override
    public void invokeAsync(String functionName, byte[] event, @Nullable String trace) {
        find(environment, functionName);
        PayloadLimits.checkAsync(functionName, event);
        async.add(functionName, event, trace);
    }

    @Override
    public void close() {
        closed = true;
        async.close();
        try {
            if (!environment.awaitIdle(options.closeWait())) {
                environment.interrupt();
            }
        } catch (InterruptedException e) {
            environment.interrupt();
            Thread.currentThread().interrupt();
        } finally {
            timer.shutdownNow();
        }
    }

    private InProcessEnvironment environment(Parley parley) {
        return new InProcessEnvironment(functions, parley, meter, options, timer);
    }

    private HandlerHolder find(InProcessEnvironment current, String functionName) {
        if (closed) {
            throw new InvocationException(Reason.FUNCTION_ERROR, "The function host is closed");
        }
        HandlerHolder holder = current.find(functionName);
        if (holder == null) {
            throw new InvocationException(Reason.NOT_FOUND, "There is no function " + functionName);
        }
        return holder;
    }
}
