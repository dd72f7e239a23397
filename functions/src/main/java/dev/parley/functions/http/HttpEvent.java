package dev.parley.functions.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.parley.catalog.HttpRoute;
import dev.parley.catalog.Routes;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What API Gateway hands to a function (API Gateway developer guide, "Create AWS Lambda proxy integrations for HTTP APIs",
 * payload format 2.0), as far as the functions use it.
 */
@JsonNaming(LowerCamelCaseStrategy.class)
record HttpEvent(
        String routeKey,
        String rawPath,
        @Nullable Map<String, String> headers,
        @Nullable Map<String, String> queryStringParameters,
        @Nullable Map<String, String> pathParameters,
        RequestContext requestContext,
        @Nullable String body,
        boolean isBase64Encoded) {

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    @JsonNaming(LowerCamelCaseStrategy.class)
    record RequestContext(Http http, String requestId) {}

    @JsonNaming(LowerCamelCaseStrategy.class)
    record Http(String method, String sourceIp, @Nullable String userAgent) {}

    /**
     * A request of a route as nobody sends it, to load what answers it before a snapshot is taken.
     *
     * @param proof headers that show that it comes through the edge
     */
    static HttpEvent synthetic(HttpRoute route, Map<String, String> proof) {
        Map<String, String> headers = new HashMap<>(proof);
        headers.put("authorization", "nobody");
        Map<String, String> parameters = new HashMap<>();
        Matcher names = PARAMETER.matcher(route.path());
        while (names.find()) {
            parameters.put(names.group(1), names.group(1).equals("version") ? Routes.VERSIONS.getFirst() : "0");
        }
        return new HttpEvent(
                route.routeKey(),
                route.path(),
                headers,
                null,
                parameters,
                new RequestContext(new Http(route.method().name(), "127.0.0.1", null), "synthetic"),
                null,
                false);
    }
}
