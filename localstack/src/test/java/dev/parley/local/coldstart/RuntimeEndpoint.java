package dev.parley.local.coldstart;

import dev.parley.local.lambda.HttpAnswer;
import dev.parley.local.lambda.HttpQuestion;
import dev.parley.local.lambda.LocalAccount;
import dev.parley.local.lambda.LocalTrace;
import dev.parley.local.lambda.LoopbackHttpServer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda runtime API of one process (Lambda developer guide, "Using the Lambda runtime API for custom runtimes"), which
 * notes when it is asked for what. The question that a runtime asks when its snapshot may be taken, {@code /restore/next},
 * is answered when {@link #restore()} is called: until then the process is what a snapshot would hold.
 *
 * <p>Thread-safe. Times are those of {@link System#nanoTime()}.
 */
final class RuntimeEndpoint implements AutoCloseable {

    private static final Pattern PATH = Pattern.compile("/2018-06-01/runtime/(?<what>[^/]+)/(?<rest>.+)");
    private static final int MAX_BODY = 16 * 1024 * 1024;

    private final String functionName;
    private final Duration timeout;
    private final LoopbackHttpServer server;
    private final CompletableFuture<Long> checkpointed = new CompletableFuture<>();
    private final CompletableFuture<HttpAnswer> restored = new CompletableFuture<>();
    private final CompletableFuture<Long> ready = new CompletableFuture<>();
    private final Queue<Invocation> waiting = new ArrayDeque<>();
    private final List<Answer> answers = new ArrayList<>();
    private @Nullable CompletableFuture<HttpAnswer> asking;
    private @Nullable Given current;
    private @Nullable String failure;

    /**
     * An answer of the function.
     *
     * @param givenNanos when the runtime got the event
     * @param answeredNanos when it gave the answer
     */
    record Answer(String body, long givenNanos, long answeredNanos) {

        double millis() {
            return (answeredNanos - givenNanos) / 1e6;
        }
    }

    private record Invocation(String id, HttpAnswer next, CompletableFuture<byte[]> answer) {}

    private record Given(Invocation invocation, long nanos) {}

    RuntimeEndpoint(String functionName, Duration timeout) {
        this.functionName = functionName;
        this.timeout = timeout;
        server = new LoopbackHttpServer("runtime-api", MAX_BODY, this::answer);
    }

    /** What the process gets as {@code AWS_LAMBDA_RUNTIME_API}. */
    String address() {
        return server.endpoint().getAuthority();
    }

    /** When the runtime had run the hooks before the snapshot. */
    CompletableFuture<Long> checkpointed() {
        return checkpointed;
    }

    /** When the runtime asked for its first event. */
    CompletableFuture<Long> ready() {
        return ready;
    }

    /** Lets the process go on as a restored copy. */
    void restore() {
        restored.complete(HttpAnswer.json(200, new byte[] {'{', '}'}));
    }

    /** Gives the function an event as soon as it has answered those before. */
    synchronized CompletableFuture<byte[]> invoke(byte[] event) {
        String id = UUID.randomUUID().toString();
        Invocation invocation = new Invocation(id, next(id, event), new CompletableFuture<>());
        if (failure != null) {
            invocation.answer().completeExceptionally(new IllegalStateException(failure));
            return invocation.answer();
        }
        waiting.add(invocation);
        give();
        return invocation.answer();
    }

    /** All answers so far, in order. */
    synchronized List<Answer> answers() {
        return List.copyOf(answers);
    }

    /** The process has ended or said that it cannot go on. */
    void fail(String why) {
        List<Invocation> lost = new ArrayList<>();
        synchronized (this) {
            if (failure != null) {
                return;
            }
            failure = why;
            if (current != null) {
                lost.add(current.invocation());
            }
            lost.addAll(waiting);
            waiting.clear();
        }
        IllegalStateException problem = new IllegalStateException(why);
        checkpointed.completeExceptionally(problem);
        ready.completeExceptionally(problem);
        lost.forEach(invocation -> invocation.answer().completeExceptionally(problem));
    }

    @Override
    public void close() {
        server.close();
    }

    private CompletionStage<HttpAnswer> answer(HttpQuestion question) {
        long now = System.nanoTime();
        Matcher path = PATH.matcher(question.path());
        if (!path.matches()) {
            return done(404);
        }
        String rest = path.group("rest");
        return switch (path.group("what")) {
            case "restore" -> {
                if (rest.equals("next")) {
                    checkpointed.complete(now);
                    yield restored;
                }
                yield failed("could not be restored", question.body());
            }
            case "init" -> failed("could not start", question.body());
            case "invocation" -> rest.equals("next") ? next(now) : settle(rest, question.body(), now);
            default -> done(404);
        };
    }

    private synchronized CompletionStage<HttpAnswer> next(long now) {
        CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
        asking = answer;
        ready.complete(now);
        give();
        return answer;
    }

    // Guarded by this.
    private void give() {
        CompletableFuture<HttpAnswer> open = asking;
        if (open == null || waiting.isEmpty()) {
            return;
        }
        Invocation invocation = waiting.remove();
        asking = null;
        current = new Given(invocation, System.nanoTime());
        open.complete(invocation.next());
    }

    private CompletionStage<HttpAnswer> settle(String rest, byte[] body, long now) {
        Invocation settled;
        synchronized (this) {
            Given given = current;
            if (given == null || !rest.startsWith(given.invocation().id())) {
                return done(400);
            }
            current = null;
            settled = given.invocation();
            answers.add(new Answer(new String(body, StandardCharsets.UTF_8), given.nanos(), now));
        }
        if (rest.endsWith("/response")) {
            settled.answer().complete(body);
        } else {
            settled.answer().completeExceptionally(new IllegalStateException(said("threw", body)));
        }
        return done(202);
    }

    private CompletionStage<HttpAnswer> failed(String what, byte[] body) {
        fail(said(what, body));
        return done(202);
    }

    private String said(String what, byte[] body) {
        return "Function " + functionName + " " + what + ": " + new String(body, StandardCharsets.UTF_8);
    }

    private HttpAnswer next(String id, byte[] event) {
        // The native client crashes when the content type is missing.
        return new HttpAnswer(
                200,
                Map.of(
                        "Content-Type",
                        "application/json",
                        "Lambda-Runtime-Aws-Request-Id",
                        id,
                        "Lambda-Runtime-Trace-Id",
                        LocalTrace.begin(Clock.systemUTC()),
                        "Lambda-Runtime-Deadline-Ms",
                        Long.toString(System.currentTimeMillis() + timeout.toMillis()),
                        "Lambda-Runtime-Invoked-Function-Arn",
                        LocalAccount.functionArn(functionName)),
                event);
    }

    private static CompletionStage<HttpAnswer> done(int status) {
        return CompletableFuture.completedFuture(HttpAnswer.empty(status));
    }
}
