package dev.parley.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.contract.Contract;
import dev.parley.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A plain client of the REST API. Every answer is checked against Discord's description of its API, where that is beside
 * the project. Thread-safe.
 */
public final class RestClient {

    private static final @Nullable Contract CONTRACT = Contract.find();

    private volatile HttpClient http = newClient();
    private final String base;
    private final Consumer<Contract.Checked> listener;
    private final Duration patience;

    public RestClient(String baseUrl) {
        this(baseUrl, "v10");
    }

    public RestClient(String baseUrl, String version) {
        this(baseUrl, version, checked -> {});
    }

    /**
     * A client.
     *
     * @param listener hears of every answer that was as described
     */
    public RestClient(String baseUrl, String version, Consumer<Contract.Checked> listener) {
        this(baseUrl, version, listener, Duration.ofSeconds(30));
    }

    /**
     * A client.
     *
     * @param patience how long it waits for an answer
     */
    public RestClient(String baseUrl, Duration patience) {
        this(baseUrl, "v10", checked -> {}, patience);
    }

    private RestClient(String baseUrl, String version, Consumer<Contract.Checked> listener, Duration patience) {
        base = baseUrl + "/api/" + version;
        this.listener = listener;
        this.patience = patience;
    }

    /** An answer; the body is a missing node when there is none. */
    public record Reply(int status, JsonNode body, HttpHeaders headers) {

        /** The body, if the status is the expected one. */
        public JsonNode expect(int expected) {
            if (status != expected) {
                throw new AssertionError("Expected " + expected + ", got " + status + " " + body);
            }
            return body;
        }
    }

    /** Lets go of its connections, which the server may have closed without its notice: a request on one of them fails. */
    public void reconnect() {
        http = newClient();
    }

    private static HttpClient newClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    public Reply get(String path, @Nullable String token) {
        return send("GET", path, token, null);
    }

    public Reply post(String path, @Nullable String token, @Nullable Object body) {
        return send("POST", path, token, body);
    }

    public Reply send(String method, String path, @Nullable String token, @Nullable Object body) {
        try {
            return sendAsync(method, path, token, body).join();
        } catch (java.util.concurrent.CompletionException e) {
            switch (e.getCause()) {
                case IOException io -> throw new UncheckedIOException(io);
                case AssertionError notAsDescribed -> throw notAsDescribed;
                case null, default -> throw e;
            }
        }
    }

    /** As {@link #send}, with a reason for the audit log, written as the header is. */
    public Reply sendBecause(String reason, String method, String path, String token, @Nullable Object body) {
        return sendAsync(method, path, token, body, reason).join();
    }

    public CompletableFuture<Reply> sendAsync(
            String method, String path, @Nullable String token, @Nullable Object body) {
        return sendAsync(method, path, token, body, null);
    }

    private CompletableFuture<Reply> sendAsync(
            String method, String path, @Nullable String token, @Nullable Object body, @Nullable String reason) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(patience)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(Json.bytes(body)))
                .header("content-type", "application/json");
        if (token != null) {
            request.header("authorization", token);
        }
        if (reason != null) {
            request.header("x-audit-log-reason", reason);
        }
        return http.sendAsync(request.build(), BodyHandlers.ofByteArray())
                .thenApply(response ->
                        checked(method, path, response.statusCode(), Json.parse(response.body()), response.headers()));
    }

    private Reply checked(String method, String path, int status, JsonNode body, HttpHeaders headers) {
        if (CONTRACT != null) {
            CONTRACT.check(method, path, status, body).ifPresent(listener);
        }
        return new Reply(status, body, headers);
    }
}
