package dev.parley.local.load;

import dev.parley.local.client.People.Person;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Many gateway clients on two event loops. Each behaves as a good client library does: it keeps its heartbeat, and comes back
 * with RESUME and jitter whatever ended its connection.
 *
 * <p>Thread-safe.
 */
final class Fleet implements AutoCloseable {

    private static final Duration TELL_EVERY = Duration.ofSeconds(5);
    private static final int LOOPS = 2;
    private static final int CONNECT_TIMEOUT_MS = 20_000;

    private final MultiThreadIoEventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(LOOPS, daemons(), NioIoHandler.newFactory());
    private final Map<EventLoop, FrameReader> readers = new HashMap<>();
    private final List<FleetSession> sessions = new ArrayList<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final URI gateway;
    private final Behaviour behaviour;
    private final Ledger ledger;
    private final Violations violations;
    private final Duplicates duplicates = new Duplicates();
    private final FleetCounters counters = new FleetCounters();
    private final Latencies deliveryTimes = new Latencies();
    private final Latencies resumeTimes = new Latencies();
    private int openAtOnce;
    private int opening;
    private volatile boolean held;
    private volatile boolean sessionsMayEnd;

    /**
     * How the clients behave.
     *
     * @param patience how long READY or RESUMED may take before a client tries again
     * @param spread clients that lose their connection come back at a random moment within this time
     * @param openAtOnce clients that may be on their way to READY or RESUMED at the same time
     * @param remembered frames whose bytes each client remembers
     */
    record Behaviour(Duration patience, Duration spread, int openAtOnce, int remembered) {}

    Fleet(String gatewayUrl, Behaviour behaviour, Ledger ledger, Violations violations) {
        this.gateway = URI.create(gatewayUrl);
        this.behaviour = behaviour;
        this.openAtOnce = behaviour.openAtOnce();
        this.ledger = ledger;
        this.violations = violations;
    }

    /** Adds a session of a user and begins to connect it. */
    synchronized FleetSession add(Person user) {
        EventLoop loop = (EventLoop) loops.next();
        FrameReader reader = readers.computeIfAbsent(loop, key -> new FrameReader());
        FleetSession session = new FleetSession(this, sessions.size(), user, loop, reader);
        sessions.add(session);
        session.start();
        return session;
    }

    synchronized List<FleetSession> sessions() {
        return List.copyOf(sessions);
    }

    synchronized int size() {
        return sessions.size();
    }

    /** Keeps clients that lose their connection from coming back, until {@link #release}. */
    void hold() {
        held = true;
    }

    /** Lets everybody come back, within the spread. */
    void release() {
        held = false;
        sessions().forEach(FleetSession::comeBack);
    }

    /** From now on the server may end a session: it has lost what it knew of it. */
    void sessionsMayEnd() {
        sessionsMayEnd = true;
    }

    boolean mayEndSessions() {
        return sessionsMayEnd;
    }

    boolean held() {
        return held;
    }

    /** Waits for a condition; false if it does not hold in time. */
    static boolean await(Duration longest, BooleanSupplier condition) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return true;
    }

    /** Whether every session is ready. */
    boolean allReady() {
        return counters.ready.get() == size();
    }

    /** {@link #allReady} that says every 5 s how far it is. */
    BooleanSupplier allReady(Consumer<String> progress) {
        AtomicLong next = new AtomicLong(System.nanoTime() + TELL_EVERY.toNanos());
        return () -> {
            if (System.nanoTime() - next.get() > 0) {
                next.addAndGet(TELL_EVERY.toNanos());
                progress.accept(String.format(Locale.ROOT, "ready %,d of %,d", counters.ready.get(), size()));
            }
            return allReady();
        };
    }

    /** Lets everybody open at once from now on. */
    void openWithoutLimit() {
        synchronized (waiting) {
            openAtOnce = Integer.MAX_VALUE;
        }
    }

    FleetCounters counters() {
        return counters;
    }

    Duplicates duplicates() {
        return duplicates;
    }

    Latencies deliveryTimes() {
        return deliveryTimes;
    }

    /** From the end of a connection, or the release, to RESUMED. */
    Latencies resumeTimes() {
        return resumeTimes;
    }

    Violations violations() {
        return violations;
    }

    Behaviour behaviour() {
        return behaviour;
    }

    URI gateway() {
        return gateway;
    }

    /** A connection's beginning on an event loop. */
    Bootstrap bootstrap(EventLoop loop) {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
                .remoteAddress(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), gateway.getPort()));
    }

    /** A message came to a session for the first time. */
    void received(long messageNumber) {
        counters.deliveries.increment();
        Long sent = ledger.sentNanos(messageNumber);
        if (sent != null) {
            deliveryTimes.add(System.nanoTime() - sent);
        }
    }

    /** Runs now, or when there is room for one more that opens; {@link #opened} makes room. */
    void open(Runnable begin) {
        synchronized (waiting) {
            if (opening >= openAtOnce) {
                waiting.add(begin);
                return;
            }
            opening++;
        }
        begin.run();
    }

    /** One that was opening is open, or has given up. */
    void opened() {
        Runnable next;
        synchronized (waiting) {
            next = waiting.poll();
            if (next == null) {
                opening--;
            }
        }
        if (next != null) {
            next.run();
        }
    }

    /** Closes every connection and ends the event loops. */
    @Override
    public void close() {
        sessions().forEach(FleetSession::stop);
        loops.shutdownGracefully(100, 2_000, TimeUnit.MILLISECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
    }

    private static ThreadFactory daemons() {
        return Thread.ofPlatform().daemon().name("fleet-", 0).factory();
    }
}
