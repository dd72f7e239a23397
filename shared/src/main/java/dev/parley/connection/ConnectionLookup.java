package dev.parley.connection;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Asks API Gateway about gateway connections.
 *
 * <p>Implementations are thread-safe.
 */
public interface ConnectionLookup {

    /**
     * What API Gateway knows of a connection.
     *
     * @return empty when there is none any more; fails with {@link ConnectionLookupException} when that cannot be said, and
     *     ends within the timeout
     */
    CompletableFuture<Optional<ConnectionActivity>> find(String connectionId);
}
