package dev.parley.functions.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.account.Principal;
import dev.parley.catalog.HttpRoute;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that has passed its route's checks. */
public final class HttpCall {

    private final HttpEvent event;
    private final HttpRoute route;
    private final @Nullable Principal principal;

    HttpCall(HttpEvent event, HttpRoute route, @Nullable Principal principal) {
        this.event = event;
        this.route = route;
        this.principal = principal;
    }

    public HttpRoute route() {
        return route;
    }

    /** Who calls. Only for routes that need a token. */
    public Principal principal() {
        Principal caller = principal;
        if (caller == null) {
            throw new IllegalStateException(route.routeKey() + " is public: nobody is signed in");
        }
        return caller;
    }

    /** A query parameter, or null. */
    public @Nullable String query(String name) {
        return value(event.queryStringParameters(), name);
    }

    /** All query parameters. */
    public Map<String, String> queries() {
        Map<String, String> parameters = event.queryStringParameters();
        return parameters == null ? Map.of() : parameters;
    }

    /** A path parameter of the route. */
    public String path(String name) {
        String value = value(event.pathParameters(), name);
        if (value == null) {
            throw new IllegalStateException(route.routeKey() + " has no parameter " + name);
        }
        return value;
    }

    /**
     * An id in the path.
     *
     * @param unknown the refusal when it is no id: what is no id names nothing
     * @throws ApiException with {@code unknown}
     */
    public Snowflake pathId(String name, ErrorCode unknown) {
        Snowflake id = Snowflake.parseOrNull(path(name));
        if (id == null) {
            throw new ApiException(unknown);
        }
        return id;
    }

    /** The body's bytes; none gives an empty array. */
    public byte[] bodyBytes() {
        String body = event.body();
        if (body == null) {
            return new byte[0];
        }
        return event.isBase64Encoded() ? Base64.getDecoder().decode(body) : body.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The body as JSON; none gives a missing node.
     *
     * @throws dev.parley.protocol.InvalidJsonException if it is no JSON
     */
    public JsonNode json() {
        return Json.parse(bodyBytes());
    }

    /**
     * The body as a form; no body is an empty form.
     *
     * @throws ApiException {@code INVALID_FORM_BODY} if it is JSON, but no object
     * @throws dev.parley.protocol.InvalidJsonException if it is no JSON
     */
    public Form form() {
        JsonNode body = json();
        return new Form(body.isMissingNode() ? Json.object() : body);
    }

    private static @Nullable String value(@Nullable Map<String, String> values, String name) {
        return values == null ? null : values.get(name);
    }
}
