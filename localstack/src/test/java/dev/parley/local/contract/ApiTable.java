package dev.parley.local.contract;

import dev.parley.catalog.Access;
import dev.parley.catalog.HttpRoute;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What Parley has of Discord's HTTP API, as the page {@code docs/api.md}. */
final class ApiTable {

    private static final String API = "/api/{version}";

    private final List<OpenApi.Operation> operations;
    private final Map<String, HttpRoute> routes;

    ApiTable(List<OpenApi.Operation> operations, List<HttpRoute> routes) {
        this.operations = operations;
        this.routes = routes.stream()
                .filter(route -> route.path().startsWith(API))
                .collect(Collectors.toMap(ApiTable::key, Function.identity()));
    }

    private static String key(HttpRoute route) {
        return OpenApi.Operation.key(route.method().name(), path(route));
    }

    private static String path(HttpRoute route) {
        return route.path().substring(API.length());
    }

    /** The operations that are neither there nor left out for a reason. */
    List<String> missing() {
        return operations.stream()
                .filter(operation -> !routes.containsKey(operation.key())
                        && LeftOut.why(operation).isEmpty())
                .map(operation -> operation.method() + " " + operation.path())
                .toList();
    }

    /** The operations that are there, as {@link OpenApi.Operation#key}. */
    Set<String> implemented() {
        Set<String> keys = new HashSet<>();
        operations.stream()
                .map(OpenApi.Operation::key)
                .filter(routes::containsKey)
                .forEach(keys::add);
        return keys;
    }

    /** The page. */
    String markdown() {
        Map<String, List<String>> leftOut = new TreeMap<>();
        Map<String, List<String>> implemented = new TreeMap<>();
        for (OpenApi.Operation operation : operations) {
            HttpRoute route = routes.get(operation.key());
            if (route != null) {
                implemented
                        .computeIfAbsent(area(operation.path()), _ -> new ArrayList<>())
                        .add(row(operation, route));
            } else {
                LeftOut.why(operation)
                        .ifPresent(why -> leftOut.computeIfAbsent(why, _ -> new ArrayList<>())
                                .add("`" + operation.method() + " " + operation.path() + "`"));
            }
        }
        int there = implemented.values().stream().mapToInt(List::size).sum();
        int out = leftOut.values().stream().mapToInt(List::size).sum();
        StringBuilder page = new StringBuilder("""
                # The HTTP API

                What Parley has of [Discord's HTTP API](https://discord.com/developers/docs/reference), operation by
                operation. This page is generated from the catalog of routes and Discord's OpenAPI description;
                `ApiTableTest` fails when it is out of date, and says how to write it anew. Every path begins with
                `/api/v1`, `/api/v9` or `/api/v10`, which are the same.

                | | operations |
                |---|---:|
                """);
        page.append("| implemented | ").append(there).append(" |\n");
        page.append("| left out, with the reason | ").append(out).append(" |\n");
        page.append("| missing | ").append(missing().size()).append(" |\n");
        page.append("\n## Implemented\n");
        implemented.forEach((area, rows) -> {
            page.append("\n### ").append(area).append("\n\n| operation | function | bucket |\n|---|---|---|\n");
            rows.forEach(page::append);
        });
        page.append("\n## Left out\n\n| why | operations |\n|---|---|\n");
        leftOut.forEach((why, keys) -> page.append("| ")
                .append(why)
                .append(" | ")
                .append(String.join("<br>", keys))
                .append(" |\n"));
        if (!missing().isEmpty()) {
            page.append("\n## Missing\n\n");
            missing().forEach(key -> page.append("- `").append(key).append("`\n"));
        }
        page.append("""

                ## Parley's own

                Routes that Discord's description does not have: what its own clients use, and what Parley adds.

                | operation | function | bucket | token |
                |---|---|---|---|
                """);
        Set<String> described = operations.stream().map(OpenApi.Operation::key).collect(Collectors.toSet());
        routes.values().stream()
                .filter(route -> !described.contains(key(route)))
                .map(ApiTable::ownRow)
                .sorted()
                .forEach(page::append);
        return page.toString();
    }

    private static String row(OpenApi.Operation operation, HttpRoute route) {
        return "| `" + operation.method() + " " + operation.path() + "` | "
                + route.function().name() + " | " + route.limit() + " |\n";
    }

    private static String ownRow(HttpRoute route) {
        return "| `" + route.method() + " " + path(route) + "` | "
                + route.function().name() + " | " + route.limit() + " | "
                + (route.access() == Access.PUBLIC ? "no" : "yes") + " |\n";
    }

    private static String area(String path) {
        String[] segments = path.split("/", -1);
        String first = segments[1];
        if (segments.length > 3 && (first.equals("guilds") || first.equals("channels"))) {
            return first + ": " + segments[3];
        }
        return first;
    }
}
