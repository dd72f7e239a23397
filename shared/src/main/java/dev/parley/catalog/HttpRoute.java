package dev.parley.catalog;

import dev.parley.ratelimit.Limit;

/**
 * One route of the HTTP API.
 *
 * @param method the HTTP method
 * @param path the path with parameters in braces, as API Gateway HTTP APIs write it
 * @param function what answers
 * @param access who may call it
 * @param limit the token bucket that a call draws from, beside the global one
 */
public record HttpRoute(HttpMethod method, String path, FunctionSpec function, Access access, Limit limit) {

    /** The route key as API Gateway spells it, for example {@code GET /api/{version}/gateway}. */
    public String routeKey() {
        return method + " " + path;
    }
}
