package dev.parley.local.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.lambda.FunctionHost;
import dev.parley.local.lambda.InvocationException;
import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A function host whose functions are lambdas on virtual threads; it keeps every event. */
final class RecordingFunctions implements FunctionHost {

    /** Answers an event with JSON; may complete late, fail, or never complete. */
    interface Body extends Function<JsonNode, CompletableFuture<byte[]>> {}

    private static final long PATIENCE_SECONDS = 10;

    private final Map<String, Body> bodies = new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<JsonNode>> events = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** The function answers the text, whatever the event is. */
    RecordingFunctions answers(String function, String json) {
        return answers(function, event -> json);
    }

    RecordingFunctions answers(String function, Function<JsonNode, String> answer) {
        return runs(
                function,
                event -> CompletableFuture.completedFuture(answer.apply(event).getBytes(StandardCharsets.UTF_8)));
    }

    RecordingFunctions fails(String function) {
        return runs(
                function,
                event -> CompletableFuture.failedFuture(new InvocationException(
                        InvocationException.Reason.FUNCTION_ERROR, "secret reason of the failure")));
    }

    RecordingFunctions hangs(String function) {
        return runs(function, event -> new CompletableFuture<>());
    }

    RecordingFunctions runs(String function, Body body) {
        bodies.put(function, body);
        return this;
    }

    /** The next event that the function got. */
    JsonNode next(String function) {
        try {
            JsonNode event = queue(function).poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError(function + " was not invoked");
            }
            return event;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many events wait to be looked at. */
    int pending(String function) {
        return queue(function).size();
    }

    @Override
    public CompletableFuture<byte[]> invoke(String functionName, byte[] event) {
        JsonNode tree = Json.parse(event);
        queue(functionName).add(tree);
        Body body = bodies.get(functionName);
        if (body == null) {
            return CompletableFuture.failedFuture(
                    new InvocationException(InvocationException.Reason.NOT_FOUND, functionName));
        }
        return CompletableFuture.completedFuture(tree).thenComposeAsync(body, threads);
    }

    @Override
    public void invokeAsync(String functionName, byte[] event) {
        throw new UnsupportedOperationException("API Gateway invokes synchronously");
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private BlockingQueue<JsonNode> queue(String function) {
        return events.computeIfAbsent(function, name -> new LinkedBlockingQueue<>());
    }
}
