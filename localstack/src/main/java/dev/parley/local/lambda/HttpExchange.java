package dev.parley.local.lambda;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The requests of one connection, one after the other. Used by the server's thread only. */
final class HttpExchange extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger log = LoggerFactory.getLogger(HttpExchange.class);

    private final LoopbackHttpServer.Handler handler;
    private @Nullable CompletableFuture<Void> gone;

    HttpExchange(LoopbackHttpServer.Handler handler) {
        this.handler = handler;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (gone != null) {
            var _ = context.close(); // the clients of these APIs do not pipeline
            return;
        }
        CompletableFuture<Void> left = new CompletableFuture<>();
        gone = left;
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        String uri = request.uri();
        int query = uri.indexOf('?');
        HttpQuestion question = new HttpQuestion(
                request.method().name(),
                query < 0 ? uri : uri.substring(0, query),
                request.headers(),
                ByteBufUtil.getBytes(request.content()),
                left);
        CompletionStage<HttpAnswer> answer;
        try {
            answer = handler.answer(question);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        var _ = answer.whenComplete((result, error) -> {
            // A client that has gone cancels its long poll: no fault.
            if (error != null && !left.isDone()) {
                log.error("No answer to {} {}", question.method(), question.path(), error);
            }
            HttpAnswer sent = error == null ? result : HttpAnswer.empty(500);
            context.executor().execute(() -> send(context, sent, keepAlive));
        });
    }

    private void send(ChannelHandlerContext context, HttpAnswer answer, boolean keepAlive) {
        gone = null;
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                Unpooled.wrappedBuffer(answer.body()));
        answer.headers().forEach((name, value) -> response.headers().set(name, value));
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        if (keepAlive) {
            var _ = context.writeAndFlush(response);
        } else {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            var _ = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (gone != null) {
            gone.complete(null);
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) { // which only says that the client has gone
            log.warn("A connection broke", cause);
        }
        var _ = context.close();
    }
}
