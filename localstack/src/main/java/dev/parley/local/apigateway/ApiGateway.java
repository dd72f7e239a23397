package dev.parley.local.apigateway;

import dev.parley.catalog.GatewayRoute;
import dev.parley.catalog.HttpRoute;
import dev.parley.local.lambda.FunctionHost;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * API Gateway on this machine: an HTTP API (payload format 2.0), a WebSocket API and its {@code @connections} management
 * API on one port, with the rules of the real ones, in front of a {@link FunctionHost}.
 *
 * <p>Time limits run on the injected clock and are checked several times a second. Thread-safe. It starts once.
 */
public final class ApiGateway implements AutoCloseable {

    /**
     * Bytes of a body that may be too large for its function: an event takes 6 MB ("Lambda quotas"), and bytes that are no text
     * grow by a third in it.
     */
    public static final int LARGE_BODY = 4 * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(ApiGateway.class);
    private static final Duration SWEEP = Duration.ofMillis(100);
    private static final Duration GOODBYE = Duration.ofSeconds(3);
    private static final int BACKLOG = 4096;
    private static final int MAX_LOOPS = 8;

    /** More than this unsent to a client makes it a slow one; less than half of it makes it a good one again. */
    private static final int MAX_UNSENT_BYTES = 1024 * 1024;

    private final ApiGatewaySettings settings;
    private final Clock clock;
    private final ApiIdentity identity;
    private final Invocations invocations;
    private final Connections connections;
    private final FrontDoor door;
    private final AnswerHeaders answerHeaders;
    private final Set<HttpConnection> speakingHttp = ConcurrentHashMap.newKeySet();
    private final Object lifecycle = new Object();
    private @Nullable MultiThreadIoEventLoopGroup loops;
    private List<Channel> listening = List.of();

    /** A gateway that does not listen yet, and in which nothing goes wrong on request. */
    public ApiGateway(
            ApiGatewaySettings settings,
            List<HttpRoute> http,
            List<GatewayRoute> gateway,
            FunctionHost functions,
            Clock clock,
            GatewayMeter meter) {
        this(settings, http, gateway, functions, clock, meter, GatewayFaults.none());
    }

    /**
     * A gateway that does not listen yet.
     *
     * @param http the routes of the HTTP API
     * @param gateway the routes of the WebSocket API
     * @param functions runs the routes' functions; not closed by the gateway
     * @param faults what goes wrong on request
     */
    public ApiGateway(
            ApiGatewaySettings settings,
            List<HttpRoute> http,
            List<GatewayRoute> gateway,
            FunctionHost functions,
            Clock clock,
            GatewayMeter meter,
            GatewayFaults faults) {
        this.settings = settings;
        this.clock = clock;
        identity = new ApiIdentity(LoopbackListener.name(settings.host()), settings.stage());
        GatewayIds ids = new GatewayIds(settings.mark());
        AccountThrottle throttle = new AccountThrottle(settings.requestsPerSecond(), settings.burst(), clock);
        invocations = new Invocations(functions, clock);
        answerHeaders = new AnswerHeaders(ids, clock);
        connections = new Connections(settings.idleTimeout(), settings.maxDuration());
        door = new FrontDoor(
                settings.stage(),
                new HttpApi(http, new HttpEvents(identity, clock), invocations, throttle, ids, meter),
                new WebSocketApi(
                        gateway,
                        new WebSocketEvents(identity, ids, clock),
                        connections,
                        invocations,
                        throttle,
                        ids,
                        clock,
                        meter,
                        faults),
                new ManagementApi(
                        connections,
                        new SigV4Verifier(
                                settings.accountAccessKeyId(), settings.secretAccessKey(), settings.region(), clock),
                        throttle,
                        ids,
                        faults));
    }

    /**
     * Listens. A gateway that already does stays as it is.
     *
     * @throws PortTakenException if another program has the port
     */
    public void start() {
        synchronized (lifecycle) {
            if (loops != null) {
                return;
            }
            int count = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MAX_LOOPS);
            MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(
                    count, new DefaultThreadFactory("api-gateway", true), NioIoHandler.newFactory());
            try {
                listening = LoopbackListener.bind(bootstrap(group), settings.host(), settings.port());
            } catch (RuntimeException e) {
                Future<?> _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
                throw e;
            }
            loops = group;
            identity.listensOn(((InetSocketAddress) listening.getFirst().localAddress()).getPort());
            listening.forEach(channel -> channel.config().setAutoRead(true));
            Future<?> _ = group.next()
                    .scheduleAtFixedRate(this::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /**
     * The port it listens on.
     *
     * @throws IllegalStateException before the start
     */
    public int port() {
        int port = identity.port();
        if (port == 0) {
            throw new IllegalStateException("The gateway has not been started");
        }
        return port;
    }

    /**
     * Adds a page at an exact path, which goes before any route. The supplier runs on a virtual thread for each request.
     */
    public void addPage(String path, Supplier<LocalPage> page) {
        door.addPage(path, page);
    }

    /** Hands requests with large bodies to what stands in front of the API, if it takes them. Before the start only. */
    public void setRelay(BodyRelay relay) {
        door.setRelay(relay);
    }

    /** Serves files to browsers where no page or handler is. */
    public void setSite(Site site) {
        door.setSite(site);
    }

    /** Hands every request to an exact path to a handler, before any route. It runs on a virtual thread. */
    public void addHandler(String path, LocalHandler handler) {
        door.addHandler(path, handler);
    }

    /**
     * Closes a share of the open WebSocket connections now.
     *
     * @param share 0 to 1; the number of connections is rounded
     * @param code the close code that clients get; null breaks off the connections with a TCP reset and no close frame
     * @param random chooses which ones
     * @return how many connections
     */
    public int cut(double share, @Nullable Integer code, RandomGenerator random) {
        return connections.cut(share, code, random);
    }

    /** How many WebSocket connections are open. */
    public int connections() {
        return connections.count();
    }

    /**
     * Stops listening, closes each connection with 1001, waits some seconds at the most for {@code $disconnect} and for
     * answers under way, and lets go of the port. Does nothing on a gateway that is not started.
     */
    @Override
    public void close() {
        synchronized (lifecycle) {
            MultiThreadIoEventLoopGroup group = loops;
            if (group == null) {
                return;
            }
            loops = null;
            listening.forEach(channel -> channel.close().awaitUninterruptibly(GOODBYE.toMillis()));
            connections.closeAll();
            try {
                connections.awaitNone(GOODBYE);
                invocations.awaitIdle(GOODBYE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            group.shutdownGracefully(0, GOODBYE.toSeconds(), TimeUnit.SECONDS)
                    .awaitUninterruptibly(2 * GOODBYE.toMillis());
        }
    }

    private ServerBootstrap bootstrap(MultiThreadIoEventLoopGroup group) {
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                // Nothing is accepted before the port, which events name, is known.
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(MAX_UNSENT_BYTES / 2, MAX_UNSENT_BYTES))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accept(channel);
                    }
                });
    }

    private void accept(SocketChannel channel) {
        HttpConnection connection =
                new HttpConnection(channel, door::handle, door::maxBody, answerHeaders, clock, speakingHttp);
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new FirstBytes(connection));
        pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(HttpConnection.MAX_HEAD_BYTES)
                .setMaxHeaderSize(2 * HttpConnection.MAX_HEAD_BYTES)
                .setMaxChunkSize(MAX_UNSENT_BYTES)));
        pipeline.addLast(connection);
    }

    private void sweep() {
        try {
            long now = clock.millis();
            invocations.expire(now);
            connections.expire(now);
            speakingHttp.forEach(connection -> connection.expire(now));
        } catch (RuntimeException e) {
            log.error("A check of the time limits failed", e);
        }
    }
}
