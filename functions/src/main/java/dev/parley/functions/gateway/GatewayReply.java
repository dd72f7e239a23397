package dev.parley.functions.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * What a function of the WebSocket API answers.
 *
 * @param statusCode 200, or what a {@code $connect} is refused with
 * @param body a frame for the client, where the route has a route response; null for none
 */
@JsonNaming(LowerCamelCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record GatewayReply(int statusCode, @Nullable String body) {

    static GatewayReply ok() {
        return new GatewayReply(200, null);
    }

    static GatewayReply frame(@Nullable String frame) {
        return new GatewayReply(200, frame);
    }

    static GatewayReply refuse(int statusCode) {
        return new GatewayReply(statusCode, null);
    }
}
