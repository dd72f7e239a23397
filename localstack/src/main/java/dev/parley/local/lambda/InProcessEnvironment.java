package dev.parley.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.parley.Parley;
import dev.parley.catalog.FunctionSpec;
import dev.parley.local.lambda.InvocationException.Reason;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a crash takes with it: the functions' objects, the system that they share, and the invocations that run on them.
 *
 * <p>Thread-safe.
 */
final class InProcessEnvironment {

    private static final Logger log = LoggerFactory.getLogger(InProcessEnvironment.class);

    private final Map<String, HandlerHolder> functions;
    private final Parley parley;
    private final InvocationMeter meter;
    private final int maxConcurrency;
    private final Map<String, Turns> turns;
    private final Duration longestWait;
    private final Semaphore concurrency;
    private final ScheduledThreadPoolExecutor timer;
    private final Map<Thread, Running> running = new ConcurrentHashMap<>();
    private final String logStream = "local/[1]" + UUID.randomUUID().toString().replace("-", "");
    private volatile boolean crashed;
    private volatile boolean interrupted;

    private record Running(FunctionSpec function, CompletableFuture<byte[]> answer, Thread thread, long start) {}

    /** @param timer ends invocations that take too long; the caller's */
    InProcessEnvironment(
            List<FunctionSpec> functions,
            Parley parley,
            InvocationMeter meter,
            InProcessOptions options,
            ScheduledThreadPoolExecutor timer) {
        this.functions = functions.stream()
                .map(function -> new HandlerHolder(function, parley))
                .collect(
                        Collectors.toUnmodifiableMap(holder -> holder.function().name(), Function.identity()));
        this.parley = parley;
        this.meter = meter;
        this.turns = functions.stream()
                .collect(Collectors.toUnmodifiableMap(FunctionSpec::name, function -> new Turns(options.atOnce())));
        this.longestWait = options.longestWait();
        this.maxConcurrency = options.concurrency();
        this.concurrency = new Semaphore(maxConcurrency);
        this.timer = timer;
    }

    /** The function of that name; null if there is none. */
    @Nullable HandlerHolder find(String functionName) {
        return functions.get(functionName);
    }

    /**
     * Runs a function when its turn comes.
     *
     * @param trace the tracing header that the event came with; null for none, and a new trace begins
     * @throws InvocationException if it is throttled
     */
    CompletableFuture<byte[]> invoke(HandlerHolder holder, byte[] event, @Nullable String trace) {
        String name = holder.function().name();
        if (!concurrency.tryAcquire()) {
            meter.throttled(name);
            throw new InvocationException(
                    Reason.THROTTLED,
                    "Function " + name + " is throttled: " + maxConcurrency + " invocations run or wait already");
        }
        String header = trace == null ? LocalTrace.begin(Clock.systemUTC()) : trace;
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        Turns ofFunction = Objects.requireNonNull(turns.get(name));
        long came = System.nanoTime();
        ofFunction.take(() -> begin(holder, event, header, answer, came, ofFunction));
        return answer;
    }

    /** Starts a thread for it; false if there is nothing to run on any more, or nobody to run it for. */
    private boolean begin(
            HandlerHolder holder,
            byte[] event,
            String trace,
            CompletableFuture<byte[]> answer,
            long came,
            Turns ofFunction) {
        long start = System.nanoTime();
        if (crashed || interrupted) {
            concurrency.release();
            fail(holder.function(), answer, ended(holder.function()), start);
            return false;
        }
        if (Duration.ofNanos(start - came).compareTo(longestWait) > 0) {
            // Who is late for good would else make those late who come after.
            concurrency.release();
            String name = holder.function().name();
            meter.throttled(name);
            answer.completeExceptionally(new InvocationException(
                    Reason.THROTTLED,
                    "Function " + name + " is throttled: its turn came after more than " + longestWait.toSeconds()
                            + " s"));
            return false;
        }
        Thread thread = Thread.ofVirtual()
                .name("lambda-" + holder.function().name())
                .unstarted(() -> {
                    try {
                        run(holder, event, trace, answer, start);
                    } finally {
                        running.remove(Thread.currentThread());
                        concurrency.release();
                        ofFunction.done();
                    }
                });
        Running invocation = new Running(holder.function(), answer, thread, start);
        running.put(thread, invocation);
        watch(invocation);
        thread.start();
        if (crashed) { // the crash may have looked at what runs before
            end(invocation);
        }
        return true;
    }

    /** Waits for what runs; false if something still does after the given time. */
    boolean awaitIdle(Duration longest) throws InterruptedException {
        // Every permit together means that nothing runs any more.
        return concurrency.tryAcquire(maxConcurrency, longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Interrupts what runs; what waits will not begin. */
    void interrupt() {
        interrupted = true;
        log.warn("Interrupting {} invocations that still run", running.size());
        running.keySet().forEach(Thread::interrupt);
    }

    /** Ends as a process that was killed: nothing is given back, and every invocation under way fails. */
    void crash() {
        // First: an answer that the end of the system has brought about must not count.
        crashed = true;
        parley.halt();
        running.values().forEach(this::end);
    }

    private void run(HandlerHolder holder, byte[] event, String trace, CompletableFuture<byte[]> answer, long start) {
        FunctionSpec function = holder.function();
        try {
            RequestStreamHandler handler = holder.get();
            CappedOutput output = new CappedOutput();
            handler.handleRequest(
                    new ByteArrayInputStream(event), output, new LocalContext(function, logStream, trace));
            PayloadLimits.checkAnswer(function.name(), output.written());
            if (crashed) {
                fail(function, answer, ended(function), start);
            } else if (answer.complete(output.toByteArray())) {
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

    private void end(Running invocation) {
        fail(invocation.function(), invocation.answer(), ended(invocation.function()), invocation.start());
        invocation.thread().interrupt();
    }

    private static InvocationException ended(FunctionSpec function) {
        return new InvocationException(Reason.FUNCTION_ERROR, "Function " + function.name() + ": its process ended");
    }

    private void fail(
            FunctionSpec function, CompletableFuture<byte[]> answer, InvocationException problem, long start) {
        if (answer.completeExceptionally(problem)) {
            meter.invoked(function.name(), since(start), false);
            log.error("{}", problem.getMessage(), problem.getCause());
        }
    }

    private void watch(Running invocation) {
        FunctionSpec function = invocation.function();
        Runnable stop = () -> {
            InvocationException problem = new InvocationException(
                    Reason.TIMED_OUT,
                    "Function " + function.name() + " took longer than "
                            + function.timeout().toMillis() + " ms");
            if (invocation.answer().completeExceptionally(problem)) {
                invocation.thread().interrupt();
                meter.invoked(function.name(), since(invocation.start()), false);
                log.error("{}", problem.getMessage());
            }
        };
        // A thread of its own, since whatever waits for the answer goes on where it is completed.
        Future<?> alarm = timer.schedule(
                () -> Thread.ofVirtual().name("lambda-timeout").start(stop),
                function.timeout().toNanos(),
                TimeUnit.NANOSECONDS);
        var _ = invocation.answer().whenComplete((result, error) -> alarm.cancel(false));
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
