package dev.parley.local.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An endpoint that answers every request as API Gateway answers a POST that it has taken, and does nothing else: it is no
 * part of what is measured. Prints its port and an empty line, and ends when its standard input does.
 */
final class BenchEndpoint {

    private static final ByteBuf ANSWER =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes("""
                    HTTP/1.1 200 OK\r
                    Date: Tue, 03 Mar 2026 10:00:00 GMT\r
                    Content-Length: 0\r
                    Connection: keep-alive\r
                    x-amzn-RequestId: 9f0f8e2c-52a4-4d0e-8a0e-0d1f5d2f4b1a\r
                    \r
                    """.getBytes(StandardCharsets.US_ASCII)));

    private BenchEndpoint() {}

    public static void main(String[] args) throws Exception {
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        Channel listening = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new Answering());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        System.out.println(((InetSocketAddress) listening.localAddress()).getPort());
        System.out.println();
        while (System.in.read() >= 0) {
            // Until the parent is gone.
        }
        loops.shutdownGracefully().awaitUninterruptibly();
    }

    private static final class Answering extends ByteToMessageDecoder {

        private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);

        private int contentLength;
        private int bodyLeft = -1;

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            while (bodyLeft < 0) {
                int length = in.bytesBefore((byte) '\n');
                if (length < 0) {
                    return;
                }
                head(in, length);
            }
            if (in.readableBytes() >= bodyLeft) {
                in.skipBytes(bodyLeft);
                bodyLeft = -1;
                contentLength = 0;
                var _ = context.writeAndFlush(ANSWER.duplicate());
            }
        }

        private void head(ByteBuf in, int length) {
            int start = in.readerIndex();
            in.skipBytes(length + 1);
            if (length == 1) {
                bodyLeft = contentLength;
            } else if (in.getByte(start) == 'c' && in.getByte(start + 8) == 'l' && length > LENGTH.length) {
                contentLength = Integer.parseInt(
                        in.toString(start + LENGTH.length, length - 1 - LENGTH.length, StandardCharsets.US_ASCII));
            }
        }
    }
}
