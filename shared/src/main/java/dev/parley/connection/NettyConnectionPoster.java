package dev.parley.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.InvalidJsonException;
import dev.parley.protocol.Json;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The client for {@code @connections}: keep-alive HTTP/1.1 connections, each with one request at a time. It takes the place
 * of the SDK's client because every delivery passes here, and costs a fraction of its CPU.
 *
 * <p>Requests beyond the connections wait, at most so many as the queue holds; past it they end as {@code THROTTLED} at
 * once. Every request ends within the timeout, the time that it waits included; one that has waited so long was not sent,
 * and ends as {@code THROTTLED}.
 *
 * <p>A request that could not be written whole, for example because the server has closed the connection meanwhile, is sent
 * once more on another connection. What may have been delivered is never repeated here.
 *
 * <p>Thread-safe.
 */
public final class NettyConnectionPoster implements ManagementClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final byte[] NOTHING = {};

    private final URI endpoint;
    private final String pathPrefix;
    private final RequestSigner signer;
    private final Clock clock;
    private final PosterLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger turn = new AtomicInteger();
    private volatile @Nullable Running running;
    private volatile boolean halted;

    private record Running(EventLoopGroup group, List<PostLane> lanes) {}

    /**
     * A client that has no connection yet.
     *
     * @param endpoint the API's {@code @connections} endpoint, with its stage
     * @param clock says how long a connection has not been used
     */
    public NettyConnectionPoster(URI endpoint, RequestSigner signer, Clock clock, PosterLimits limits) {
        this.endpoint = endpoint;
        this.pathPrefix = endpoint.getRawPath() + "/@connections/";
        this.signer = signer;
        this.clock = clock;
        this.limits = limits;
    }

    @Override
    public CompletableFuture<PostOutcome> post(String connectionId, byte[] message) {
        return exchange("POST", connectionId, message).outcome();
    }

    @Override
    public CompletableFuture<PostOutcome> disconnect(String connectionId) {
        return exchange("DELETE", connectionId, NOTHING).outcome();
    }

    @Override
    public CompletableFuture<Optional<ConnectionActivity>> find(String connectionId) {
        PostExchange exchange = exchange("GET", connectionId, NOTHING);
        return exchange.outcome().thenApply(outcome -> switch (outcome) {
            case DELIVERED -> Optional.of(activity(exchange.answer()));
            case GONE -> Optional.empty();
            default -> throw new ConnectionLookupException("The answer was " + outcome);
        });
    }

    /** Ends what is under way as failed, and closes the connections; the next request opens new ones. */
    @Override
    public void close() {
        Running ended;
        lock.lock();
        try {
            ended = running;
            running = null;
        } finally {
            lock.unlock();
        }
        if (ended != null) {
            ended.lanes().forEach(PostLane::close);
            ended.group().shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
        }
    }

    @Override
    public void halt() {
        halted = true;
        close();
    }

    private PostExchange exchange(String method, String connectionId, byte[] body) {
        PostExchange exchange = new PostExchange(
                method,
                PathText.join(pathPrefix, connectionId),
                body,
                System.nanoTime() + limits.timeout().toNanos());
        if (halted) {
            exchange.end(PostOutcome.FAILED);
            return exchange;
        }
        Running current = running;
        List<PostLane> lanes = (current == null ? start() : current).lanes();
        lanes.get(Math.floorMod(turn.getAndIncrement(), lanes.size())).submit(exchange);
        return exchange;
    }

    private static ConnectionActivity activity(byte[] answer) {
        try {
            JsonNode body = Json.parse(answer);
            return new ConnectionActivity(
                    Instant.parse(body.path("connectedAt").asText()),
                    Instant.parse(body.path("lastActiveAt").asText()));
        } catch (InvalidJsonException | DateTimeException e) {
            throw new ConnectionLookupException("The answer cannot be read", e);
        }
    }

    private Running start() {
        lock.lock();
        try {
            Running current = running;
            if (current == null) {
                current = open();
                running = current;
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    private Running open() {
        int loops = limits.loops();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                loops, new DefaultThreadFactory("connection-poster", true), NioIoHandler.newFactory());
        SslContext tls = tls();
        List<PostLane> lanes = new ArrayList<>();
        for (int i = 0; i < loops; i++) {
            EventLoop loop = group.next();
            lanes.add(new PostLane(
                    loop,
                    bootstrap(loop, tls),
                    () -> new InetSocketAddress(endpoint.getHost(), port()),
                    signer,
                    clock,
                    Math.ceilDiv(limits.maxConnections(), loops),
                    Math.ceilDiv(limits.maxWaiting(), loops)));
        }
        return new Running(group, List.copyOf(lanes));
    }

    private Bootstrap bootstrap(EventLoop loop, @Nullable SslContext tls) {
        return new Bootstrap()
                .group(loop)
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
                    }
                });
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
