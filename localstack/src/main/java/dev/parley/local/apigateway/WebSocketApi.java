package dev.parley.local.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.catalog.GatewayRoute;
import dev.parley.protocol.InvalidJsonException;
import dev.parley.protocol.Json;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beginning and the end of WebSocket connections. {@code $connect} runs while the upgrade waits; what the function
 * answers decides ("Manage connected users and client apps: $connect and $disconnect routes"). {@code $disconnect} runs
 * once for each connection, whatever ended it.
 *
 * <p>Thread-safe; never blocks.
 */
final class WebSocketApi {

    /** "Quotas for configuring and running a WebSocket API in API Gateway": WebSocket URL length. */
    private static final int MAX_URL_LENGTH = 4096;

    private static final Logger log = LoggerFactory.getLogger(WebSocketApi.class);
    private static final String VERSION = "13";
    private static final String PROTOCOL = "sec-websocket-protocol";

    private final @Nullable GatewayRoute connectRoute;
    private final @Nullable GatewayRoute disconnectRoute;
    private final WebSocketEvents events;
    private final MessageDispatcher dispatcher;
    private final Connections connections;
    private final Invocations invocations;
    private final AccountThrottle throttle;
    private final GatewayIds ids;
    private final Clock clock;
    private final GatewayMeter meter;
    private final GatewayFaults faults;

    WebSocketApi(
            List<GatewayRoute> routes,
            WebSocketEvents events,
            Connections connections,
            Invocations invocations,
            AccountThrottle throttle,
            GatewayIds ids,
            Clock clock,
            GatewayMeter meter,
            GatewayFaults faults) {
        this.connectRoute = find(routes, "$connect");
        this.disconnectRoute = find(routes, "$disconnect");
        this.events = events;
        this.dispatcher = new MessageDispatcher(routes, events, invocations, throttle, ids);
        this.connections = connections;
        this.invocations = invocations;
        this.throttle = throttle;
        this.ids = ids;
        this.clock = clock;
        this.meter = meter;
        this.faults = faults;
    }

    /** Takes a request to the stage's own path; it should be an upgrade. */
    void handle(Exchange exchange) {
        Request request = exchange.request();
        HttpHeaders headers = request.headers();
        if (!request.method().equals(HttpMethod.GET)
                || !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                || !headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                || !VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            Reply reply = Reply.message(426, "Upgrade Required");
            reply.headers()
                    .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                    .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION);
            exchange.answer(reply);
        } else if (!headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)) {
            exchange.answer(Reply.message(400, "Bad Request"));
        } else if (request.path().length() + request.query().length() > MAX_URL_LENGTH) {
            exchange.answer(Reply.message(414, "Request-URI Too Long"));
        } else if (!throttle.tryTake()) {
            exchange.answer(Reply.message(429, "Too Many Requests"));
        } else {
            connect(exchange);
        }
    }

    private void connect(Exchange exchange) {
        Request request = exchange.request();
        Connection connection = new Connection(
                ids.connectionId(),
                exchange.channel(),
                request.sourceIp(),
                request.headers().get(HttpHeaderNames.USER_AGENT),
                clock,
                meter,
                this::ended);
        if (connectRoute == null) {
            LoopTasks.run(exchange.channel(), () -> open(exchange, connection, null));
            return;
        }
        String requestId = ids.extendedRequestId();
        byte[] event;
        try {
            event = events.connect(connection, request, requestId);
        } catch (IllegalArgumentException e) {
            exchange.answer(Reply.message(400, "Bad Request"));
            return;
        }
        invocations.invoke(connectRoute.function(), event, MessageDispatcher.TIMEOUT, new Invocations.Outcome() {
            @Override
            public void answered(byte[] answer) {
                LoopTasks.run(exchange.channel(), () -> decide(exchange, connection, answer, requestId));
            }

            @Override
            public void failed(Throwable failure) {
                log.warn("$connect gave no answer: {}", failure.getMessage());
                exchange.answer(refusal(500, connection, requestId));
            }
        });
    }

    private void decide(Exchange exchange, Connection connection, byte[] answer, String requestId) {
        JsonNode tree;
        try {
            tree = Json.parse(answer);
        } catch (InvalidJsonException e) {
            tree = Json.object();
        }
        int status = tree.path("statusCode").asInt(500);
        if (status < 200 || status > 299) {
            // The function's body stays inside: it may say why, which is nobody's business here.
            exchange.answer(refusal(status, connection, requestId));
            return;
        }
        String protocol = null;
        for (Map.Entry<String, JsonNode> header : tree.path("headers").properties()) {
            if (header.getKey().equalsIgnoreCase(PROTOCOL)) {
                protocol = header.getValue().asText();
            }
        }
        open(exchange, connection, protocol);
    }

    /** On the event loop. */
    private void open(Exchange exchange, Connection connection, @Nullable String protocol) {
        connections.add(connection);
        meter.connectionOpened();
        WebSocketUpgrade.complete(exchange, protocol, new WebSocketFrames(connection, dispatcher));
        if (!connection.channel().isActive()) {
            connection.end(Connection.ABNORMAL, "Connection closed abnormally");
        }
    }

    private void ended(Connection connection, int code, String reason) {
        meter.connectionClosed();
        if (disconnectRoute != null && !faults.losesDisconnect()) {
            disconnect(disconnectRoute, connection, code, reason);
        }
        // Last, so that whoever waits for the connections to end finds $disconnect under way.
        connections.remove(connection);
    }

    private void disconnect(GatewayRoute route, Connection connection, int code, String reason) {
        byte[] event = events.disconnect(connection, code, reason, ids.extendedRequestId());
        invocations.invoke(route.function(), event, MessageDispatcher.TIMEOUT, new Invocations.Outcome() {
            @Override
            public void answered(byte[] answer) {
                // Nobody is left to get it.
            }

            @Override
            public void failed(Throwable failure) {
                log.warn("$disconnect of {} failed: {}", connection.id(), failure.getMessage());
            }
        });
    }

    private static Reply refusal(int status, Connection connection, String requestId) {
        int sent = status < 400 || status > 599 ? 500 : status;
        String message = sent == 500
                ? "Internal server error"
                : HttpResponseStatus.valueOf(sent).reasonPhrase();
        return Reply.json(
                sent,
                Json.bytes(Json.object()
                        .put("message", message)
                        .put("connectionId", connection.id())
                        .put("requestId", requestId)));
    }

    private static @Nullable GatewayRoute find(List<GatewayRoute> routes, String routeKey) {
        return routes.stream()
                .filter(route -> route.routeKey().equals(routeKey))
                .findFirst()
                .orElse(null);
    }
}
