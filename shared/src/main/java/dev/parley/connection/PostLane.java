package dev.parley.connection;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one event loop, and the requests that wait for them. Only {@link #submit} and {@link #close} may be
 * called from other threads; all else happens on the loop, and needs no lock.
 */
final class PostLane {

    private static final Logger log = LoggerFactory.getLogger(PostLane.class);

    /** How late a timeout may be noticed. One sweep is cheaper than a timer for each request. */
    private static final Duration SWEEP = Duration.ofMillis(100);

    /** Load balancers close idle connections after a minute, and what is sent at that moment is lost. */
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(30);

    private static final byte[] VERSION = bytes(" HTTP/1.1\r\n");
    private static final byte[] LENGTH = bytes("content-length: ");
    private static final byte[] END_OF_EMPTY = bytes("\r\n\r\n");
    private static final byte[] END = bytes("\r\ncontent-type: application/octet-stream\r\n\r\n");
    private static final int HEAD = 768;

    /** How long a lane that has connections waits after it could not get another one. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final Supplier<InetSocketAddress> address;
    private final RequestSigner signer;
    private final Clock clock;
    private final int maxConnections;
    private final int maxWaiting;
    private final Queue<PostExchange> submitted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingCount = new AtomicInteger();
    private final AtomicBoolean draining = new AtomicBoolean();
    private volatile boolean closed;

    // On the loop alone.
    private final Deque<PostExchange> waiting = new ArrayDeque<>();
    private final Deque<PostConnection> idle = new ArrayDeque<>();
    private final Set<PostConnection> open = new HashSet<>();
    private int connecting;
    private boolean sweeping;
    private boolean pausing;

    /**
     * A lane without a connection.
     *
     * @param bootstrap opens channels on {@code loop}
     * @param address looks the endpoint's address up; may block
     * @param maxConnections connections at the most
     * @param maxWaiting requests that may wait for a connection
     */
    PostLane(
            EventLoop loop,
            Bootstrap bootstrap,
            Supplier<InetSocketAddress> address,
            RequestSigner signer,
            Clock clock,
            int maxConnections,
            int maxWaiting) {
        this.loop = loop;
        this.bootstrap = bootstrap;
        this.address = address;
        this.signer = signer;
        this.clock = clock;
        this.maxConnections = maxConnections;
        this.maxWaiting = maxWaiting;
    }

    /** Takes a request from any thread. */
    void submit(PostExchange exchange) {
        if (waitingCount.incrementAndGet() > maxWaiting) {
            waitingCount.decrementAndGet();
            exchange.end(PostOutcome.THROTTLED);
            return;
        }
        submitted.add(exchange);
        // One wake-up of the loop serves all that is submitted before it runs.
        if (draining.compareAndSet(false, true)) {
            try {
                loop.execute(this::drain);
            } catch (RejectedExecutionException e) {
                closed = true;
            }
        }
        if (closed) {
            abandonSubmitted();
        }
    }

    /** Ends what is under way or waits, as failed. The lane is of no use afterwards. */
    void close() {
        closed = true;
        try {
            loop.execute(() -> {
                List.copyOf(open).forEach(PostConnection::close);
                endAllWaiting();
            });
        } catch (RejectedExecutionException e) {
            log.debug("The lane's event loop has ended already", e);
        }
        abandonSubmitted();
    }

    /** A connection has its answer: it takes the next request that waits, or rests. */
    void release(PostConnection connection) {
        PostExchange next = pollWaiting();
        while (next != null) {
            if (send(connection, next)) {
                return;
            }
            next = pollWaiting();
        }
        connection.restsSince(clock.millis());
        idle.addFirst(connection);
    }

    /** A connection has ended: requests that wait may have a new one. */
    void closed(PostConnection connection) {
        open.remove(connection);
        idle.remove(connection);
        connectIfWanted();
    }

    /**
     * Takes back a request that has not left this process, for the next connection that has just answered, or a new one:
     * those that rest may be closed too.
     */
    void sendAgain(PostExchange exchange) {
        if (closed || !exchange.tryOnce()) {
            exchange.end(PostOutcome.FAILED);
            return;
        }
        waitingCount.incrementAndGet();
        waiting.addFirst(exchange);
        connectIfWanted();
    }

    private void drain() {
        draining.set(false);
        PostExchange exchange = submitted.poll();
        while (exchange != null) {
            accept(exchange);
            exchange = submitted.poll();
        }
    }

    private void accept(PostExchange exchange) {
        if (closed) {
            exchange.end(PostOutcome.FAILED);
            return;
        }
        exchange.tryOnce();
        PostConnection connection = pollIdle();
        if (connection == null) {
            waiting.add(exchange);
            connectIfWanted();
        } else {
            waitingCount.decrementAndGet();
            if (!send(connection, exchange)) {
                release(connection);
            }
        }
        keepSweeping();
    }

    /** False if the request cannot be made, so that the connection is free still. */
    private boolean send(PostConnection connection, PostExchange exchange) {
        ByteBuf request;
        try {
            request = request(connection.allocator(), exchange);
        } catch (RuntimeException e) {
            log.error("A request cannot be signed", e);
            exchange.end(PostOutcome.FAILED);
            return false;
        }
        connection.send(exchange, request);
        return true;
    }

    /** One buffer, so that it leaves with one system call. It is signed now and not when it began to wait. */
    private ByteBuf request(ByteBufAllocator allocator, PostExchange exchange) {
        byte[] body = exchange.body();
        ByteBuf bytes = allocator.directBuffer(HEAD + body.length);
        try {
            bytes.writeCharSequence(exchange.method(), StandardCharsets.US_ASCII);
            bytes.writeByte(' ');
            bytes.writeCharSequence(exchange.path(), StandardCharsets.US_ASCII);
            bytes.writeBytes(VERSION);
            signer.sign(exchange.method(), exchange.path(), body, bytes);
            bytes.writeBytes(LENGTH);
            bytes.writeCharSequence(Integer.toString(body.length), StandardCharsets.US_ASCII);
            bytes.writeBytes(body.length == 0 ? END_OF_EMPTY : END);
            return bytes.writeBytes(body);
        } catch (RuntimeException e) {
            bytes.release();
            throw e;
        }
    }

    private @Nullable PostConnection pollIdle() {
        PostConnection connection = idle.poll();
        if (connection == null) {
            return null;
        }
        long now = clock.millis();
        while (connection != null && !connection.isUsable(now, LONGEST_IDLE.toMillis())) {
            connection.close();
            connection = idle.poll();
        }
        return connection;
    }

    private @Nullable PostExchange pollWaiting() {
        PostExchange next = waiting.poll();
        if (next == null) {
            return null;
        }
        waitingCount.decrementAndGet();
        return next;
    }

    private void connectIfWanted() {
        while (!closed && !pausing && connecting < waiting.size() && open.size() + connecting < maxConnections) {
            connecting++;
            Thread.startVirtualThread(() -> {
                InetSocketAddress found = address.get();
                try {
                    loop.execute(() -> connect(found));
                } catch (RejectedExecutionException e) {
                    log.debug("The lane's event loop ended while an address was looked up", e);
                }
            });
        }
    }

    private void connect(InetSocketAddress found) {
        if (found.isUnresolved()) {
            noConnection(found.getHostString() + " has no address");
            return;
        }
        var _ = bootstrap.connect(found).addListener((ChannelFuture connected) -> {
            if (connected.isSuccess()) {
                connected(connected.channel());
            } else {
                noConnection(String.valueOf(connected.cause()));
            }
        });
    }

    private void connected(Channel channel) {
        connecting--;
        if (closed) {
            var _ = channel.close();
            return;
        }
        PostConnection connection = new PostConnection(this, channel);
        channel.pipeline().addLast(connection);
        open.add(connection);
        release(connection);
    }

    private void noConnection(String reason) {
        connecting--;
        log.warn("No connection to the @connections endpoint: {}", reason);
        if (open.isEmpty()) {
            endAllWaiting();
        } else if (!pausing) {
            pausing = true;
            var _ = loop.schedule(
                    () -> {
                        pausing = false;
                        connectIfWanted();
                    },
                    PAUSE.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void keepSweeping() {
        if (!sweeping) {
            sweeping = true;
            var _ = loop.schedule(this::sweep, SWEEP.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void sweep() {
        sweeping = false;
        long now = System.nanoTime();
        List.copyOf(open).forEach(connection -> connection.expire(now));
        PostExchange oldest = waiting.peek();
        while (oldest != null && oldest.isLate(now)) {
            pollWaiting();
            oldest.end(PostOutcome.THROTTLED);
            oldest = waiting.peek();
        }
        if (idle.size() < open.size() || !waiting.isEmpty()) {
            keepSweeping();
        }
    }

    private void endAllWaiting() {
        for (PostExchange next = pollWaiting(); next != null; next = pollWaiting()) {
            next.end(PostOutcome.FAILED);
        }
    }

    private void abandonSubmitted() {
        for (PostExchange next = submitted.poll(); next != null; next = submitted.poll()) {
            next.end(PostOutcome.FAILED);
        }
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }
}
