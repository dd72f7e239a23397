package dev.parley.local.apigateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.AsciiString;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The {@code @connections} API: POST sends to a connection, GET tells about it, DELETE closes it ("Use @connections
 * commands in your backend service"; "API Gateway Management API Reference" for the errors).
 *
 * <p>Thread-safe; never blocks. POST is the hot path of the whole system.
 */
final class ManagementApi {

    private static final AsciiString ERROR_TYPE = AsciiString.cached("x-amzn-ErrorType");
    private static final AsciiString REQUEST_ID = AsciiString.cached("x-amzn-RequestId");

    private final Connections connections;
    private final SigV4Verifier verifier;
    private final AccountThrottle throttle;
    private final GatewayIds ids;
    private final GatewayFaults faults;

    ManagementApi(
            Connections connections,
            SigV4Verifier verifier,
            AccountThrottle throttle,
            GatewayIds ids,
            GatewayFaults faults) {
        this.connections = connections;
        this.verifier = verifier;
        this.throttle = throttle;
        this.ids = ids;
        this.faults = faults;
    }

    /**
     * Takes a request to {@code /{stage}/@connections/{id}}.
     *
     * @param encodedId the last part of the path, as sent
     */
    void handle(Exchange exchange, String encodedId) {
        Request request = exchange.request();
        if (!verifier.verify(request)) {
            refuse(exchange, 403, "ForbiddenException", "Forbidden");
            return;
        }
        if (!throttle.tryTake()) {
            throttled(exchange);
            return;
        }
        String id = decode(encodedId);
        if (!GatewayIds.isConnectionId(id)) {
            refuse(exchange, 400, "BadRequestException", "Invalid connectionId: " + id);
            return;
        }
        if (request.method().equals(HttpMethod.POST) && request.body().length > Connection.MAX_MESSAGE_BYTES) {
            refuse(exchange, 413, "PayloadTooLargeException", "Message too long");
            return;
        }
        Connection connection = connections.find(id);
        if (connection == null) {
            gone(exchange);
            return;
        }
        switch (request.method().name()) {
            case "POST" -> LoopTasks.run(connection.channel(), () -> post(exchange, connection, true));
            case "GET" -> get(exchange, connection);
            case "DELETE" -> LoopTasks.run(connection.channel(), () -> delete(exchange, connection));
            default -> refuse(exchange, 403, "ForbiddenException", "Forbidden");
        }
    }

    /**
     * On the connection's event loop. The answer goes out once the frame has been handed to the socket.
     *
     * @param mayFail whether faults apply; to a message that was held by one, none does
     */
    private void post(Exchange exchange, Connection connection, boolean mayFail) {
        if (connection.isOver()) {
            gone(exchange);
            return;
        }
        if (!connection.isKeepingUp()) {
            // The client does not read: AWS says the same when the "WebSocket client side buffer is full".
            throttled(exchange);
            return;
        }
        PostFault fault = mayFail ? faults.onPost() : null;
        if (fault != null) {
            fail(exchange, connection, fault);
        } else {
            connection.send(exchange.request().body());
            answer(exchange, Reply.empty(200));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a task that the loop drops at its end has nobody to answer to
    private void fail(Exchange exchange, Connection connection, PostFault fault) {
        switch (fault.effect()) {
            case DROP_BEFORE -> exchange.drop();
            case DROP_AFTER -> {
                connection.send(exchange.request().body());
                exchange.drop();
            }
            case GONE -> gone(exchange);
            case THROTTLED -> throttled(exchange);
            case DELAY ->
                connection
                        .channel()
                        .eventLoop()
                        .schedule(
                                () -> post(exchange, connection, false),
                                fault.delay().toMillis(),
                                TimeUnit.MILLISECONDS);
        }
    }

    private void get(Exchange exchange, Connection connection) {
        ObjectNode body = Json.object();
        body.put("connectedAt", Instant.ofEpochMilli(connection.connectedAt()).toString());
        ObjectNode identity = body.putObject("identity");
        identity.put("sourceIp", connection.sourceIp());
        identity.put("userAgent", connection.userAgent());
        body.put("lastActiveAt", Instant.ofEpochMilli(connection.lastActiveAt()).toString());
        answer(exchange, Reply.json(200, Json.bytes(body)));
    }

    private void delete(Exchange exchange, Connection connection) {
        if (connection.isOver()) {
            gone(exchange);
            return;
        }
        connection.close(Connection.NORMAL, "Connection Closed Normally");
        answer(exchange, Reply.empty(204));
    }

    private void gone(Exchange exchange) {
        refuse(exchange, 410, "GoneException", "Gone");
    }

    private void throttled(Exchange exchange) {
        refuse(exchange, 429, "LimitExceededException", "Too Many Requests");
    }

    private void refuse(Exchange exchange, int status, String type, String message) {
        Reply reply = Reply.message(status, message);
        reply.headers().set(ERROR_TYPE, type);
        answer(exchange, reply);
    }

    private void answer(Exchange exchange, Reply reply) {
        reply.headers().set(REQUEST_ID, ids.requestId());
        exchange.answer(reply);
    }

    private static String decode(String id) {
        if (id.indexOf('%') < 0) {
            return id;
        }
        try {
            return URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return id;
        }
    }
}
