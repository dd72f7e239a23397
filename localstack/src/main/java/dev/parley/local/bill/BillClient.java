package dev.parley.local.bill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.InvalidJsonException;
import dev.parley.protocol.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks local clouds what they have metered. Thread-safe. */
public final class BillClient implements AutoCloseable {

    private final HttpClient http;
    private final Duration patience;

    /** @param patience the longest wait for an answer */
    public BillClient(Duration patience) {
        this.patience = patience;
        http = HttpClient.newBuilder().connectTimeout(patience).build();
    }

    /**
     * What a system has metered since its start; empty if it does not answer, or does not meter itself.
     *
     * @param baseUrl its address, without a slash at the end
     */
    public Optional<Consumption> ask(String baseUrl) {
        return ask(URI.create(baseUrl + BillPage.PATH)).join();
    }

    CompletableFuture<Optional<Consumption>> ask(URI page) {
        HttpRequest request = HttpRequest.newBuilder(page).timeout(patience).build();
        return http.sendAsync(request, BodyHandlers.ofByteArray())
                .thenApply(BillClient::read)
                .exceptionally(failure -> Optional.empty());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private static Optional<Consumption> read(HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 200) {
            return Optional.empty();
        }
        try {
            JsonNode consumption = Json.parse(answer.body()).path("consumption");
            return consumption.isObject() ? Optional.of(Json.read(consumption, Consumption.class)) : Optional.empty();
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
    }
}
