package dev.parley.infra;

import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.HttpRoute;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * A part of the HTTP API that has a stack of its own: routes with their functions.
 *
 * <p>The part follows from the function's name and from nothing else. A function that moved to another stack would be
 * made there before it is removed here, which fails because its name is taken; so no route that comes or goes may move
 * another one. That is also why the number of parts is fixed.
 *
 * @param number 0 to {@link #COUNT} - 1
 * @param routes its routes, in the order of the catalog
 */
record HttpPart(int number, List<HttpRoute> routes) {

    /**
     * How many parts there are. It is never changed once something is deployed.
     *
     * <p>An HTTP API has 300 integrations at the most, which AWS does not raise (API Gateway quotas, "HTTP API"), so that a
     * part has about 15 functions then. It may have 30: a template holds 60 dynamic references (CloudFormation quotas),
     * and a function needs two, to the passwords of the database and of the cache. 500 resources a stack are further away.
     */
    static final int COUNT = 20;

    /** The parts that have a route. */
    static List<HttpPart> of(List<HttpRoute> routes) {
        Map<Integer, List<HttpRoute>> parts = routes.stream()
                .collect(Collectors.groupingBy(
                        route -> part(route.function()), TreeMap::new, Collectors.toUnmodifiableList()));
        return parts.entrySet().stream()
                .map(part -> new HttpPart(part.getKey(), part.getValue()))
                .toList();
    }

    /** Its functions, each once. */
    List<FunctionSpec> functions() {
        return routes.stream().map(HttpRoute::function).distinct().toList();
    }

    private static int part(FunctionSpec function) {
        CRC32 checksum = new CRC32();
        checksum.update(function.name().getBytes(StandardCharsets.UTF_8));
        return (int) (checksum.getValue() % COUNT);
    }
}
