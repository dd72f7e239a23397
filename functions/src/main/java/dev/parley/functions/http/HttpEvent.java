package dev.parley.functions.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;
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

    @JsonNaming(LowerCamelCaseStrategy.class)
    record RequestContext(Http http, String requestId) {}

    @JsonNaming(LowerCamelCaseStrategy.class)
    record Http(String method, String sourceIp, @Nullable String userAgent) {}
}
