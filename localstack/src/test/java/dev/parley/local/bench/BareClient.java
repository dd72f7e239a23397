package dev.parley.local.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the sender is held against: keep-alive connections that post the same requests in turn, again and again, the next as soon as the
 * answer to the one before is there.
 */
final class BareClient implements AutoCloseable {

    private static final int ANSWER_START = "HTTP/1.1 200".length();

    private final MultiThreadIoEventLoopGroup loops;
    private final List<ByteBuf> requests;
    private final List<Channel> channels = new ArrayList<>();
    private final LongAdder answers = new LongAdder();
    private volatile boolean running;

    BareClient(InetSocketAddress endpoint, int threads, int connections, List<byte[]> requests) throws Exception {
        this.requests = requests.stream()
                .map(request -> Unpooled.unreleasableBuffer(
                        Unpooled.directBuffer(request.length).writeBytes(request)))
                .toList();
        loops = new MultiThreadIoEventLoopGroup(threads, NioIoHandler.newFactory());
        Bootstrap bootstrap = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new Posting());
                    }
                });
        for (int i = 0; i < connections; i++) {
            channels.add(bootstrap.connect(endpoint).sync().channel());
        }
    }

    void start() {
        running = true;
        for (Channel channel : channels) {
            var _ = channel.writeAndFlush(requests.getFirst().duplicate());
        }
    }

    void stop() {
        running = false;
    }

    /** Answers since the beginning. */
    long answers() {
        return answers.sum();
    }

    @Override
    public void close() {
        loops.shutdownGracefully().awaitUninterruptibly();
    }

    private final class Posting extends ChannelInboundHandlerAdapter {

        private int turn = ThreadLocalRandom.current().nextInt(requests.size());

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf answer = (ByteBuf) message;
            // All of a short answer comes at once on loopback; anything else ends the measurement.
            if (answer.getByte(ANSWER_START - 3) != '2' || answer.getByte(answer.writerIndex() - 1) != '\n') {
                throw new IllegalStateException("an unexpected answer");
            }
            answer.release();
            answers.increment();
            if (running) {
                turn = turn + 1 == requests.size() ? 0 : turn + 1;
                var _ = context.writeAndFlush(requests.get(turn).duplicate());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            cause.printStackTrace();
            System.exit(1);
        }
    }
}
