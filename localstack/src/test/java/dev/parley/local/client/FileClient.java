package dev.parley.local.client;

import dev.parley.local.client.RestClient.Reply;
import dev.parley.protocol.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends and gets files as clients of Discord do. Thread-safe. */
public final class FileClient {

    private static final String BOUNDARY = "----parley-test-boundary";

    private final HttpClient http;
    private final String baseUrl;

    public FileClient(String baseUrl) {
        this(baseUrl, HttpClient.Redirect.NORMAL);
    }

    /** A client that may not follow where it is sent. */
    public FileClient(String baseUrl, HttpClient.Redirect redirects) {
        this.baseUrl = baseUrl;
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .followRedirects(redirects)
                .build();
    }

    /** A file of a form. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Upload(
            String field, String filename, @Nullable String contentType, byte[] bytes) {

        /** The first file of a form. */
        public static Upload first(String filename, String contentType, byte[] bytes) {
            return new Upload("files[0]", filename, contentType, bytes);
        }
    }

    /** Sends a form with files; without a token if it is null. */
    public Reply send(
            String method, String path, @Nullable String token, @Nullable Object payload, List<Upload> files) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (payload != null) {
            body.writeBytes(text("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n"
                    + "Content-Type: application/json\r\n\r\n"));
            body.writeBytes(Json.bytes(payload));
            body.writeBytes(text("\r\n"));
        }
        for (Upload file : files) {
            body.writeBytes(text("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + file.field()
                    + "\"; filename=\"" + file.filename() + "\"\r\n"
                    + (file.contentType() == null ? "" : "Content-Type: " + file.contentType() + "\r\n") + "\r\n"));
            body.writeBytes(file.bytes());
            body.writeBytes(text("\r\n"));
        }
        body.writeBytes(text("--" + BOUNDARY + "--\r\n"));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + "/api/v10" + path))
                .method(method, BodyPublishers.ofByteArray(body.toByteArray()))
                .header("content-type", "multipart/form-data; boundary=" + BOUNDARY);
        if (token != null) {
            request.header("authorization", token);
        }
        HttpResponse<byte[]> response = send(request);
        return new Reply(response.statusCode(), Json.parse(response.body()), response.headers());
    }

    /** Puts bytes where a link leads. */
    public int put(String link, byte[] bytes) {
        return send(HttpRequest.newBuilder(URI.create(link)).PUT(BodyPublishers.ofByteArray(bytes)))
                .statusCode();
    }

    /** Gets what is behind a link. */
    public HttpResponse<byte[]> get(String link) {
        return send(HttpRequest.newBuilder(URI.create(link)));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
