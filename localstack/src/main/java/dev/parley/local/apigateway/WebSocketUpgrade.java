package dev.parley.local.apigateway;

import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Turns a channel from HTTP to WebSocket (RFC 6455, section 4.2.2). No extension is ever negotiated. */
final class WebSocketUpgrade {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final WebSocketDecoderConfig FRAMES = WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(Connection.MAX_FRAME_BYTES)
            .expectMaskedFrames(true)
            .allowMaskMismatch(false)
            .allowExtensions(false)
            .closeOnProtocolViolation(false)
            .withUTF8Validator(false)
            .build();

    private WebSocketUpgrade() {}

    /**
     * Sends the 101 and swaps the handlers. On the event loop only.
     *
     * @param protocol the subprotocol that {@code $connect} chose, or null
     */
    @SuppressWarnings(
            "FutureReturnValueIgnored") // a write that fails closes the channel, which the frames' handler sees
    static void complete(Exchange exchange, @Nullable String protocol, WebSocketFrames frames) {
        SocketChannel channel = exchange.channel();
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.SWITCHING_PROTOCOLS,
                channel.alloc().buffer(0),
                DefaultHttpHeadersFactory.headersFactory(),
                DefaultHttpHeadersFactory.trailersFactory());
        String key = exchange.request().headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "");
        response.headers()
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, accept(key))
                .set(HttpHeaderNames.VIA, AnswerHeaders.VIA);
        if (protocol != null) {
            response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, protocol);
        }
        channel.writeAndFlush(response);
        exchange.takeOver();
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.remove(FirstBytes.class);
        pipeline.addLast(new WebSocket13FrameDecoder(FRAMES));
        pipeline.addLast(new WebSocket13FrameEncoder(false));
        pipeline.addLast(frames);
        pipeline.remove(HttpServerCodec.class);
        channel.config().setAutoRead(true);
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
    }
}
