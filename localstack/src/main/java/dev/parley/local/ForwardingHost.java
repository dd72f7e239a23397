package dev.parley.local;

import dev.parley.local.lambda.FunctionHost;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Stands for the host of functions before it is there: the Lambda API's address is part of the environment that the host
 * is made with.
 *
 * <p>Thread-safe.
 */
final class ForwardingHost implements FunctionHost {

    private volatile @Nullable FunctionHost host;

    /** Forwards to this host from now on. */
    void become(FunctionHost actual) {
        host = actual;
    }

    @Override
    public CompletableFuture<byte[]> invoke(String functionName, byte[] event) {
        return actual().invoke(functionName, event);
    }

    @Override
    public void invokeAsync(String functionName, byte[] event) {
        actual().invokeAsync(functionName, event);
    }

    @Override
    public void invokeAsync(String functionName, byte[] event, @Nullable String trace) {
        actual().invokeAsync(functionName, event, trace);
    }

    /** Does nothing: the host is closed by who made it. */
    @Override
    public void close() {}

    /**
     * What it forwards to.
     *
     * @throws IllegalStateException before there is any
     */
    FunctionHost actual() {
        FunctionHost current = host;
        if (current == null) {
            throw new IllegalStateException("No functions yet");
        }
        return current;
    }
}
