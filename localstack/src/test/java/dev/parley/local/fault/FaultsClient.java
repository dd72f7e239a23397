package dev.parley.local.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A client of {@code /_parley/faults}. */
public final class FaultsClient {

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI health;
    private final URI uri;

    public FaultsClient(String baseUrl) {
        health = URI.create(baseUrl + "/health");
        uri = URI.create(baseUrl + "/_parley/faults");
    }

    /** Asks for a fault and expects that it is taken. */
    public void set(String json) {
        HttpResponse<String> answer = send("POST", json);
        if (answer.statusCode() != 204) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }

    /** Ends all faults. */
    public void clear() {
        send("DELETE", "");
    }

    /** Whether the functions reach the database and Redis. */
    public boolean healthy() {
        return send(HttpRequest.newBuilder(health)).statusCode() == 200;
    }

    /** What is set. */
    public JsonNode active() {
        return state().path("active");
    }

    /** How often a fault has happened. */
    public long fired(String id) {
        return state().path("fired").path(id).asLong();
    }

    public HttpResponse<String> send(String method, String body) {
        return send(HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode state() {
        return Json.parse(send("GET", "").body());
    }
}
