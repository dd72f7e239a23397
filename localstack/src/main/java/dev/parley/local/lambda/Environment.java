package dev.parley.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.catalog.FunctionSpec;
import dev.parley.local.lambda.EnvironmentState.Phase;
import dev.parley.local.lambda.InvocationException.Reason;
import dev.parley.protocol.InvalidJsonException;
import dev.parley.protocol.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One environment's side of the Lambda runtime API: it hands one event at a time to the runtime client that asks for the
 * next, and takes the answer (Lambda developer guide, "Using the Lambda runtime API for custom runtimes").
 *
 * <p>Thread-safe; whoever invokes has the environment for itself.
 */
final class Environment {

    private record Invocation(String id, HttpAnswer next, CompletableFuture<byte[]> answer) {}

    private final FunctionSpec function;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Phase> phases = new ConcurrentSkipListSet<>(Set.of(Phase.STARTED));
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private @Nullable CompletableFuture<HttpAnswer> asking;
    private @Nullable Invocation current;
    private @Nullable InvocationException ended;

    Environment(FunctionSpec function, Clock clock) {
        this.function = function;
        this.clock = clock;
    }

    FunctionSpec function() {
        return function;
    }

    /** Completes when the runtime asks for its first event; fails when it cannot start. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** Completes when it has ended. */
    CompletableFuture<Void> over() {
        return over;
    }

    Set<Phase> phases() {
        return Set.copyOf(phases);
    }

    /** Hands an event over. The answer never completes by itself when the function takes too long. */
    CompletableFuture<byte[]> invoke(byte[] event, Duration timeLeft) {
        String id = UUID.randomUUID().toString();
        long deadlineMillis = clock.millis() + timeLeft.toMillis();
        Invocation invocation = new Invocation(id, next(id, event, deadlineMillis), new CompletableFuture<>());
        CompletableFuture<HttpAnswer> waiting;
        lock.lock();
        try {
            if (ended != null) {
                return CompletableFuture.failedFuture(ended);
            }
            current = invocation;
            waiting = asking;
            asking = null;
        } finally {
            lock.unlock();
        }
        if (waiting != null) {
            waiting.complete(invocation.next());
        }
        return invocation.answer();
    }

    /** The process has ended, or has to: nothing is waited for any more. */
    void end(String why) {
        InvocationException problem =
                new InvocationException(Reason.FUNCTION_ERROR, "Function " + function.name() + ": " + why);
        Invocation running;
        lock.lock();
        try {
            if (ended != null) {
                return;
            }
            ended = problem;
            running = current;
            current = null;
        } finally {
            lock.unlock();
        }
        ready.completeExceptionally(problem);
        over.complete(null);
        if (running != null) {
            running.answer().completeExceptionally(problem);
        }
    }

    boolean hasEnded() {
        lock.lock();
        try {
            return ended != null;
        } finally {
            lock.unlock();
        }
    }

    /** Answers a request of the runtime client. */
    CompletionStage<HttpAnswer> answer(String path, byte[] body) {
        String[] parts = path.split("/", 3);
        return switch (parts[0]) {
            case "invocation" -> parts.length == 2 ? next() : settle(parts, body);
            case "restore" -> restore(parts, body);
            case "init" -> fail("could not start: " + reported(body).description());
            default -> done(404);
        };
    }

    private CompletionStage<HttpAnswer> restore(String[] parts, byte[] body) {
        if (parts.length == 2 && parts[1].equals("next")) {
            phases.add(Phase.CHECKPOINTED);
            phases.add(Phase.RESTORED); // no snapshot is taken: the runtime goes on as if it had been
            return CompletableFuture.completedFuture(HttpAnswer.json(200, new byte[] {'{', '}'}));
        }
        return fail("could not be restored: " + reported(body).description());
    }

    private CompletionStage<HttpAnswer> fail(String why) {
        end(why);
        return done(202);
    }

    private CompletionStage<HttpAnswer> next() {
        phases.add(Phase.READY);
        CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
        lock.lock();
        try {
            if (current == null) {
                asking = answer;
            } else {
                answer.complete(current.next());
            }
        } finally {
            lock.unlock();
        }
        ready.complete(null);
        return answer;
    }

    private CompletionStage<HttpAnswer> settle(String[] parts, byte[] body) {
        Invocation settled;
        lock.lock();
        try {
            settled = current;
            if (settled == null || !settled.id().equals(parts[1])) {
                return done(400);
            }
            current = null;
        } finally {
            lock.unlock();
        }
        switch (parts[2]) {
            case "response" -> respond(settled, body);
            case "error" -> settled.answer().completeExceptionally(failure(body));
            default -> {
                return done(404);
            }
        }
        return done(202);
    }

    private void respond(Invocation settled, byte[] body) {
        try {
            PayloadLimits.checkAnswer(function.name(), body.length);
            settled.answer().complete(body);
        } catch (InvocationException e) {
            settled.answer().completeExceptionally(e);
        }
    }

    private HttpAnswer next(String id, byte[] event, long deadlineMillis) {
        // The native client crashes when the content type is missing.
        return new HttpAnswer(
                200,
                Map.of(
                        "Content-Type",
                        "application/json",
                        "Lambda-Runtime-Aws-Request-Id",
                        id,
                        "Lambda-Runtime-Trace-Id",
                        LocalTrace.begin(clock),
                        "Lambda-Runtime-Deadline-Ms",
                        Long.toString(deadlineMillis),
                        "Lambda-Runtime-Invoked-Function-Arn",
                        LocalAccount.functionArn(function.name())),
                event);
    }

    private InvocationException failure(byte[] body) {
        FunctionFailedException reported = reported(body);
        return new InvocationException(
                Reason.FUNCTION_ERROR, "Function " + function.name() + " threw " + reported.description(), reported);
    }

    private static FunctionFailedException reported(byte[] body) {
        try {
            JsonNode json = Json.parse(body);
            return new FunctionFailedException(
                    json.path("errorType").asText("Unknown"),
                    json.path("errorMessage").asText());
        } catch (InvalidJsonException e) {
            return new FunctionFailedException("Unknown", "an error that is no JSON");
        }
    }

    private static CompletionStage<HttpAnswer> done(int status) {
        return CompletableFuture.completedFuture(HttpAnswer.json(status, new byte[] {'{', '}'}));
    }
}
