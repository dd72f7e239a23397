package dev.parley.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One request and its answer. Used by one event loop at a time. */
final class PostExchange {

    private final FullHttpRequest request;
    private final CompletableFuture<PostOutcome> outcome = new CompletableFuture<>();

    PostExchange(FullHttpRequest request) {
        this.request = request;
    }

    CompletableFuture<PostOutcome> outcome() {
        return outcome;
    }

    /** Ends the exchange without sending it. */
    void end(PostOutcome result) {
        request.release();
        outcome.complete(result);
    }

    /**
     * Sends the request.
     *
     * @param released runs when the connection may carry the next one; it does not when the connection is closed
     */
    void sendOn(Channel channel, Duration timeout, Runnable released) {
        Future<?> deadline =
                channel.eventLoop().schedule(() -> fail(channel), timeout.toMillis(), TimeUnit.MILLISECONDS);
        channel.pipeline().addLast("exchange", new Answer(deadline, released));
        channel.writeAndFlush(request).addListener(written -> {
            if (!written.isSuccess()) {
                fail(channel);
            }
        });
    }

    private void fail(Channel channel) {
        if (outcome.complete(PostOutcome.FAILED)) {
            var _ = channel.close();
        }
    }

    private static PostOutcome outcomeOf(int status) {
        return switch (status) {
            case 410 -> PostOutcome.GONE;
            case 413 -> PostOutcome.TOO_LARGE;
            case 429 -> PostOutcome.THROTTLED;
            default -> status < 300 ? PostOutcome.DELIVERED : status < 500 ? PostOutcome.REFUSED : PostOutcome.FAILED;
        };
    }

    private final class Answer extends SimpleChannelInboundHandler<FullHttpResponse> {

        private final Future<?> deadline;
        private final Runnable released;

        private Answer(Future<?> deadline, Runnable released) {
            this.deadline = deadline;
            this.released = released;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            deadline.cancel(false);
            context.pipeline().remove(this);
            if (HttpUtil.isKeepAlive(response)) {
                released.run();
            } else {
                var _ = context.close();
            }
            outcome.complete(outcomeOf(response.status().code()));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            deadline.cancel(false);
            outcome.complete(PostOutcome.FAILED);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            fail(context.channel());
        }
    }
}
