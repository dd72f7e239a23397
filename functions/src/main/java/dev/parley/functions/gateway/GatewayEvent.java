package dev.parley.functions.gateway;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a WebSocket API hands to a function, as far as the functions use it. The AWS library's class lacks the close code.
 */
@JsonNaming(LowerCamelCaseStrategy.class)
record GatewayEvent(
        @Nullable Map<String, String> headers,
        @Nullable Map<String, String> queryStringParameters,
        RequestContext requestContext,
        @Nullable String body) {

    @JsonNaming(LowerCamelCaseStrategy.class)
    record RequestContext(
            String routeKey,
            String connectionId,
            String requestId,
            @Nullable Identity identity,
            @Nullable Integer disconnectStatusCode) {}

    @JsonNaming(LowerCamelCaseStrategy.class)
    record Identity(@Nullable String sourceIp, @Nullable String userAgent) {}

    String connectionId() {
        return requestContext.connectionId();
    }
}
