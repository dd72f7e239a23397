package dev.parley.functions.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.parley.protocol.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a function answers, in the shape that API Gateway takes.
 *
 * @param statusCode the HTTP status
 * @param headers the headers, with lower-case names
 * @param body the body; null for none
 */
@JsonNaming(LowerCamelCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpReply(
        int statusCode,
        Map<String, String> headers,
        @Nullable String body) {

    /** 200 with a JSON body. */
    public static HttpReply ok(Object body) {
        return json(200, body);
    }

    /** 201 with a JSON body. */
    public static HttpReply created(Object body) {
        return json(201, body);
    }

    /** 204, without a body. */
    public static HttpReply noContent() {
        return new HttpReply(204, Map.of(), null);
    }

    /** A status with a JSON body. */
    public static HttpReply json(int status, Object body) {
        return new HttpReply(status, Map.of("content-type", "application/json"), Json.text(body));
    }

    /** The same answer with more headers. */
    HttpReply with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new HttpReply(statusCode, all, body);
    }
}
