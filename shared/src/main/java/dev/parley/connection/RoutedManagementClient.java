package dev.parley.connection;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One client for each endpoint, and each call to that of its connection: an endpoint that is away holds up no call to
 * another. Thread-safe.
 */
public final class RoutedManagementClient implements ManagementClient {

    private final ManagementEndpoints endpoints;
    private final List<ManagementClient> clients;

    /**
     * A client for several endpoints.
     *
     * @param client makes the client for one of them
     */
    public RoutedManagementClient(ManagementEndpoints endpoints, Function<URI, ManagementClient> client) {
        this.endpoints = endpoints;
        clients = endpoints.all().stream().map(client).toList();
    }

    @Override
    public CompletableFuture<PostOutcome> post(String connectionId, byte[] message) {
        return client(connectionId).post(connectionId, message);
    }

    @Override
    public CompletableFuture<PostOutcome> disconnect(String connectionId) {
        return client(connectionId).disconnect(connectionId);
    }

    @Override
    public CompletableFuture<Optional<ConnectionActivity>> find(String connectionId) {
        return client(connectionId).find(connectionId);
    }

    @Override
    public void close() {
        clients.forEach(ManagementClient::close);
    }

    @Override
    public void halt() {
        clients.forEach(ManagementClient::halt);
    }

    private ManagementClient client(String connectionId) {
        return clients.get(endpoints.of(connectionId));
    }
}
