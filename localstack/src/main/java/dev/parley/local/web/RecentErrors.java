package dev.parley.local.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.apigateway.LocalAnswer;
import dev.parley.protocol.InvalidJsonException;
import dev.parley.protocol.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The last warnings and errors of the log, newest first, each with the id of the request that it is about: by that id the log
 * has the rest. What left the end of the log long ago is not looked for. Thread-safe.
 */
public final class RecentErrors {

    /** Where they are shown. */
    public static final String PATH = "/_parley/errors";

    private static final int TAIL_BYTES = 512 * 1024;
    private static final int MOST = 50;
    private static final Set<String> LEVELS = Set.of("WARN", "ERROR");

    private final Path log;

    /** @param log lines of JSON; may not be there yet */
    public RecentErrors(Path log) {
        this.log = log;
    }

    /** Answers a request to {@link #PATH}. */
    public LocalAnswer answer(String method, byte[] body) {
        if (!method.equals("GET")) {
            return LocalAnswer.empty(405);
        }
        ObjectNode json = Json.object();
        ArrayNode errors = json.putArray("errors");
        List<String> lines = tail().lines().toList().reversed();
        for (String line : lines) {
            if (errors.size() == MOST) {
                break;
            }
            add(line, errors);
        }
        return new LocalAnswer(200, Json.bytes(json));
    }

    private static void add(String line, ArrayNode errors) {
        JsonNode entry;
        try {
            entry = Json.parse(line.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidJsonException e) {
            return; // the first line of the tail is rarely a whole one
        }
        if (!LEVELS.contains(entry.path("level").asText())) {
            return;
        }
        ObjectNode error = errors.addObject();
        error.set("timestamp", entry.path("timestamp"));
        error.set("level", entry.path("level"));
        error.set("message", entry.path("message"));
        error.put("function", entry.path("span").path("function_name").asText(null));
        error.put("request_id", entry.path("span").path("request_id").asText(null));
    }

    private String tail() {
        if (!Files.exists(log)) {
            return "";
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long begin = Math.max(0, file.length() - TAIL_BYTES);
            file.seek(begin);
            byte[] bytes = new byte[(int) (file.length() - begin)];
            int read = file.read(bytes);
            return read < 0 ? "" : new String(bytes, 0, read, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
