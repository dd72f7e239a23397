package dev.parley.connection;

import java.util.concurrent.CompletableFuture;

/**
 * Sends to gateway connections (API Gateway developer guide, "Use @connections commands in your backend service").
 *
 * <p>Implementations are thread-safe.
 */
public interface ConnectionPoster extends AutoCloseable {

    /**
     * Sends one text message to a connection.
     *
     * @param message UTF-8, at most 128 KB
     * @return what became of it; never fails, and ends within the poster's timeout
     */
    CompletableFuture<PostOutcome> post(String connectionId, byte[] message);

    /**
     * Closes a connection; the client sees close code 1000.
     *
     * @return {@code DELIVERED} when it is closed; never fails
     */
    CompletableFuture<PostOutcome> disconnect(String connectionId);

    @Override
    void close();
}
