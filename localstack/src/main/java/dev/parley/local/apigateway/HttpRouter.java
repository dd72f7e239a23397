package dev.parley.local.apigateway;

import dev.parley.catalog.HttpRoute;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request: the most specific one wins, a literal segment before a parameter ("Create routes for HTTP
 * APIs in API Gateway": selecting routes). Immutable.
 */
final class HttpRouter {

    /** A route and the values of its parameters, decoded, in the path's order. */
    record Match(HttpRoute route, Map<String, String> parameters) {}

    private record Leaf(HttpRoute route, List<String> parameters) {}

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final Map<String, Leaf> leaves = new HashMap<>();
        private @Nullable Node parameter;
    }

    private final Node root = new Node();

    HttpRouter(List<HttpRoute> routes) {
        routes.forEach(this::add);
    }

    /**
     * The route of a request, or null.
     *
     * @param path the path as sent
     * @throws IllegalArgumentException if the path is badly percent-encoded
     */
    @Nullable Match match(String method, String path) {
        List<String> segments = segments(path);
        segments.replaceAll(HttpRouter::decode);
        List<String> values = new ArrayList<>();
        Leaf leaf = find(root, segments, 0, method, values);
        if (leaf == null) {
            return null;
        }
        Map<String, String> parameters = LinkedHashMap.newLinkedHashMap(values.size());
        for (int i = 0; i < values.size(); i++) {
            parameters.put(leaf.parameters().get(i), values.get(i));
        }
        return new Match(leaf.route(), parameters);
    }

    private void add(HttpRoute route) {
        Node node = root;
        List<String> parameters = new ArrayList<>();
        for (String segment : segments(route.path())) {
            if (segment.startsWith("{") && segment.endsWith("}")) {
                parameters.add(segment.substring(1, segment.length() - 1));
                Node next = node.parameter;
                if (next == null) {
                    next = new Node();
                    node.parameter = next;
                }
                node = next;
            } else {
                node = node.literals.computeIfAbsent(segment, literal -> new Node());
            }
        }
        if (node.leaves.put(route.method().name(), new Leaf(route, List.copyOf(parameters))) != null) {
            throw new IllegalArgumentException("Two routes match the same requests: " + route.routeKey());
        }
    }

    private static @Nullable Leaf find(Node node, List<String> segments, int at, String method, List<String> values) {
        if (at == segments.size()) {
            return node.leaves.get(method);
        }
        String segment = segments.get(at);
        Node literal = node.literals.get(segment);
        if (literal != null) {
            Leaf found = find(literal, segments, at + 1, method, values);
            if (found != null) {
                return found;
            }
        }
        Node parameter = node.parameter;
        if (parameter == null || segment.isEmpty()) {
            return null;
        }
        values.add(segment);
        Leaf found = find(parameter, segments, at + 1, method, values);
        if (found == null) {
            values.removeLast();
        }
        return found;
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        int start = 1;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            segments.add(path.substring(start, end));
            start = end + 1;
        }
        return segments;
    }

    private static String decode(String segment) {
        // URLDecoder is made for forms, where + is a space; in a path it is a plus.
        return segment.indexOf('%') < 0
                ? segment
                : URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
