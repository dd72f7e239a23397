package dev.parley.local.apigateway;

import dev.parley.protocol.Json;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * An HTTP answer, before the headers that every answer gets.
 *
 * @param headers the answer's own headers; no hop-by-hop header, no content-length
 */
@SuppressWarnings("ArrayRecordComponent") // a body is handed on, never compared
record Reply(int status, HttpHeaders headers, byte[] body) {

    private static final byte[] NOTHING = {};
    private static final DefaultHttpHeadersFactory HEADERS =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    /** Headers for answers that the gateway itself makes: names and values are constants, so nothing is checked. */
    static HttpHeaders trustedHeaders() {
        return HEADERS.newHeaders();
    }

    /** An answer without a body. */
    static Reply empty(int status) {
        return new Reply(status, trustedHeaders(), NOTHING);
    }

    /** API Gateway's shape of an error: {@code {"message":"..."}}. */
    static Reply message(int status, String message) {
        return json(status, Json.bytes(Json.object().put("message", message)));
    }

    /** A JSON answer. */
    static Reply json(int status, byte[] body) {
        return new Reply(status, trustedHeaders().set(HttpHeaderNames.CONTENT_TYPE, "application/json"), body);
    }
}
