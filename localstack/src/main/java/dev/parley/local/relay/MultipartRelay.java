package dev.parley.local.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.apigateway.BodyRelay;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.InvalidJsonException;
import dev.parley.protocol.Json;
import dev.parley.protocol.Multipart;
import dev.parley.protocol.UploadedFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a message with files that are too large for one request into what the API takes at any size: it asks for upload links
 * with the caller's own token, uploads each file, and sends the message with their names. It has no rights of its own, and
 * the API cannot tell it from a client that does the same (docs/adr/0007-uploads.md).
 *
 * <p>Thread-safe.
 */
public final class MultipartRelay implements BodyRelay, AutoCloseable {

    /** The largest request, as Discord had it (Discord documentation, "Uploading Files"), and something for the form around it. */
    private static final int MAX_BYTES = 26 * 1024 * 1024;

    private static final Duration TIMEOUT = Duration.ofSeconds(40);
    private static final Logger log = LoggerFactory.getLogger(MultipartRelay.class);
    private static final Pattern CREATE = Pattern.compile("(/api/v\\d{1,2}/channels/\\d{1,19})/messages");
    private static final Pattern EDIT = Pattern.compile("(/api/v\\d{1,2}/channels/\\d{1,19})/messages/\\d{1,19}");

    /** What an answer's next hop makes anew. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "content-length", "transfer-encoding", "keep-alive", "date", "via");

    private static final Set<String> FORWARDED =
            Set.of("authorization", "user-agent", "x-audit-log-reason", "accept-language");

    private final URI api;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /**
     * A relay to an API.
     *
     * @param api the base URL of its HTTP API, without a slash at the end
     */
    public MultipartRelay(String api) {
        this.api = URI.create(api);
    }

    @Override
    public int maxBytes(String method, String path, @Nullable String contentType) {
        return Multipart.is(contentType) && channel(method, path) != null ? MAX_BYTES : 0;
    }

    @Override
    public Answer relay(String method, String target, Map<String, String> headers, byte[] body) {
        try {
            return relayed(method, target, headers, body);
        } catch (Refused e) {
            return e.answer();
        } catch (ApiException e) {
            return json(e.code().status(), e.body());
        } catch (InvalidJsonException e) {
            ApiException refusal = new ApiException(ErrorCode.INVALID_JSON);
            return json(refusal.code().status(), refusal.body());
        } catch (IOException e) {
            log.warn("Files could not be relayed", e);
            ApiException refusal = new ApiException(ErrorCode.UNAVAILABLE);
            return json(refusal.code().status(), refusal.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return json(503, new ApiException(ErrorCode.UNAVAILABLE).body());
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** The API has answered one of the steps with a refusal, which is the answer. */
    private static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Answer answer;

        Refused(Answer answer) {
            super("Refused", null, false, false);
            this.answer = answer;
        }

        Answer answer() {
            return answer;
        }
    }

    private Answer relayed(String method, String target, Map<String, String> headers, byte[] body)
            throws IOException, InterruptedException, Refused {
        int question = target.indexOf('?');
        String channel = channel(method, question < 0 ? target : target.substring(0, question));
        if (channel == null) {
            throw new IllegalArgumentException("Not relayed: " + target);
        }
        Form form = Form.multipart(headers.getOrDefault("content-type", ""), body);
        ObjectNode message = form.fields();
        List<UploadedFile> files = form.files();
        if (!files.isEmpty()) {
            name(message, upload(channel, headers, files));
        }
        return answer(send(method, api.resolve(target), headers, BodyPublishers.ofByteArray(Json.bytes(message))));
    }

    /** Uploads the files and gives the names that the message calls them by, by their numbers. */
    private Map<String, String> upload(String channel, Map<String, String> headers, List<UploadedFile> files)
            throws IOException, InterruptedException, Refused {
        ObjectNode wanted = Json.object();
        ArrayNode list = wanted.putArray("files");
        for (UploadedFile file : files) {
            list.addObject()
                    .put("id", file.id())
                    .put("filename", file.filename())
                    .put("file_size", file.bytes().length);
        }
        HttpResponse<byte[]> prepared = send(
                "POST", api.resolve(channel + "/attachments"), headers, BodyPublishers.ofByteArray(Json.bytes(wanted)));
        if (prepared.statusCode() != 200) {
            throw new Refused(answer(prepared));
        }
        Map<String, String> names = new LinkedHashMap<>();
        JsonNode attachments = Json.parse(prepared.body()).path("attachments");
        for (int i = 0; i < files.size(); i++) {
            JsonNode attachment = attachments.path(i);
            put(URI.create(attachment.path("upload_url").asText()), files.get(i));
            names.put(files.get(i).id(), attachment.path("upload_filename").asText());
        }
        return names;
    }

    private void put(URI link, UploadedFile file) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(link).timeout(TIMEOUT).PUT(BodyPublishers.ofByteArray(file.bytes()));
        String contentType = file.contentType();
        if (contentType != null) {
            request.header("content-type", contentType);
        }
        HttpResponse<Void> stored = http.send(request.build(), BodyHandlers.discarding());
        if (stored.statusCode() != 200) {
            throw new IOException("The upload was refused with " + stored.statusCode());
        }
    }

    /** Writes the names into the message's entries, and an entry for each file that has none. */
    private static void name(ObjectNode message, Map<String, String> names) {
        Map<String, String> left = new LinkedHashMap<>(names);
        ArrayNode entries =
                message.path("attachments") instanceof ArrayNode sent ? sent : message.putArray("attachments");
        for (JsonNode entry : entries) {
            String name = left.remove(entry.path("id").asText());
            if (name != null && entry instanceof ObjectNode object) {
                object.put("uploaded_filename", name);
            }
        }
        left.forEach((id, name) -> entries.addObject().put("id", id).put("uploaded_filename", name));
    }

    private HttpResponse<byte[]> send(String method, URI target, Map<String, String> headers, BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(TIMEOUT)
                .method(method, body)
                .header("content-type", "application/json");
        headers.forEach((name, value) -> {
            if (FORWARDED.contains(name)) {
                request.header(name, value);
            }
        });
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        Map<String, String> headers = new HashMap<>();
        response.headers().map().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name)) {
                headers.put(name, String.join(",", values));
            }
        });
        return new Answer(response.statusCode(), headers, response.body());
    }

    private static Answer json(int status, JsonNode body) {
        return new Answer(status, Map.of("content-type", "application/json"), Json.bytes(body));
    }

    private static @Nullable String channel(String method, String path) {
        Pattern pattern = method.equals("POST") ? CREATE : method.equals("PATCH") ? EDIT : null;
        Matcher matcher = pattern == null ? null : pattern.matcher(path);
        return matcher != null && matcher.matches() ? matcher.group(1) : null;
    }
}
