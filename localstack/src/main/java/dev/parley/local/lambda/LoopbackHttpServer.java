package dev.parley.local.lambda;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A small HTTP/1.1 server on the loopback interface, for the AWS APIs that the local cloud answers.
 *
 * <p>Thread-safe.
 */
public final class LoopbackHttpServer implements AutoCloseable {

    /** Answers requests. It is called on the server's only thread and must not block. */
    @FunctionalInterface
    public interface Handler {

        /** Starts to answer; a stage that fails gives the client a 500 without a body. */
        CompletionStage<HttpAnswer> answer(HttpQuestion question);
    }

    private final MultiThreadIoEventLoopGroup loop;
    private final Channel server;

    /**
     * Starts to listen.
     *
     * @param name names the thread
     * @param maxBody bytes of a request's body; over it the client gets a 413
     */
    public LoopbackHttpServer(String name, int maxBody, Handler handler) {
        this(name, 0, maxBody, handler);
    }

    /**
     * Starts to listen on a port of the caller's choice.
     *
     * @param port 0 for any free one
     */
    public LoopbackHttpServer(String name, int port, int maxBody, Handler handler) {
        loop = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
        server = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(maxBody))
                                .addLast(new HttpExchange(handler));
                    }
                })
                .bind("127.0.0.1", port)
                .syncUninterruptibly()
                .channel();
    }

    /** Where it listens, without a path: {@code http://127.0.0.1:PORT}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + ((InetSocketAddress) server.localAddress()).getPort());
    }

    /** Stops listening and closes every connection. */
    @Override
    public void close() {
        server.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
