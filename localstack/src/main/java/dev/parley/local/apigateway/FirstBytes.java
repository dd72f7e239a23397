package dev.parley.local.apigateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Tells the connection that bytes have come, so that a head that never ends is noticed. */
final class FirstBytes extends ChannelInboundHandlerAdapter {

    private final HttpConnection connection;

    FirstBytes(HttpConnection connection) {
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        connection.touch();
        ctx.fireChannelRead(message);
    }
}
