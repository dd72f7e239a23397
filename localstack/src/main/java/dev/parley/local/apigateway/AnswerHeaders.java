package dev.parley.local.apigateway;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Turns answers into HTTP messages, with the headers that every answer gets: {@code Via} stands for CloudFront, which is in
 * front of the APIs on AWS (some clients treat a 429 without it as a ban), and {@code apigw-requestid} is API Gateway's.
 *
 * <p>Thread-safe.
 */
final class AnswerHeaders {

    /** API Gateway's name of a request in an answer; the function has the same in its event. */
    static final AsciiString REQUEST_ID = AsciiString.cached("apigw-requestid");

    /** The proxy that the answer says it came through. */
    static final AsciiString VIA = AsciiString.cached("1.1 parley");

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final long SECOND = 1000;

    private final GatewayIds ids;
    private final Clock clock;
    private volatile Stamp stamp = new Stamp(-1, AsciiString.EMPTY_STRING);

    private record Stamp(long second, AsciiString text) {}

    AnswerHeaders(GatewayIds ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The message for an answer.
     *
     * @param withBody whether the body goes out; an answer to HEAD only says how long it would be
     */
    FullHttpResponse response(Reply reply, boolean keepAlive, boolean withBody) {
        HttpHeaders headers = reply.headers();
        headers.set(HttpHeaderNames.DATE, date());
        headers.set(HttpHeaderNames.VIA, VIA);
        if (!headers.contains(REQUEST_ID)) {
            headers.set(REQUEST_ID, ids.extendedRequestId());
        }
        byte[] body = reply.body();
        boolean bodyless = reply.status() == NO_CONTENT || reply.status() == NOT_MODIFIED;
        if (!bodyless) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        }
        if (!keepAlive) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(reply.status()),
                withBody && !bodyless ? Unpooled.wrappedBuffer(body) : Unpooled.EMPTY_BUFFER,
                headers,
                EmptyHttpHeaders.INSTANCE);
    }

    private AsciiString date() {
        long second = Math.floorDiv(clock.millis(), SECOND);
        Stamp last = stamp;
        if (last.second() != second) {
            String text = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC));
            last = new Stamp(second, new AsciiString(text));
            stamp = last;
        }
        return last.text();
    }
}
