package dev.parley.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One keep-alive connection, with one request at a time. Belongs to its lane's event loop. */
final class PostConnection extends ChannelInboundHandlerAdapter implements ChannelFutureListener {

    private static final Logger log = LoggerFactory.getLogger(PostConnection.class);

    private final PostLane lane;
    private final Channel channel;
    private final AnswerParser parser = new AnswerParser();
    private @Nullable PostExchange exchange;
    private @Nullable ByteBuf unread;
    private long idleSinceMillis;

    PostConnection(PostLane lane, Channel channel) {
        this.lane = lane;
        this.channel = channel;
    }

    ByteBufAllocator allocator() {
        return channel.alloc();
    }

    /** Whether a request may go out on it. */
    boolean isUsable(long nowMillis, long longestIdleMillis) {
        return channel.isActive() && nowMillis - idleSinceMillis < longestIdleMillis;
    }

    void restsSince(long nowMillis) {
        idleSinceMillis = nowMillis;
    }

    /** Sends a request; its answer goes back to the lane. */
    void send(PostExchange next, ByteBuf bytes) {
        exchange = next;
        channel.writeAndFlush(bytes).addListener(this);
    }

    /** Gives up the request that is late. */
    void expire(long nanos) {
        PostExchange late = exchange;
        if (late != null && late.isLate(nanos)) {
            fail(late);
        }
    }

    void close() {
        PostExchange abandoned = exchange;
        if (abandoned == null) {
            var _ = channel.close();
        } else {
            fail(abandoned);
        }
    }

    @Override
    public void operationComplete(ChannelFuture written) {
        PostExchange unsent = exchange;
        if (!written.isSuccess() && unsent != null) {
            // The last byte has not left this process, so that nobody can have taken the request.
            exchange = null;
            var _ = channel.close();
            lane.sendAgain(unsent);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = unread == null ? (ByteBuf) message : joined(unread, (ByteBuf) message);
        unread = null;
        try {
            if (exchange == null) {
                log.warn("An answer to nothing; the connection is closed");
                var _ = channel.close();
            } else if (parser.read(in)) {
                answered(exchange, parser.isKeptAlive() && !in.isReadable());
            } else if (in.isReadable()) {
                unread = in.retain();
            }
        } catch (AnswerParser.MalformedAnswerException e) {
            log.warn("An answer that cannot be read: {}", e.getMessage());
            close();
        } finally {
            in.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (unread != null) {
            unread.release();
            unread = null;
        }
        PostExchange open = exchange;
        if (open != null && parser.endsWithConnection()) {
            answered(open, false);
        } else if (open != null) {
            fail(open);
        }
        lane.closed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.warn("A connection failed: {}", cause.toString());
        close();
    }

    private void answered(PostExchange ended, boolean reusable) {
        exchange = null;
        byte[] body = parser.body();
        // The connection first: what comes after this answer finds it free.
        if (reusable) {
            lane.release(this);
        } else {
            var _ = channel.close();
        }
        ended.end(parser.status(), body);
    }

    private void fail(PostExchange failed) {
        exchange = null;
        var _ = channel.close();
        failed.end(PostOutcome.FAILED);
    }

    private static ByteBuf joined(ByteBuf first, ByteBuf second) {
        try {
            return first.alloc()
                    .buffer(first.readableBytes() + second.readableBytes())
                    .writeBytes(first)
                    .writeBytes(second);
        } finally {
            first.release();
            second.release();
        }
    }
}
