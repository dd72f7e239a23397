package dev.parley.local.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Discord's own description of its HTTP API, which stays beside the project and is no part of it. Immutable. */
public final class OpenApi {

    /** Where the file is, seen from this module's folder. */
    public static final Path FILE = Path.of("../../shared/reference/discord-openapi.json");

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private final ObjectNode document;
    private final List<Operation> operations;

    private OpenApi(ObjectNode document) {
        this.document = document;
        List<Operation> found = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey())) {
                    found.add(
                            new Operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()));
                }
            }
        }
        operations = List.copyOf(found);
    }

    /** The description; empty where the file is not beside the project. */
    public static Optional<OpenApi> find() {
        if (!Files.isRegularFile(FILE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new OpenApi((ObjectNode) Json.parse(Files.readAllBytes(FILE))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One operation.
     *
     * @param method in capitals
     * @param path with parameters in braces
     */
    public record Operation(String method, String path, JsonNode description) {

        /** The operation without the names of its parameters. */
        public String key() {
            return key(method, path);
        }

        /** A method and a path without the names of the path's parameters. */
        public static String key(String method, String path) {
            return method + " " + path.replaceAll("\\{\\w+}", "{}");
        }

        private boolean matches(String otherMethod, String[] segments) {
            String[] own = path.split("/", -1);
            if (!method.equals(otherMethod) || own.length != segments.length) {
                return false;
            }
            for (int i = 0; i < own.length; i++) {
                if (!own[i].startsWith("{") && !own[i].equals(segments[i])) {
                    return false;
                }
            }
            return true;
        }

        private long parameters() {
            return path.chars().filter(c -> c == '{').count();
        }
    }

    /** The whole document. */
    public ObjectNode document() {
        return document;
    }

    /** All operations, in the order of the document. */
    public List<Operation> operations() {
        return operations;
    }

    /** The operation of a request; the one with the fewest parameters where several fit. */
    public Optional<Operation> find(String method, String path) {
        String[] segments = path.split("/", -1);
        return operations.stream()
                .filter(operation -> operation.matches(method, segments))
                .min((a, b) -> Long.compare(a.parameters(), b.parameters()));
    }
}
