package dev.parley.local.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.catalog.HttpRoute;
import dev.parley.local.contract.Contract;
import dev.parley.protocol.InvalidJsonException;
import dev.parley.protocol.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends whatever it is told to, and holds every answer against what all of them promise: no 5xx, in time, and as Discord's
 * description says, where that is beside the project. Thread-safe.
 */
final class RawRequests {

    private static final @Nullable Contract CONTRACT = Contract.find();
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int SHOWN = 600;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final String base;
    private final Tally tally;

    RawRequests(String base, Tally tally) {
        this.base = base;
        this.tally = tally;
    }

    /**
     * A request.
     *
     * @param path with the version and the query
     */
    @SuppressWarnings("ArrayRecordComponent") // sent, never compared
    record Raw(HttpRoute route, String path, Map<String, String> headers, byte @Nullable [] body) {

        /** What a reader needs to send it again. */
        String shown() {
            String text = body == null ? "no body" : new String(body, StandardCharsets.UTF_8);
            return route.routeKey() + "\n  " + route.method() + " " + path + " " + headers.get("content-type") + "\n  "
                    + (text.length() > SHOWN ? text.substring(0, SHOWN) + "... of " + text.length() : text);
        }
    }

    /** An answer; its status is 0 if there was none. */
    record Answer(int status, String text) {}

    /** Sends a request and notes what is wrong with its answer. */
    Answer send(Raw raw) {
        String area = area(raw.route());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + raw.path()))
                .timeout(DEADLINE)
                .method(
                        raw.route().method().name(),
                        raw.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(raw.body()));
        raw.headers().forEach(request::header);
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            String text = new String(response.body(), StandardCharsets.UTF_8);
            tally.answered(area, response.statusCode());
            if (response.statusCode() >= 500) {
                tally.fail("a " + response.statusCode() + " from " + raw.shown() + "\n  " + text);
            } else {
                check(raw, response, text);
            }
            return new Answer(response.statusCode(), text);
        } catch (IOException e) {
            tally.answered(area, 0);
            tally.fail("no answer (" + e + ") from " + raw.shown());
            return new Answer(0, "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void check(Raw raw, HttpResponse<byte[]> response, String text) {
        String path = raw.path().replaceFirst("^/api/v\\d+", "");
        // What a percent sign hides may be another path for the description.
        if (CONTRACT == null || path.split("\\?", 2)[0].contains("%") || path.equals(raw.path())) {
            return;
        }
        try {
            JsonNode body = Json.parse(response.body());
            // The one answer that is not Parley's own is that of the HTTP API to a path without a route.
            if (!text.equals("{\"message\":\"Not Found\"}")) {
                CONTRACT.check(raw.route().method().name(), path, response.statusCode(), body);
            }
        } catch (AssertionError | InvalidJsonException e) {
            tally.fail("not as described: " + raw.shown() + "\n  " + e.getMessage());
        }
    }

    /** The package of the function behind a route. */
    static String area(HttpRoute route) {
        return route.function()
                .handler()
                .replaceFirst("^dev\\.parley\\.functions\\.", "")
                .replaceFirst("\\..*", "");
    }
}
