package dev.parley.infra;

import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.Functions;
import dev.parley.catalog.GatewayRoute;
import dev.parley.catalog.HttpRoute;
import dev.parley.catalog.Regions;
import dev.parley.catalog.Routes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which stack a function of the catalog is in. Each is in one: with the HTTP API's routes, with the gateway's, with the
 * migrations, or with what runs in the background.
 */
final class Placement {

    private final List<HttpPart> http;
    private final List<FunctionSpec> gateway;
    private final List<FunctionSpec> background;

    /**
     * Places all functions.
     *
     * @param routes the routes of the HTTP API, the catalog's at least
     */
    Placement(List<HttpRoute> routes, Regions regions) {
        http = HttpPart.of(routes);
        Set<FunctionSpec> placed = new HashSet<>();
        routes.forEach(route -> placed.add(route.function()));
        placed.add(Routes.MIGRATE);
        gateway = Stream.concat(Routes.gateway().stream().map(GatewayRoute::function), Stream.of(Routes.HELLO))
                .distinct()
                .filter(placed::add)
                .toList();
        List<FunctionSpec> left = new ArrayList<>(Functions.of(regions));
        left.removeAll(placed);
        background = List.copyOf(left);
    }

    /** The routes of the HTTP API with their functions, part by part. */
    List<HttpPart> http() {
        return http;
    }

    /** The functions of the WebSocket API's routes, and the one that {@code $connect} invokes. */
    List<FunctionSpec> gateway() {
        return gateway;
    }

    /** All others but the migration: fed from queues, run by the clock, or invoked by hand. */
    List<FunctionSpec> background() {
        return background;
    }
}
