package dev.parley.local.lambda;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The part of Lambda that the other parts of the local cloud see: it runs a function of the catalog with an event and
 * gives back what the function returned. Events and answers are JSON in UTF-8, exactly the bytes that Lambda would carry.
 *
 * <p>Thread-safe.
 */
public interface FunctionHost extends AutoCloseable {

    /**
     * Invokes a function and waits for its answer (invocation type {@code RequestResponse}).
     *
     * @param functionName a name of the catalog
     * @return the function's answer; fails with an {@link InvocationException} when the function threw, timed out, was
     *     throttled or does not exist. The future never stays open for longer than the function's timeout and a second, once
     *     its turn has come.
     */
    CompletableFuture<byte[]> invoke(String functionName, byte[] event);

    /**
     * Hands an event over and returns (invocation type {@code Event}). A function that throws is tried twice more, after
     * 1 and 2 min on AWS; the local cloud waits less between tries.
     *
     * @throws InvocationException when no such function exists or the event is over 1 MiB
     */
    void invokeAsync(String functionName, byte[] event);

    /**
     * As the other, for an event that comes with a trace.
     *
     * @param trace the tracing header; null for none, where a new trace begins
     */
    default void invokeAsync(String functionName, byte[] event, @Nullable String trace) {
        invokeAsync(functionName, event);
    }

    @Override
    void close();
}
