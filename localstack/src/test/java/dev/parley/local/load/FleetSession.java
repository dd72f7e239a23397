package dev.parley.local.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.client.People.Person;
import dev.parley.local.load.Duplicates.Duplicate;
import dev.parley.local.load.Violations.Kind;
import dev.parley.protocol.Json;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client of the gateway and its one session, over as many connections as it takes. Everything that comes is held to what
 * docs/delivery.md promises.
 *
 * <p>Its state belongs to its event loop; the public methods may be called from any thread.
 */
final class FleetSession implements Audit.Listener {

    private static final byte[] READY = FrameReader.ascii("READY");
    private static final byte[] RESUMED = FrameReader.ascii("RESUMED");
    private static final byte[] MESSAGE_CREATE = FrameReader.ascii("MESSAGE_CREATE");
    private static final byte[] SESSION_ID = FrameReader.ascii("session_id");
    private static final byte[] HEARTBEAT_INTERVAL = FrameReader.ascii("heartbeat_interval");
    private static final byte[] ID = FrameReader.ascii("id");
    private static final byte[] CHANNEL_ID = FrameReader.ascii("channel_id");
    private static final byte[] CONTENT = FrameReader.ascii("content");

    private static final int MAX_HANDSHAKE = 16 * 1024;
    private static final long INTENTS = 1 | 1 << 9; // GUILDS, GUILD_MESSAGES

    /** A client's own close that leaves its session resumable (RFC 6455, section 7.4.2: 4000 to 4999 are private). */
    private static final int COMING_BACK = 4000;

    private static final long FIRST_BACKOFF_MS = 200;
    private static final int LONGEST_BACKOFF = 5; // doublings

    private final Fleet fleet;
    private final FleetCounters counters;
    private final int number;
    private final Person user;
    private final EventLoop loop;
    private final FrameReader frame;
    private final StreamCheck stream;
    private final Inbox inbox = new Inbox();

    private @Nullable Channel channel;
    private volatile @Nullable String sessionId;
    private @Nullable ScheduledFuture<?> watchdog;
    private @Nullable ScheduledFuture<?> heartbeat;
    private @Nullable ScheduledFuture<?> reconnect;
    private boolean opening;
    private boolean greeted;
    private boolean acknowledged;
    private boolean waiting;
    private boolean stopped;
    private int failures;
    private String end = "nothing";
    private String formerEnd = "nothing";
    private long awaySince;
    private volatile boolean ready;
    private volatile boolean resumed;
    private volatile boolean lost;

    FleetSession(Fleet fleet, int number, Person user, EventLoop loop, FrameReader frame) {
        this.fleet = fleet;
        this.counters = fleet.counters();
        this.number = number;
        this.user = user;
        this.loop = loop;
        this.frame = frame;
        this.stream = new StreamCheck(fleet.behaviour().remembered());
    }

    int number() {
        return number;
    }

    Person user() {
        return user;
    }

    /** Empty before READY. */
    String sessionId() {
        String id = sessionId;
        return id == null ? "" : id;
    }

    @Override
    public Inbox inbox() {
        return inbox;
    }

    boolean ready() {
        return ready;
    }

    /** Whether it was resumed, however often. */
    boolean resumed() {
        return resumed;
    }

    @Override
    public boolean lost() {
        return lost;
    }

    void start() {
        loop.execute(this::connect);
    }

    /** Ends the connection without a word: with RST, or with FIN and no close frame. */
    void cut(boolean reset) {
        loop.execute(() -> {
            Channel current = channel;
            if (current != null) {
                if (reset) {
                    current.config().setOption(ChannelOption.SO_LINGER, 0);
                }
                var _ = current.close();
            }
        });
    }

    /** After a hold. */
    void comeBack() {
        loop.execute(() -> {
            if (waiting) {
                waiting = false;
                awaySince = System.nanoTime();
                later(spread());
            }
        });
    }

    /** Closes with 1000 and does not come back. */
    void stop() {
        loop.execute(() -> {
            stopped = true;
            cancel(reconnect);
            leave(1000);
        });
    }

    private void connect() {
        reconnect = null;
        if (stopped || channel != null || opening) {
            return;
        }
        opening = true;
        fleet.open(() -> loop.execute(this::open));
    }

    private void open() {
        if (stopped) {
            openingIsOver();
            return;
        }
        counters.opened.increment();
        greeted = false;
        acknowledged = true;
        formerEnd = end;
        end = "no close frame";
        watchdog = loop.schedule(
                this::lookWhetherItCame, fleet.behaviour().patience().toMillis(), TimeUnit.MILLISECONDS);
        Channel opened = fleet.bootstrap(loop)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel ch) {
                        ch.pipeline()
                                .addLast(
                                        new HttpClientCodec(),
                                        new HttpObjectAggregator(MAX_HANDSHAKE),
                                        new WebSocketFrameAggregator(FrameReader.MAX_FRAME),
                                        new Connection(handshaker()));
                    }
                })
                .connect()
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        counters.refused.increment();
                    }
                })
                .channel();
        channel = opened;
        // Also when it never was open.
        opened.closeFuture().addListener(closed -> ended(opened));
    }

    private WebSocketClientHandshaker handshaker() {
        HttpHeaders headers = new DefaultHttpHeaders();
        // Two of three say who they are as discord.py does, and get its short heartbeat.
        headers.set(
                HttpHeaderNames.USER_AGENT, number % 3 == 0 ? "parley-fleet" : "DiscordBot (discord.py, parley-fleet)");
        return WebSocketClientHandshakerFactory.newHandshaker(
                URI.create(fleet.gateway() + "?v=10&encoding=json"),
                WebSocketVersion.V13,
                null,
                false,
                headers,
                FrameReader.MAX_FRAME);
    }

    /** JDA identifies before HELLO has come, the others after it. */
    private boolean eager() {
        return number % 2 == 0;
    }

    /** discord.py says who it is, and gets a short heartbeat interval. */
    private boolean hurried() {
        return number % 3 != 0;
    }

    private void introduce(Channel current) {
        ObjectNode data = Json.object().put("token", user.token());
        String session = sessionId;
        if (session == null) {
            data.put("intents", INTENTS);
            data.putObject("properties").put("os", "linux").put("browser", "parley-fleet");
            send(current, 2, data);
        } else {
            data.put("session_id", session).put("seq", stream.last());
            send(current, 6, data);
        }
    }

    private static void send(Channel current, int op, @Nullable Object data) {
        ObjectNode sent = Json.object().put("op", op);
        sent.set("d", data == null ? Json.object().nullNode() : Json.tree(data));
        var _ = current.writeAndFlush(new TextWebSocketFrame(Json.text(sent)));
    }

    private void take(Channel from, ByteBuf content) {
        if (!from.equals(channel)) {
            return; // of a connection that was given up
        }
        if (!frame.read(content)) {
            counters.foreignFrames.increment();
            return;
        }
        switch (frame.op()) {
            case 0 -> dispatch();
            case 1 -> beat(from);
            case 7 -> {
                counters.reconnectRequests.increment();
                leaveAndComeBack(COMING_BACK);
            }
            case 9 -> invalidated(frame.dataIsTrue());
            case 10 -> greeted(from, frame.number(frame.member(HEARTBEAT_INTERVAL)));
            case 11 -> acknowledged = true;
            default -> counters.foreignFrames.increment();
        }
    }

    private void greeted(Channel from, long interval) {
        greeted = true;
        // discord.py and JDA send their first heartbeat at once, the others at a random moment of the interval.
        boolean atOnce = eager() || hurried();
        if (atOnce) {
            beat(from);
        }
        if (!eager()) {
            introduce(from);
        }
        cancel(heartbeat);
        long first = atOnce
                ? interval
                : (long) (interval * ThreadLocalRandom.current().nextDouble());
        heartbeat = loop.schedule(() -> keepBeating(from, interval), first, TimeUnit.MILLISECONDS);
    }

    private void keepBeating(Channel current, long interval) {
        if (!current.equals(channel)) {
            return;
        }
        if (!acknowledged) {
            counters.silent.increment();
            leaveAndComeBack(COMING_BACK);
            return;
        }
        beat(current);
        heartbeat = loop.schedule(() -> keepBeating(current, interval), interval, TimeUnit.MILLISECONDS);
    }

    private void beat(Channel current) {
        acknowledged = false;
        send(current, 1, stream.last() == 0 ? null : stream.last());
    }

    private void dispatch() {
        long s = frame.s();
        if (s == 0) {
            return; // an answer beside the stream
        }
        long before = stream.last();
        switch (stream.take(s, frame.print())) {
            case NEXT -> event(s);
            case GAP -> {
                fleet.violations().add(Kind.GAP, this + ": s " + s + " came after " + before);
                event(s);
            }
            case AGAIN -> fleet.duplicates().add(new Duplicate(number, s, System.nanoTime()));
            case CHANGED -> fleet.violations().add(Kind.S_REUSED, this + ": s " + s + " came with other bytes");
            case TOO_OLD ->
                fleet.violations()
                        .add(Kind.S_REUSED, this + ": s " + s + " came after " + before + ", too late to compare");
        }
    }

    private void event(long s) {
        if (frame.typeIs(MESSAGE_CREATE)) {
            int content = frame.member(CONTENT);
            inbox.add(frame.number(frame.member(CHANNEL_ID)), frame.number(frame.member(ID)), s);
            fleet.received(frame.at(content) == 'm' ? frame.number(content + 1) : 0);
        } else if (frame.typeIs(READY)) {
            sessionId = frame.text(frame.member(SESSION_ID));
            counters.identified.increment();
            nowReady();
        } else if (frame.typeIs(RESUMED)) {
            counters.resumed.increment();
            resumed = true;
            fleet.resumeTimes().add(System.nanoTime() - awaySince);
            nowReady();
        }
    }

    private void nowReady() {
        failures = 0;
        if (!ready) {
            ready = true;
            counters.ready.incrementAndGet();
        }
        openingIsOver();
    }

    private void invalidated(boolean resumable) {
        if (resumable) {
            counters.resumableInvalidations.increment();
        } else {
            if (sessionId != null && fleet.mayEndSessions()) {
                counters.endedSessions.increment();
            } else if (sessionId != null) {
                lost = true;
                fleet.violations()
                        .add(
                                Kind.SESSION_ENDED,
                                this + " at s " + stream.last()
                                        + (ready ? ", while it was ready" : ", instead of RESUMED")
                                        + "; its connection before ended with " + formerEnd);
            }
            sessionId = null;
            stream.reset();
        }
        failures++;
        leaveAndComeBack(COMING_BACK);
    }

    private void lookWhetherItCame() {
        watchdog = null;
        if (channel == null || (ready && greeted)) {
            return;
        }
        counters.timeouts.increment();
        failures++;
        leaveAndComeBack(COMING_BACK);
    }

    private void leaveAndComeBack(int code) {
        end = "the client's close frame " + code;
        leave(code);
        away();
    }

    private void leave(int code) {
        Channel current = channel;
        channel = null;
        if (current != null && current.isActive()) {
            current.writeAndFlush(new CloseWebSocketFrame(code, "")).addListener(ChannelFutureListener.CLOSE);
        } else if (current != null) {
            var _ = current.close();
        }
    }

    private void closedWith(Channel closed, int code) {
        if (closed.equals(channel)) {
            end = "the server's close frame " + code;
        }
    }

    private void ended(Channel closed) {
        if (closed.equals(channel)) {
            channel = null;
            counters.ended.increment();
            if (!ready) {
                failures++;
            }
            away();
        }
    }

    /** There is no connection; there will be one again. */
    private void away() {
        cancel(watchdog);
        cancel(heartbeat);
        openingIsOver();
        if (ready) {
            ready = false;
            counters.ready.decrementAndGet();
            awaySince = System.nanoTime();
        }
        if (stopped) {
            return;
        }
        if (fleet.held()) {
            waiting = true;
        } else {
            later(spread() + backoff());
        }
    }

    private void later(long millis) {
        cancel(reconnect);
        reconnect = loop.schedule(this::connect, millis, TimeUnit.MILLISECONDS);
    }

    private void openingIsOver() {
        if (opening) {
            opening = false;
            fleet.opened();
        }
    }

    private long spread() {
        return ThreadLocalRandom.current().nextLong(fleet.behaviour().spread().toMillis() + 1);
    }

    private long backoff() {
        long most = failures == 0 ? 0 : FIRST_BACKOFF_MS << Math.min(failures, LONGEST_BACKOFF);
        return most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
    }

    private static void cancel(@Nullable ScheduledFuture<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "session %d (%s)", number, sessionId);
    }

    /** What comes over one connection. */
    private final class Connection extends ChannelInboundHandlerAdapter {

        private final WebSocketClientHandshaker handshaker;

        Connection(WebSocketClientHandshaker handshaker) {
            this.handshaker = handshaker;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            var _ = handshaker.handshake(context.channel());
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                switch (message) {
                    case FullHttpResponse answer -> {
                        handshaker.finishHandshake(context.channel(), answer);
                        if (eager() && context.channel().equals(channel)) {
                            introduce(context.channel());
                        }
                    }
                    case TextWebSocketFrame text -> take(context.channel(), text.content());
                    case CloseWebSocketFrame close -> {
                        closedWith(context.channel(), close.statusCode());
                        context.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
                    }
                    default -> {
                        // Pings are not part of the gateway.
                    }
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (cause instanceof WebSocketHandshakeException) {
                counters.refused.increment();
            }
            var _ = context.close();
        }
    }
}
