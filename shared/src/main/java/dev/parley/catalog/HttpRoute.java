package dev.parley.catalog;

import dev.parley.ratelimit.Limit;
import java.time.Duration;

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

    private static final String API = "/api/{version}";

    /**
     * A route of the versioned API that needs a token, draws from a bucket of its own with the default size, and has a
     * function of the default size.
     *
     * @param path the path after {@code /api/{version}}
     * @param handler the handler class relative to {@code dev.parley.functions}
     */
    static HttpRoute api(HttpMethod method, String path, String handler) {
        return new HttpRoute(method, API + path, FunctionSpec.of(handler), Access.AUTHENTICATED, Limit.DEFAULT);
    }

    /**
     * A route that hands out files to anybody, outside of the versioned API.
     *
     * @param path the whole path
     * @param handler the handler class relative to {@code dev.parley.functions}
     */
    static HttpRoute file(String path, String handler) {
        return new HttpRoute(HttpMethod.GET, path, FunctionSpec.of(handler), Access.PUBLIC, Limit.READ_FILES).serving();
    }

    /** The same route without a token. */
    HttpRoute open() {
        return new HttpRoute(method, path, function, Access.PUBLIC, limit);
    }

    /** The same route with another bucket. */
    HttpRoute limit(Limit other) {
        return new HttpRoute(method, path, function, access, other);
    }

    /** The same route, for a function that hashes a password: a whole vCPU, and time to wait for its turn. */
    HttpRoute hashing() {
        return sized(1769);
    }

    /** The same route, for a function whose work may be large: as long as the HTTP API waits. */
    HttpRoute patient() {
        return sized(1024);
    }

    /** The same route, for a function that hands out files. */
    HttpRoute serving() {
        return with(FileAccess.READ);
    }

    /** The same route, for a function that stores and removes files: it takes large bodies, and has time to copy. */
    HttpRoute storing() {
        return sized(1024).with(FileAccess.WRITE);
    }

    private HttpRoute sized(int memoryMb) {
        FunctionSpec large = new FunctionSpec(
                function.name(), function.handler(), memoryMb, Duration.ofSeconds(29), function.files());
        return new HttpRoute(method, path, large, access, limit);
    }

    private HttpRoute with(FileAccess files) {
        return new HttpRoute(method, path, function.with(files), access, limit);
    }

    /** The route key as API Gateway spells it, for example {@code GET /api/{version}/gateway}. */
    public String routeKey() {
        return method + " " + path;
    }
}
