package dev.parley.local.apigateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection, from its {@code $connect} on.
 *
 * <p>What describes it may be read on any thread. Sending, closing and ending happen on its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or a close that fails ends in channelInactive
final class Connection {

    /** "Quotas for configuring and running a WebSocket API in API Gateway": frame size. */
    static final int MAX_FRAME_BYTES = 32 * 1024;

    /** "Quotas for configuring and running a WebSocket API in API Gateway": message payload size. */
    static final int MAX_MESSAGE_BYTES = 128 * 1024;

    static final int NORMAL = 1000;
    static final int GOING_AWAY = 1001;
    static final int UNACCEPTABLE = 1003;
    static final int NO_CODE = 1005;
    static final int ABNORMAL = 1006;
    static final int INVALID_TEXT = 1007;
    static final int TOO_BIG = 1009;

    private static final long CLOSE_SECONDS = 2;

    /** Is told once that a connection is over. */
    interface Ending {

        void ended(Connection connection, int code, String reason);
    }

    private final String id;
    private final SocketChannel channel;
    private final String sourceIp;
    private final @Nullable String userAgent;
    private final Clock clock;
    private final GatewayMeter meter;
    private final Ending ending;
    private final long connectedAt;
    private volatile long lastActiveAt;
    private volatile boolean over;

    Connection(
            String id,
            SocketChannel channel,
            String sourceIp,
            @Nullable String userAgent,
            Clock clock,
            GatewayMeter meter,
            Ending ending) {
        this.id = id;
        this.channel = channel;
        this.sourceIp = sourceIp;
        this.userAgent = userAgent;
        this.clock = clock;
        this.meter = meter;
        this.ending = ending;
        this.connectedAt = clock.millis();
        this.lastActiveAt = connectedAt;
    }

    String id() {
        return id;
    }

    SocketChannel channel() {
        return channel;
    }

    String sourceIp() {
        return sourceIp;
    }

    @Nullable String userAgent() {
        return userAgent;
    }

    /** When the upgrade was asked for, in ms since the epoch. */
    long connectedAt() {
        return connectedAt;
    }

    /** When the last message went either way, in ms since the epoch; pings do not count. */
    long lastActiveAt() {
        return lastActiveAt;
    }

    /** Whether the connection has ended or is about to. */
    boolean isOver() {
        return over;
    }

    /** Whether the client takes what it is sent: not more than a bounded amount is waiting for it. */
    boolean isKeepingUp() {
        return channel.isWritable();
    }

    /** Takes note of a message from the client. */
    void received(int bytes) {
        lastActiveAt = clock.millis();
        meter.messageIn(bytes);
    }

    /** Sends a text message, in several frames if it is longer than one may be. */
    void send(byte[] text) {
        if (over) {
            return;
        }
        if (text.length <= MAX_FRAME_BYTES) {
            channel.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(text)));
        } else {
            for (int start = 0; start < text.length; start += MAX_FRAME_BYTES) {
                int length = Math.min(MAX_FRAME_BYTES, text.length - start);
                boolean last = start + length == text.length;
                channel.write(
                        start == 0
                                ? new TextWebSocketFrame(last, 0, Unpooled.wrappedBuffer(text, start, length))
                                : new ContinuationWebSocketFrame(last, 0, Unpooled.wrappedBuffer(text, start, length)));
            }
            channel.flush();
        }
        lastActiveAt = clock.millis();
        meter.messageOut(text.length);
    }

    /** Closes from this side: the client gets the code, and some seconds to answer. */
    void close(int code, String reason) {
        if (over) {
            return;
        }
        channel.writeAndFlush(new CloseWebSocketFrame(code, reason));
        channel.eventLoop().schedule(() -> channel.close(), CLOSE_SECONDS, TimeUnit.SECONDS);
        end(code, reason);
    }

    /** Breaks the connection off: the client gets a TCP reset and no close frame. */
    void reset() {
        if (!over && channel.isOpen()) {
            channel.config().setSoLinger(0);
            channel.close();
        }
    }

    /** Takes the client's close frame: it gets the same back. Also ends a close from this side. */
    void closedByClient(int code, String reason) {
        if (over) {
            channel.close();
            return;
        }
        CloseWebSocketFrame echo = code == NO_CODE ? new CloseWebSocketFrame() : new CloseWebSocketFrame(code, "");
        channel.writeAndFlush(echo).addListener(ChannelFutureListener.CLOSE);
        end(code, reason);
    }

    /** Takes note that the connection is gone; only the first ending counts. */
    void end(int code, String reason) {
        if (!over) {
            over = true;
            ending.ended(this, code, reason);
        }
    }
}
