package dev.parley.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The public API, called as anybody could: the demo has no way of its own into the system. Thread-safe. */
final class DemoApi implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int TRIES = 5;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    DemoApi(String baseUrl) {
        base = baseUrl + "/api/v10";
    }

    /** An answer, whatever its status. */
    record Answer(int status, JsonNode body) {

        /** The body of an answer that is none of refusal. */
        JsonNode body(String what) {
            if (status >= 300) {
                throw new DemoException("The demo could not " + what + ": " + status + " " + body);
            }
            return body;
        }
    }

    /**
     * Sends a request; waits where it comes too often.
     *
     * @param token null for none
     * @param body null for none
     */
    Answer call(String method, String path, @Nullable String token, @Nullable Map<String, ?> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(DEADLINE)
                .header("content-type", "application/json")
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(Json.bytes(Json.tree(body))));
        if (token != null) {
            request.header("authorization", token);
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            for (int tried = 1; answer.statusCode() == 429 && tried < TRIES; tried++) {
                double seconds = Json.parse(answer.body()).path("retry_after").asDouble(1);
                Thread.sleep(Duration.ofMillis((long) (seconds * 1000)));
                answer = http.send(request.build(), BodyHandlers.ofString());
            }
            return new Answer(answer.statusCode(), answer.body().isEmpty() ? Json.object() : Json.parse(answer.body()));
        } catch (IOException e) {
            throw new DemoException("The demo gets no answer from the system: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException("The demo was interrupted", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
