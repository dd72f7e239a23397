package dev.parley.local.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.catalog.GatewayRoute;
import dev.parley.protocol.InvalidJsonException;
import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each message to the function of its route, and the function's answer back if the route has a response. Messages
 * are independent of each other: nothing is promised about their order.
 *
 * <p>Thread-safe; never blocks.
 */
final class MessageDispatcher {

    /** "Quotas for configuring and running a WebSocket API in API Gateway": integration timeout. */
    static final Duration TIMEOUT = Duration.ofSeconds(29);

    private static final Logger log = LoggerFactory.getLogger(MessageDispatcher.class);
    private static final String DEFAULT = "$default";

    private final RouteKeys routeKeys = new RouteKeys();
    private final Map<String, GatewayRoute> routes;
    private final @Nullable GatewayRoute fallback;
    private final WebSocketEvents events;
    private final Invocations invocations;
    private final AccountThrottle throttle;
    private final GatewayIds ids;

    MessageDispatcher(
            List<GatewayRoute> routes,
            WebSocketEvents events,
            Invocations invocations,
            AccountThrottle throttle,
            GatewayIds ids) {
        // Route keys with a dollar sign cannot be asked for by a message.
        this.routes = routes.stream()
                .filter(route -> !route.routeKey().startsWith("$"))
                .collect(Collectors.toUnmodifiableMap(GatewayRoute::routeKey, Function.identity()));
        this.fallback = routes.stream()
                .filter(route -> route.routeKey().equals(DEFAULT))
                .findFirst()
                .orElse(null);
        this.events = events;
        this.invocations = invocations;
        this.throttle = throttle;
        this.ids = ids;
    }

    /**
     * Handles a message.
     *
     * @param done called once, on the connection's event loop, when the message has been dealt with
     */
    void dispatch(Connection connection, String message, Runnable done) {
        String requestId = ids.extendedRequestId();
        GatewayRoute route = routes.get(routeKeys.select(message));
        if (route == null) {
            route = fallback;
        }
        if (!throttle.tryTake()) {
            finish(connection, error(connection, "Too Many Requests", requestId), done);
        } else if (route == null) {
            finish(connection, error(connection, "Forbidden", requestId), done);
        } else {
            invoke(connection, route, message, requestId, done);
        }
    }

    private void invoke(Connection connection, GatewayRoute route, String message, String requestId, Runnable done) {
        byte[] event = events.message(connection, route.routeKey(), message, requestId);
        invocations.invoke(route.function(), event, TIMEOUT, new Invocations.Outcome() {
            @Override
            public void answered(byte[] answer) {
                finish(connection, response(connection, route, answer, requestId), done);
            }

            @Override
            public void failed(Throwable failure) {
                boolean late = failure instanceof IntegrationTimeoutException;
                if (!late) {
                    log.warn("{} gave no answer: {}", route.function().name(), failure.getMessage());
                }
                String text = late ? "Endpoint request timed out" : "Internal server error";
                finish(connection, error(connection, text, requestId), done);
            }
        });
    }

    private static byte @Nullable [] response(
            Connection connection, GatewayRoute route, byte[] answer, String requestId) {
        JsonNode body = body(answer);
        if (body == null) {
            log.warn("{} answered without a status code", route.function().name());
            return error(connection, "Internal server error", requestId);
        }
        if (!route.answers() || body.isMissingNode() || body.isNull()) {
            return null;
        }
        String text = body.isContainerNode() ? Json.text(body) : body.asText();
        return text.isEmpty() ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** The answer's body, a missing node if it has none, or null if the answer is malformed. */
    private static @Nullable JsonNode body(byte[] answer) {
        try {
            JsonNode tree = Json.parse(answer);
            return tree.path("statusCode").isValueNode() ? tree.path("body") : null;
        } catch (InvalidJsonException e) {
            return null;
        }
    }

    private static void finish(Connection connection, byte @Nullable [] frame, Runnable done) {
        LoopTasks.run(connection.channel(), () -> {
            if (frame != null) {
                connection.send(frame);
            }
            done.run();
        });
    }

    /** The frame that clients see on AWS; the space is API Gateway's. */
    private static byte[] error(Connection connection, String message, String requestId) {
        return ("{\"message\": \"" + message + "\", \"connectionId\":\"" + connection.id() + "\", \"requestId\":\""
                        + requestId + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
