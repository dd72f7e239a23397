package dev.parley.connection;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client for {@code @connections}: keep-alive HTTP/1.1 connections, each with one request at a time. It takes the place
 * of the SDK's client because every delivery passes here, and costs a fifth of its CPU; requests are signed by the SDK's
 * signer.
 *
 * <p>Requests beyond the connections wait, at most so many as the queue holds; past it they end as {@code THROTTLED} at
 * once. Each ends within the timeout after it was sent.
 *
 * <p>Thread-safe.
 */
public final class NettyConnectionPoster implements ConnectionPoster {

    private static final Logger log = LoggerFactory.getLogger(NettyConnectionPoster.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final int MAX_RESPONSE = 16 * 1024;

    private final URI endpoint;
    private final RequestSigner signer;
    private final int maxConnections;
    private final int maxWaiting;
    private final Duration timeout;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean halted;

    // Guarded by the lock.
    private final Deque<Channel> idle = new ArrayDeque<>();
    private final Deque<PostExchange> waiting = new ArrayDeque<>();
    private int open;
    private @Nullable EventLoopGroup group;
    private @Nullable Bootstrap bootstrap;

    /**
     * A client that has no connection yet.
     *
     * @param endpoint the API's {@code @connections} endpoint, with its stage
     * @param maxConnections connections at the most
     * @param maxWaiting requests that may wait for a connection
     * @param timeout the longest that an answer may take
     */
    public NettyConnectionPoster(
            URI endpoint, RequestSigner signer, int maxConnections, int maxWaiting, Duration timeout) {
        this.endpoint = endpoint;
        this.signer = signer;
        this.maxConnections = maxConnections;
        this.maxWaiting = maxWaiting;
        this.timeout = timeout;
    }

    @Override
    public CompletableFuture<PostOutcome> post(String connectionId, byte[] message) {
        return exchange(HttpMethod.POST, connectionId, message);
    }

    @Override
    public CompletableFuture<PostOutcome> disconnect(String connectionId) {
        return exchange(HttpMethod.DELETE, connectionId, new byte[0]);
    }

    @Override
    public void close() {
        EventLoopGroup running;
        Deque<PostExchange> abandoned;
        lock.lock();
        try {
            running = group;
            group = null;
            bootstrap = null;
            idle.clear();
            open = 0;
            abandoned = new ArrayDeque<>(waiting);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        abandoned.forEach(exchange -> exchange.end(PostOutcome.FAILED));
        if (running != null) {
            running.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
        }
    }

    /** Closes the connections for good: what is under way ends as failed, and so does every request from now on. */
    public void halt() {
        halted = true;
        close();
    }

    private CompletableFuture<PostOutcome> exchange(HttpMethod method, String connectionId, byte[] body) {
        if (halted) {
            return CompletableFuture.completedFuture(PostOutcome.FAILED);
        }
        PostExchange exchange = new PostExchange(request(method, connectionId, body));
        Channel channel = null;
        Bootstrap connector = null;
        lock.lock();
        try {
            channel = pollActive();
            if (channel == null && open < maxConnections) {
                open++;
                connector = bootstrap();
            } else if (channel == null) {
                if (waiting.size() >= maxWaiting) {
                    exchange.end(PostOutcome.THROTTLED);
                    return exchange.outcome();
                }
                waiting.add(exchange);
            }
        } finally {
            lock.unlock();
        }
        if (channel != null) {
            send(channel, exchange);
        } else if (connector != null) {
            connect(connector, exchange);
        }
        return exchange.outcome();
    }

    private DefaultFullHttpRequest request(HttpMethod method, String connectionId, byte[] body) {
        // A base64 id holds '=', which the path carries as %3D.
        String path =
                endpoint.getRawPath() + "/@connections/" + URLEncoder.encode(connectionId, StandardCharsets.UTF_8);
        DefaultFullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, path, Unpooled.wrappedBuffer(body));
        signer.sign(endpoint, method.name(), path, body)
                .forEach((name, value) -> request.headers().set(name, value));
        request.headers().set("content-length", body.length);
        if (body.length > 0) {
            request.headers().set("content-type", "application/octet-stream");
        }
        return request;
    }

    private void connect(Bootstrap connector, PostExchange exchange) {
        connector.connect(endpoint.getHost(), port()).addListener((io.netty.channel.ChannelFuture connecting) -> {
            if (!connecting.isSuccess()) {
                log.warn("No connection to {}: {}", endpoint, String.valueOf(connecting.cause()));
                closed();
                exchange.end(PostOutcome.FAILED);
                return;
            }
            Channel channel = connecting.channel();
            channel.closeFuture().addListener(ended -> closed());
            send(channel, exchange);
        });
    }

    private void send(Channel channel, PostExchange exchange) {
        exchange.sendOn(channel, timeout, () -> release(channel));
    }

    /** A connection has its answer: it takes the next request that waits, or rests. */
    private void release(Channel channel) {
        PostExchange next = null;
        lock.lock();
        try {
            if (channel.isActive() && bootstrap != null) {
                next = waiting.poll();
                if (next == null) {
                    idle.addFirst(channel);
                }
            }
        } finally {
            lock.unlock();
        }
        if (next != null) {
            send(channel, next);
        }
    }

    /** A connection ended: one that waits may have a new one. */
    private void closed() {
        PostExchange next = null;
        Bootstrap connector = null;
        lock.lock();
        try {
            open = Math.max(0, open - 1);
            if (bootstrap != null) {
                next = waiting.poll();
                if (next != null) {
                    open++;
                    connector = bootstrap;
                }
            }
        } finally {
            lock.unlock();
        }
        if (next != null && connector != null) {
            connect(connector, next);
        }
    }

    private @Nullable Channel pollActive() {
        Channel channel = idle.poll();
        while (channel != null && !channel.isActive()) {
            channel = idle.poll();
        }
        return channel;
    }

    private Bootstrap bootstrap() {
        Bootstrap current = bootstrap;
        if (current == null) {
            EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
            SslContext tls = tls();
            current = new Bootstrap()
                    .group(loops)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.SO_KEEPALIVE, true)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_TIMEOUT.toMillis())
                    .handler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            if (tls != null) {
                                channel.pipeline().addLast(tls.newHandler(channel.alloc(), endpoint.getHost(), port()));
                            }
                            channel.pipeline().addLast(new HttpClientCodec(), new HttpObjectAggregator(MAX_RESPONSE));
                        }
                    });
            group = loops;
            bootstrap = current;
        }
        return current;
    }

    private @Nullable SslContext tls() {
        if (!"https".equals(endpoint.getScheme())) {
            return null;
        }
        try {
            return SslContextBuilder.forClient()
                    .endpointIdentificationAlgorithm("HTTPS")
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("Every Java platform has TLS", e);
        }
    }

    private int port() {
        if (endpoint.getPort() >= 0) {
            return endpoint.getPort();
        }
        return "https".equals(endpoint.getScheme()) ? 443 : 80;
    }
}
