package dev.parley.local.apigateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Turns a connection's frames into messages. "WebSocket APIs in API Gateway: quotas": a frame has up to 32 KB and a message
 * up to 128 KB, else the connection closes with 1009; binary closes it with 1003.
 *
 * <p>It stops reading while too many messages are under way or the client does not take what it is sent, so that a client
 * cannot make the gateway hold more than a bounded amount. Lives on the channel's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or a close that fails ends in channelInactive
final class WebSocketFrames extends SimpleChannelInboundHandler<WebSocketFrame> {

    /** How many messages of one connection are under way at a time; AWS names no number. */
    static final int MAX_UNDER_WAY = 32;

    private final Connection connection;
    private final MessageDispatcher dispatcher;
    private final ArrayDeque<String> waiting = new ArrayDeque<>();
    private @Nullable ByteArrayOutputStream partial;
    private int underWay;

    WebSocketFrames(Connection connection, MessageDispatcher dispatcher) {
        this.connection = connection;
        this.dispatcher = dispatcher;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame close) {
            boolean bare = close.statusCode() < 0;
            String reason = close.reasonText();
            connection.closedByClient(
                    bare ? Connection.NO_CODE : close.statusCode(),
                    bare || reason == null || reason.isEmpty() ? defaultReason(close.statusCode()) : reason);
        } else if (!connection.isOver()) {
            switch (frame) {
                case TextWebSocketFrame text -> take(text);
                case ContinuationWebSocketFrame continuation -> take(continuation);
                case BinaryWebSocketFrame binary ->
                    connection.close(Connection.UNACCEPTABLE, "Binary frames are not supported");
                case PingWebSocketFrame ping ->
                    ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
                default -> {
                    // A pong that nobody asked for.
                }
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        regulate();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        waiting.clear();
        connection.end(Connection.ABNORMAL, "Connection closed abnormally");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            connection.close(
                    corrupted.closeStatus().code(), corrupted.closeStatus().reasonText());
        } else {
            ctx.close();
        }
    }

    private void take(WebSocketFrame frame) {
        ByteBuf bytes = frame.content();
        ByteArrayOutputStream before = partial;
        int length = bytes.readableBytes() + (before == null ? 0 : before.size());
        if (length > Connection.MAX_MESSAGE_BYTES) {
            partial = null;
            connection.close(Connection.TOO_BIG, "Message too big");
            return;
        }
        byte[] piece = ByteBufUtil.getBytes(bytes);
        if (before == null && frame.isFinalFragment()) {
            complete(piece);
            return;
        }
        if (before == null) {
            before = new ByteArrayOutputStream(2 * piece.length);
            partial = before;
        }
        before.writeBytes(piece);
        if (frame.isFinalFragment()) {
            partial = null;
            complete(before.toByteArray());
        }
    }

    private void complete(byte[] bytes) {
        String message;
        try {
            message = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            connection.close(Connection.INVALID_TEXT, "Text is not UTF-8");
            return;
        }
        connection.received(bytes.length);
        waiting.add(message);
        next();
    }

    private void next() {
        while (underWay < MAX_UNDER_WAY && !waiting.isEmpty() && !connection.isOver()) {
            underWay++;
            dispatcher.dispatch(connection, waiting.remove(), this::done);
        }
        regulate();
    }

    private void done() {
        underWay--;
        next();
    }

    private void regulate() {
        boolean read = connection.isOver() || (underWay < MAX_UNDER_WAY && connection.isKeepingUp());
        if (connection.channel().config().isAutoRead() != read) {
            connection.channel().config().setAutoRead(read);
        }
    }

    /** What API Gateway reports when the client gives no reason. */
    private static String defaultReason(int code) {
        return switch (code) {
            case Connection.NORMAL -> "Connection Closed Normally";
            case Connection.GOING_AWAY -> "Going away";
            case -1 -> "Client-side close frame status not set";
            default -> "";
        };
    }
}
