package dev.parley.local.lambda;

import dev.parley.catalog.FunctionSpec;
import dev.parley.local.lambda.InvocationException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs functions as Lambda does: each environment is a process with the unmodified Lambda runtime client for Java, which
 * handles one event at a time and runs the hooks around a SnapStart snapshot at its start, though no snapshot is taken.
 * The wait for an environment counts towards the function's timeout. An environment whose function ran out of time or
 * whose process ended is replaced with the next event. All environments end with this process.
 *
 * <p>Thread-safe. Linux only.
 */
public final class IsolatedHost implements FunctionHost {

    private static final Logger log = LoggerFactory.getLogger(IsolatedHost.class);
    private static final int MAX_WAITING = 1_000;

    private final Map<String, FunctionSpec> functions;
    private final IsolatedOptions options;
    private final RuntimeClientLibrary library;
    private final RuntimeApi api;
    private final EnvironmentPool pool;
    private final AsyncEvents async;
    private final Semaphore waiting = new Semaphore(MAX_WAITING);
    private final ScheduledThreadPoolExecutor timer;
    private final Future<?> sweeping;
    private volatile boolean closed;

    /**
     * A host that starts environments when events come.
     *
     * @param environment every function's environment variables; nothing of this process's own goes to the functions
     * @throws UnsupportedPlatformException if this is not Linux
     */
    public IsolatedHost(List<FunctionSpec> functions, Map<String, String> environment, IsolatedOptions options) {
        String operatingSystem = System.getProperty("os.name", "");
        if (!operatingSystem.toLowerCase(Locale.ROOT).startsWith("linux")) {
            throw new UnsupportedPlatformException(operatingSystem);
        }
        this.functions =
                functions.stream().collect(Collectors.toUnmodifiableMap(FunctionSpec::name, Function.identity()));
        this.options = options;
        this.library = RuntimeClientLibrary.unpack();
        this.api = new RuntimeApi();
        Map<String, String> variables = Map.copyOf(environment);
        this.pool = new EnvironmentPool(options, function -> start(function, variables));
        this.async = new AsyncEvents(options.async(), (function, event, trace) -> invoke(function, event));
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("idle-environments").factory());
        long pause = Math.max(100, options.idle().toMillis() / 4);
        this.sweeping = timer.scheduleWithFixedDelay(pool::discardIdle, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** The environments that a function has now, for tests and the status page. */
    public List<EnvironmentState> environments(String functionName) {
        return pool.states(functionName);
    }

    /** Kills the process of every environment. Invocations under way fail, and the next events start new processes. */
    public void crash() {
        pool.kill();
    }

    @Override
    public CompletableFuture<byte[]> invoke(String functionName, byte[] event) {
        FunctionSpec function;
        try {
            function = find(functionName);
            PayloadLimits.checkSync(functionName, event);
            if (!waiting.tryAcquire()) {
                options.meter().throttled(functionName);
                throw new InvocationException(Reason.THROTTLED, MAX_WAITING + " invocations run or wait already");
            }
        } catch (InvocationException e) {
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("lambda-" + functionName).start(() -> {
            try {
                answer.complete(run(function, event));
            } catch (InvocationException e) {
                log.error("{}", e.getMessage());
                answer.completeExceptionally(e);
            } catch (InterruptedException e) {
                answer.completeExceptionally(
                        new InvocationException(Reason.FUNCTION_ERROR, "The invocation was interrupted", e));
            } finally {
                waiting.release();
            }
        });
        return answer;
    }

    @Override
    public void invokeAsync(String functionName, byte[] event) {
        find(functionName);
        PayloadLimits.checkAsync(functionName, event);
        async.add(functionName, event, null);
    }

    @Override
    public void close() {
        closed = true;
        async.close();
        sweeping.cancel(false);
        timer.shutdownNow();
        try {
            // Every permit together means that nothing runs any more.
            if (!waiting.tryAcquire(MAX_WAITING, options.closeWait().toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("Ending environments whose invocations still run");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pool.close();
            api.close();
            library.close();
        }
    }

    private FunctionSpec find(String functionName) {
        if (closed) {
            throw new InvocationException(Reason.FUNCTION_ERROR, "The function host is closed");
        }
        FunctionSpec function = functions.get(functionName);
        if (function == null) {
            throw new InvocationException(Reason.NOT_FOUND, "There is no function " + functionName);
        }
        return function;
    }

    private EnvironmentProcess start(FunctionSpec function, Map<String, String> variables) {
        Environment environment = new Environment(function, Clock.systemUTC());
        String address = api.serve(environment);
        try {
            return EnvironmentProcess.start(environment, address, variables, library, options.lines());
        } catch (RuntimeException e) {
            environment.end("its process did not start");
            throw e;
        }
    }

    private byte[] run(FunctionSpec function, byte[] event) throws InterruptedException {
        long deadline = System.nanoTime() + function.timeout().toNanos();
        EnvironmentProcess process = pool.take(function, deadline);
        long start = System.nanoTime();
        boolean ok = false;
        try {
            Duration left = Duration.ofNanos(Math.max(0, deadline - start));
            byte[] answer = process.environment().invoke(event, left).get(left.toNanos(), TimeUnit.NANOSECONDS);
            ok = true;
            return answer;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof InvocationException problem
                    ? problem
                    : new InvocationException(Reason.FUNCTION_ERROR, "The environment failed", e);
        } catch (TimeoutException e) {
            process.kill("it ran out of time");
            throw new InvocationException(
                    Reason.TIMED_OUT,
                    "Function " + function.name() + " took longer than "
                            + function.timeout().toMillis() + " ms",
                    e);
        } finally {
            options.meter().invoked(function.name(), Duration.ofNanos(System.nanoTime() - start), ok);
            pool.giveBack(process);
        }
    }
}
