package dev.parley.local.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.InvalidJsonException;
import dev.parley.protocol.Json;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a function answered to an HTTP API ("Create AWS Lambda proxy integrations for HTTP APIs in API Gateway":
 * Lambda function response for format 2.0).
 */
final class HttpAnswers {

    private static final int LOWEST_STATUS = 200;
    private static final int HIGHEST_STATUS = 599;

    /** Headers that belong to the connection, or that the gateway itself sets. */
    private static final Set<String> OWN = Set.of(
            "connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "content-length", "via");

    private HttpAnswers() {}

    /** The reply that an answer stands for, or null if it is malformed. */
    static @Nullable Reply read(byte[] answer) {
        JsonNode tree;
        try {
            tree = Json.parse(answer);
        } catch (InvalidJsonException e) {
            return null;
        }
        if (tree.isMissingNode()) {
            return null;
        }
        try {
            return tree.has("statusCode") ? explicit(tree) : inferred(tree, answer);
        } catch (IllegalArgumentException e) {
            // A header that HTTP does not allow, or a body that is no base64.
            return null;
        }
    }

    private static @Nullable Reply explicit(JsonNode tree) {
        JsonNode statusCode = tree.path("statusCode");
        int status = statusCode.isIntegralNumber() ? statusCode.intValue() : number(statusCode.asText());
        if (status < LOWEST_STATUS || status > HIGHEST_STATUS) {
            return null;
        }
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        for (Map.Entry<String, JsonNode> header : tree.path("headers").properties()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!OWN.contains(name) && !header.getValue().isNull()) {
                headers.set(name, header.getValue().asText());
            }
        }
        for (JsonNode cookie : tree.path("cookies")) {
            headers.add(HttpHeaderNames.SET_COOKIE, cookie.asText());
        }
        String text = tree.path("body").isContainerNode()
                ? Json.text(tree.path("body"))
                : tree.path("body").asText("");
        byte[] body = tree.path("isBase64Encoded").asBoolean(false)
                ? Base64.getDecoder().decode(text)
                : text.getBytes(StandardCharsets.UTF_8);
        if (body.length > 0 && !headers.contains(HttpHeaderNames.CONTENT_TYPE)) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, "text/plain;charset=UTF-8");
        }
        return new Reply(status, headers, body);
    }

    /** Valid JSON without a status code is the body of a 200; a JSON text stands for its characters. */
    private static Reply inferred(JsonNode tree, byte[] answer) {
        return Reply.json(200, tree.isTextual() ? tree.textValue().getBytes(StandardCharsets.UTF_8) : answer);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
