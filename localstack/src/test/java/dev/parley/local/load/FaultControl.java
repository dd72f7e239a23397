package dev.parley.local.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Map;
import java.util.TreeMap;

/**
 * The server's fault switch, {@code /_parley/faults}.
 *
 * <p>Thread-safe.
 */
final class FaultControl implements AutoCloseable {

    /** An outage may be over before it is answered. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI uri;

    FaultControl(String baseUrl) {
        uri = URI.create(baseUrl + "/_parley/faults");
    }

    /**
     * Switches a fault on.
     *
     * @throws IllegalStateException if the server refuses it
     */
    void inject(ObjectNode fault) {
        expectOk(HttpRequest.newBuilder(uri)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.bytes(fault))));
    }

    /** Switches all of them off. */
    void clear() {
        expectOk(HttpRequest.newBuilder(uri).DELETE());
    }

    /** How often each fault has struck. */
    Map<String, Long> fired() {
        Map<String, Long> fired = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry :
                expectOk(HttpRequest.newBuilder(uri).GET()).path("fired").properties()) {
            fired.put(entry.getKey(), entry.getValue().asLong());
        }
        return fired;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private JsonNode expectOk(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> answer = http.send(request.timeout(LONGEST).build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() < 200 || answer.statusCode() > 299) {
                throw new IllegalStateException("The fault switch answered " + answer.statusCode() + " "
                        + new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
            }
            return answer.body().length == 0 ? Json.object() : Json.parse(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
