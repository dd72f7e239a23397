package dev.parley.functions.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.parley.attachment.AttachmentLinks;
import dev.parley.protocol.Json;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a function answers, in the shape that API Gateway takes.
 *
 * @param statusCode the HTTP status
 * @param headers the headers, with lower-case names
 * @param body the body; null for none
 * @param isBase64Encoded whether the body stands for bytes
 */
@JsonNaming(LowerCamelCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpReply(
        int statusCode,
        Map<String, String> headers,
        @Nullable String body,
        boolean isBase64Encoded) {

    private HttpReply(int statusCode, Map<String, String> headers, @Nullable String body) {
        this(statusCode, headers, body, false);
    }

    /** 200 with a JSON body. */
    public static HttpReply ok(Object body) {
        return json(200, body);
    }

    /** 201 with a JSON body. */
    public static HttpReply created(Object body) {
        return json(201, body);
    }

    /** 200 with bytes. */
    public static HttpReply bytes(String contentType, byte[] body, Map<String, String> headers) {
        return new HttpReply(
                        200,
                        Map.of("content-type", contentType, "x-content-type-options", "nosniff"),
                        Base64.getEncoder().encodeToString(body),
                        true)
                .with(headers);
    }

    /** 304: what the client has is still right. */
    public static HttpReply notModified(Map<String, String> headers) {
        return new HttpReply(304, headers, null);
    }

    /** 302 to somewhere else. */
    public static HttpReply found(URI location, Map<String, String> headers) {
        return new HttpReply(302, Map.of("location", location.toString(), "x-content-type-options", "nosniff"), null)
                .with(headers);
    }

    /** 204, without a body. */
    public static HttpReply noContent() {
        return new HttpReply(204, Map.of(), null);
    }

    /** A status with a JSON body. */
    public static HttpReply json(int status, Object body) {
        return new HttpReply(status, Map.of("content-type", "application/json"), Json.text(body));
    }

    /** The same answer with its links to files signed. */
    HttpReply signed(AttachmentLinks links) {
        String text = body;
        return text == null || isBase64Encoded ? this : new HttpReply(statusCode, headers, links.sign(text), false);
    }

    /** The same answer with more headers. */
    HttpReply with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new HttpReply(statusCode, all, body, isBase64Encoded);
    }
}
