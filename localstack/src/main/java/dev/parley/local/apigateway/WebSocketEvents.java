package dev.parley.local.apigateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Writes the events of a WebSocket API ("Set up Lambda proxy integrations for WebSocket APIs", "API Gateway WebSocket API
 * mapping template reference").
 *
 * <p>Thread-safe.
 */
final class WebSocketEvents {

    private static final int MAX_QUERY_PARAMETERS = 1024;

    private final ApiIdentity identity;
    private final GatewayIds ids;
    private final Clock clock;

    WebSocketEvents(ApiIdentity identity, GatewayIds ids, Clock clock) {
        this.identity = identity;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The event of {@code $connect}; the only one with headers and query.
     *
     * @throws IllegalArgumentException if the query is badly percent-encoded
     */
    byte[] connect(Connection connection, Request request, String requestId) {
        ObjectNode event = Json.object();
        ObjectNode headers = event.putObject("headers");
        ObjectNode multiValueHeaders = event.putObject("multiValueHeaders");
        for (Map.Entry<String, String> header : request.headers()) {
            headers.put(header.getKey(), header.getValue());
            multiValueHeaders.withArray(header.getKey()).add(header.getValue());
        }
        if (!request.query().isEmpty()) {
            addQuery(event, request.query());
        }
        context(event, connection, "$connect", "CONNECT", requestId);
        return finish(event);
    }

    /** The event of a message. */
    byte[] message(Connection connection, String routeKey, String message, String requestId) {
        ObjectNode event = Json.object();
        context(event, connection, routeKey, "MESSAGE", requestId).put("messageId", ids.extendedRequestId());
        event.put("body", message);
        return finish(event);
    }

    /** The event of {@code $disconnect}. */
    byte[] disconnect(Connection connection, int code, String reason, String requestId) {
        ObjectNode event = Json.object();
        context(event, connection, "$disconnect", "DISCONNECT", requestId)
                .put("disconnectStatusCode", code)
                .put("disconnectReason", reason);
        return finish(event);
    }

    private ObjectNode context(
            ObjectNode event, Connection connection, String routeKey, String eventType, String requestId) {
        long now = clock.millis();
        ObjectNode context = event.putObject("requestContext");
        context.put("routeKey", routeKey);
        context.put("eventType", eventType);
        context.put("extendedRequestId", requestId);
        context.put("requestTime", ApiIdentity.requestTime(now));
        context.put("messageDirection", "IN");
        context.put("stage", identity.stage());
        context.put("connectedAt", connection.connectedAt());
        context.put("requestTimeEpoch", now);
        ObjectNode client = context.putObject("identity");
        client.put("sourceIp", connection.sourceIp());
        if (connection.userAgent() != null) {
            client.put("userAgent", connection.userAgent());
        }
        context.put("requestId", requestId);
        context.put("domainName", identity.domainName());
        context.put("connectionId", connection.id());
        context.put("apiId", ApiIdentity.WEBSOCKET_API_ID);
        return context;
    }

    private static void addQuery(ObjectNode event, String query) {
        ObjectNode single = event.putObject("queryStringParameters");
        ObjectNode multiple = event.putObject("multiValueQueryStringParameters");
        Map<String, List<String>> parameters =
                new QueryStringDecoder(query, StandardCharsets.UTF_8, false, MAX_QUERY_PARAMETERS).parameters();
        parameters.forEach((name, values) -> {
            single.put(name, values.getLast());
            ArrayNode all = multiple.putArray(name);
            values.forEach(all::add);
        });
    }

    private static byte[] finish(ObjectNode event) {
        event.put("isBase64Encoded", false);
        return Json.bytes(event);
    }
}
