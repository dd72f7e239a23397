package dev.parley.local.sqs;

import dev.parley.local.lambda.FunctionHost;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** A host whose one function is a lambda of the test. */
public record RecordingHost(UnaryOperator<byte[]> function) implements FunctionHost {

    @Override
    public CompletableFuture<byte[]> invoke(String functionName, byte[] event) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(function.apply(event));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    @Override
    public void invokeAsync(String functionName, byte[] event) {
        var _ = invoke(functionName, event);
    }

    @Override
    public void close() {}
}
