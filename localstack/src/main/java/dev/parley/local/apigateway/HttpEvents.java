package dev.parley.local.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.lambda.LocalTrace;
import dev.parley.protocol.Json;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the event of an HTTP API in payload format 2.0 ("Create AWS Lambda proxy integrations for HTTP APIs in API
 * Gateway").
 *
 * <p>Thread-safe.
 */
final class HttpEvents {

    private static final int MAX_QUERY_PARAMETERS = 1024;

    /** Headers between the client and API Gateway, which do not reach the function. */
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "expect", "cookie");

    private final ApiIdentity identity;
    private final Clock clock;

    HttpEvents(ApiIdentity identity, Clock clock) {
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * The event as JSON in UTF-8.
     *
     * @throws IllegalArgumentException if the query is badly percent-encoded
     */
    byte[] event(Request request, HttpRouter.Match match, String requestId) {
        String routeKey = match.route().routeKey();
        ObjectNode event = Json.object();
        event.put("version", "2.0");
        event.put("routeKey", routeKey);
        event.put("rawPath", request.path());
        event.put("rawQueryString", request.query());
        addCookies(event, request.headers());
        addHeaders(event.putObject("headers"), request);
        addQuery(event, request.query());
        if (!match.parameters().isEmpty()) {
            ObjectNode parameters = event.putObject("pathParameters");
            match.parameters().forEach(parameters::put);
        }
        addContext(event.putObject("requestContext"), request, routeKey, requestId);
        addBody(event, request);
        return Json.bytes(event);
    }

    private static void addCookies(ObjectNode event, HttpHeaders headers) {
        List<String> sent = headers.getAll(HttpHeaderNames.COOKIE);
        if (sent.isEmpty()) {
            return;
        }
        ArrayNode cookies = event.putArray("cookies");
        for (String header : sent) {
            for (String cookie : header.split(";", -1)) {
                if (!cookie.isBlank()) {
                    cookies.add(cookie.strip());
                }
            }
        }
    }

    private void addHeaders(ObjectNode target, Request request) {
        for (Map.Entry<String, String> header : request.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(name)) {
                append(target, name, header.getValue());
            }
        }
        append(target, "x-forwarded-for", request.sourceIp());
        target.put("x-forwarded-port", Integer.toString(identity.port()));
        target.put("x-forwarded-proto", "http");
        if (!target.has("x-amzn-trace-id")) {
            target.put("x-amzn-trace-id", LocalTrace.begin(clock));
        }
    }

    private static void addQuery(ObjectNode event, String query) {
        if (query.isEmpty()) {
            return;
        }
        ObjectNode target = event.putObject("queryStringParameters");
        new QueryStringDecoder(query, StandardCharsets.UTF_8, false, MAX_QUERY_PARAMETERS)
                .parameters()
                .forEach((name, values) -> target.put(name, String.join(",", values)));
    }

    private void addContext(ObjectNode context, Request request, String routeKey, String requestId) {
        long now = clock.millis();
        context.put("accountId", ApiIdentity.ACCOUNT_ID);
        context.put("apiId", ApiIdentity.HTTP_API_ID);
        context.put("domainName", identity.domainName());
        context.put("domainPrefix", identity.domainPrefix());
        ObjectNode http = context.putObject("http");
        http.put("method", request.method().name());
        http.put("path", request.path());
        http.put("protocol", request.protocol());
        http.put("sourceIp", request.sourceIp());
        http.put("userAgent", request.headers().get(HttpHeaderNames.USER_AGENT, ""));
        context.put("requestId", requestId);
        context.put("routeKey", routeKey);
        context.put("stage", "$default");
        context.put("time", ApiIdentity.requestTime(now));
        context.put("timeEpoch", now);
    }

    private static void addBody(ObjectNode event, Request request) {
        byte[] body = request.body();
        boolean text = isText(request.headers());
        if (body.length > 0) {
            event.put(
                    "body",
                    text
                            ? new String(body, StandardCharsets.UTF_8)
                            : Base64.getEncoder().encodeToString(body));
        }
        event.put("isBase64Encoded", body.length > 0 && !text);
    }

    /** "Working with binary media types for HTTP APIs": text, JSON, XML and JavaScript pass as they are. */
    private static boolean isText(HttpHeaders headers) {
        if (headers.contains(HttpHeaderNames.CONTENT_ENCODING)) {
            return false;
        }
        @Nullable String header = headers.get(HttpHeaderNames.CONTENT_TYPE);
        if (header == null) {
            return false;
        }
        int semicolon = header.indexOf(';');
        String type = (semicolon < 0 ? header : header.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
        return type.startsWith("text/")
                || type.equals("application/json")
                || type.equals("application/xml")
                || type.equals("application/javascript")
                || type.endsWith("+json")
                || type.endsWith("+xml");
    }

    private static void append(ObjectNode target, String name, String value) {
        JsonNode before = target.get(name);
        target.put(name, before == null ? value : before.textValue() + "," + value);
    }
}
