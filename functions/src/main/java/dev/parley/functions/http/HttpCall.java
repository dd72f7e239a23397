package dev.parley.functions.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.account.Principal;
import dev.parley.audit.Actor;
import dev.parley.catalog.FileAccess;
import dev.parley.catalog.HttpRoute;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.protocol.Multipart;
import dev.parley.snowflake.Snowflake;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that has passed its route's checks. */
public final class HttpCall {

    /** Characters of a body without files; no form of Parley comes near it. */
    private static final int MAX_BODY = 1024 * 1024;

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

    /**
     * Who calls and why: the reason is percent-encoded UTF-8 in {@code X-Audit-Log-Reason} (Discord documentation, "Audit
     * Logs Resource"). A reason that is too long is cut, since clients cut theirs in other units.
     */
    public Actor actor() {
        String reason = value(event.headers(), "x-audit-log-reason");
        return new Actor(principal().userId(), reason == null ? null : reason(reason));
    }

    private static @Nullable String reason(String header) {
        String text;
        try {
            // A plus sign is itself here, and not the space of a form.
            text = URLDecoder.decode(header.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            text = header;
        }
        text = text.replace("\0", "").strip();
        if (text.codePointCount(0, text.length()) > Actor.MAX_REASON) {
            text = text.substring(0, text.offsetByCodePoints(0, Actor.MAX_REASON));
        }
        return text.isEmpty() ? null : text;
    }

    /** A header, or an empty text. */
    public String header(String lowerCaseName) {
        String sent = value(event.headers(), lowerCaseName);
        return sent == null ? "" : sent;
    }

    /** A query parameter, or null. */
    public @Nullable String query(String name) {
        return value(event.queryStringParameters(), name);
    }

    /** Whether a query parameter says yes; clients write so in several ways. */
    public boolean queryFlag(String name) {
        String text = query(name);
        return text != null && (text.equals("1") || text.equalsIgnoreCase("true"));
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
     * The body as a form, JSON or multipart with files; no body is an empty form.
     *
     * @throws ApiException {@code INVALID_FORM_BODY} if it is JSON, but no object, or multipart that cannot be read
     * @throws dev.parley.protocol.InvalidJsonException if it is no JSON
     */
    public Form form() {
        String contentType = value(event.headers(), "content-type");
        if (contentType != null && Multipart.is(contentType)) {
            return Form.multipart(contentType, bodyBytes());
        }
        JsonNode body = json();
        return new Form(body.isMissingNode() ? Json.object() : body);
    }

    /**
     * Passes if the body is no larger than its route takes. A route that stores files takes what the platform does.
     *
     * @throws ApiException {@code REQUEST_ENTITY_TOO_LARGE}
     */
    void checkSize() {
        String body = event.body();
        if (body != null && route.function().files() != FileAccess.WRITE && body.length() > MAX_BODY) {
            throw new ApiException(ErrorCode.REQUEST_ENTITY_TOO_LARGE);
        }
    }

    private static @Nullable String value(@Nullable Map<String, String> values, String name) {
        return values == null ? null : values.get(name);
    }
}
