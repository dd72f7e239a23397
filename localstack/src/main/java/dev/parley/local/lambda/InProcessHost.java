package dev.parley.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.parley.Parley;
import dev.parley.catalog.FunctionSpec;
import dev.parley.local.lambda.InvocationException.Reason;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs functions in this process, the way Lambda Managed Instances do: one object per function, many threads on it, and
 * one system that all functions share. Events and answers are bytes, so a function cannot tell the difference. Memory is
 * not limited. A function that is over its timeout is interrupted; one that ignores this keeps its share of the
 * concurrency until it ends.
 *
 * <p>Thread-safe.
 */
public final class InProcessHost implements FunctionHost {

    private static final Logger log = LoggerFactory.getLogger(InProcessHost.class);

    private final Map<String, HandlerHolder> functions;
    private final InvocationMeter meter;
    private final InProcessOptions options;
    private final Semaphore concurrency;
    private final AsyncEvents async;
    private final ScheduledThreadPoolExecutor timer;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final String logStream = "local/[1]" + UUID.randomUUID().toString().replace("-", "");
    private volatile boolean closed;

    /** A host with the options of {@link InProcessOptions#local()}. */
    public InProcessHost(List<FunctionSpec> functions, Parley parley, InvocationMeter meter) {
        this(functions, parley, meter, InProcessOptions.local());
    }

    public InProcessHost(List<FunctionSpec> functions, Parley parley, InvocationMeter meter, InProcessOptions options) {
        this.functions = functions.stream()
                .map(function -> new HandlerHolder(function, parley))
                .collect(
                        Collectors.toUnmodifiableMap(holder -> holder.function().name(), Function.identity()));
        this.meter = meter;
        this.options = options;
        this.concurrency = new Semaphore(options.concurrency());
        this.async = new AsyncEvents(options.async(), this::invoke);
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("lambda-timeouts").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public CompletableFuture<byte[]> invoke(String functionName, byte[] event) {
        HandlerHolder holder;
        try {
            holder = find(functionName);
            PayloadLimits.checkSync(functionName, event);
            if (!concurrency.tryAcquire()) {
                throw new InvocationException(
                        Reason.THROTTLED,
                        "Function " + functionName + " is throttled: " + options.concurrency()
                                + " invocations run already");
            }
        } catch (InvocationException e) {
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        long start = System.nanoTime();
        Thread thread = Thread.ofVirtual().name("lambda-" + functionName).unstarted(() -> {
            try {
                run(holder, event, answer, start);
            } finally {
                running.remove(Thread.currentThread());
                concurrency.release();
            }
        });
        running.add(thread);
        watch(holder.function(), answer, thread, start);
        thread.start();
        return answer;
    }

    @Override
    public void invokeAsync(String functionName, byte[] event) {
        find(functionName);
        PayloadLimits.checkAsync(functionName, event);
        async.add(functionName, event);
    }

    @Override
    public void close() {
        closed = true;
        async.close();
        try {
            // Every permit together means that nothing runs any more.
            if (!concurrency.tryAcquire(
                    options.concurrency(), options.closeWait().toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("Interrupting {} invocations that still run", running.size());
                running.forEach(Thread::interrupt);
            }
        } catch (InterruptedException e) {
            running.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        } finally {
            timer.shutdownNow();
        }
    }

    private HandlerHolder find(String functionName) {
        if (closed) {
            throw new InvocationException(Reason.FUNCTION_ERROR, "The function host is closed");
        }
        HandlerHolder holder = functions.get(functionName);
        if (holder == null) {
            throw new InvocationException(Reason.NOT_FOUND, "There is no function " + functionName);
        }
        return holder;
    }

    private void run(HandlerHolder holder, byte[] event, CompletableFuture<byte[]> answer, long start) {
        FunctionSpec function = holder.function();
        try {
            RequestStreamHandler handler = holder.get();
            CappedOutput output = new CappedOutput();
            handler.handleRequest(new ByteArrayInputStream(event), output, new LocalContext(function, logStream));
            PayloadLimits.checkAnswer(function.name(), output.written());
            if (answer.complete(output.toByteArray())) {
                meter.invoked(function.name(), since(start), true);
            }
        } catch (InvocationException e) {
            fail(function, answer, e, start);
        } catch (Throwable e) { // an Error of one function must not take the host down
            fail(
                    function,
                    answer,
                    new InvocationException(Reason.FUNCTION_ERROR, "Function " + function.name() + " threw " + e, e),
                    start);
        }
    }

    private void fail(
            FunctionSpec function, CompletableFuture<byte[]> answer, InvocationException problem, long start) {
        if (answer.completeExceptionally(problem)) {
            meter.invoked(function.name(), since(start), false);
            log.error("{}", problem.getMessage(), problem.getCause());
        }
    }

    private void watch(FunctionSpec function, CompletableFuture<byte[]> answer, Thread thread, long start) {
        Runnable stop = () -> {
            InvocationException problem = new InvocationException(
                    Reason.TIMED_OUT,
                    "Function " + function.name() + " took longer than "
                            + function.timeout().toMillis() + " ms");
            if (answer.completeExceptionally(problem)) {
                thread.interrupt();
                meter.invoked(function.name(), since(start), false);
                log.error("{}", problem.getMessage());
            }
        };
        // A thread of its own, since whatever waits for the answer goes on where it is completed.
        Future<?> alarm = timer.schedule(
                () -> Thread.ofVirtual().name("lambda-timeout").start(stop),
                function.timeout().toNanos(),
                TimeUnit.NANOSECONDS);
        var _ = answer.whenComplete((result, error) -> alarm.cancel(false));
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
