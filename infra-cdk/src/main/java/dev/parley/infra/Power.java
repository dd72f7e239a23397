package dev.parley.infra;

import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.HttpRoute;
import dev.parley.catalog.QueueSpec;
import dev.parley.catalog.Queues;
import dev.parley.catalog.Regions;
import dev.parley.catalog.Routes;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a function may do beside reading and writing data. The rule that says which function has which power is here and
 * nowhere else.
 */
enum Power {
    /** Sends to the event queues. */
    PUBLISH,
    /** Posts to, looks at and deletes gateway connections. */
    POST,
    /** Is fed from a queue. */
    CONSUME,
    /** Invokes the function that says HELLO. */
    GREET,
    /** Reads files and images, and signs links to them. */
    READ_FILES,
    /** Stores and removes files and images. */
    WRITE_FILES,
    /** Changes the database's schema. */
    MIGRATE;

    /** Areas in which nothing happens that others hear of. */
    private static final Set<String> QUIET = Set.of("account", "operations", "attachment", "image");

    /** Of those, the one in which tokens are revoked, which another Region has to hear of. */
    private static final String SIGNS_OUT = "account";

    private static final String PACKAGE = "dev.parley.functions.";

    /** The powers of a function in a system of one Region. */
    static Set<Power> of(FunctionSpec function) {
        return of(function, Regions.ONE);
    }

    /**
     * The powers of a function.
     *
     * <ul>
     *   <li>{@code gateway} and {@code fanout} post, unless they answer the REST API or relay.
     *   <li>All publish but {@code account}, {@code operations}, {@code attachment} and {@code image}; of two Regions also {@code account}.
     *   <li>What the catalog says of files is what a function may do with them.
     *   <li>What a queue names consumes; what {@code $connect} names greets; {@link Routes#MIGRATE} migrates.
     * </ul>
     */
    static Set<Power> of(FunctionSpec function, Regions regions) {
        Set<Power> powers = EnumSet.noneOf(Power.class);
        String area = area(function);
        if (!QUIET.contains(area) || (regions == Regions.TWO && area.equals(SIGNS_OUT))) {
            powers.add(PUBLISH);
        }
        boolean answersRest = Routes.http().stream().map(HttpRoute::function).anyMatch(function::equals);
        boolean relays = function.equals(Queues.RELAY.consumer());
        if (!answersRest && !relays && (area.equals("gateway") || area.equals("fanout"))) {
            powers.add(POST);
        }
        if (Queues.of(Regions.TWO).stream().map(QueueSpec::consumer).anyMatch(function::equals)) {
            powers.add(CONSUME);
        }
        if (Routes.gateway().stream()
                .anyMatch(route ->
                        route.routeKey().equals("$connect") && route.function().equals(function))) {
            powers.add(GREET);
        }
        switch (function.files()) {
            case NONE -> {}
            case READ -> powers.add(READ_FILES);
            case WRITE -> powers.add(WRITE_FILES);
        }
        if (function.equals(Routes.MIGRATE)) {
            powers.add(MIGRATE);
        }
        return powers;
    }

    private static String area(FunctionSpec function) {
        String relative = function.handler().substring(PACKAGE.length());
        return relative.substring(0, relative.indexOf('.'));
    }
}
