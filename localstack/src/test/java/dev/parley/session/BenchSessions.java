package dev.parley.session;

import dev.parley.connection.ConnectionPoster;
import dev.parley.protocol.DispatchType;
import dev.parley.redis.Redis;
import dev.parley.session.SessionLog.AppendStatus;
import dev.parley.session.SessionLog.Attachment;
import dev.parley.session.SessionLog.Dispatch;
import dev.parley.session.SessionLog.Owner;
import dev.parley.snowflake.Snowflake;
import dev.parley.telemetry.Meter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sessions with open connections, as a benchmark needs them: started, and with nothing to send. */
public final class BenchSessions {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    private final SessionLog sessionLog;
    private final Delivery delivery;
    private final List<String> ids = new ArrayList<>();
    private final int batch;
    private final String rest;

    /**
     * Makes a session on each connection.
     *
     * @param batch events that come to a session at once, 1 to 10: a batch of the queue has up to ten
     */
    public BenchSessions(
            Redis redis, ConnectionPoster poster, Clock clock, List<String> connectionIds, String data, int batch) {
        this.batch = batch;
        rest = Frame.dispatchRest(DispatchType.MESSAGE_CREATE, data);
        sessionLog = new SessionLog(redis, clock, WINDOW);
        Sender sender = new Sender(
                sessionLog,
                poster,
                id -> CompletableFuture.completedFuture(Optional.empty()),
                id -> CompletableFuture.completedFuture(0L),
                Meter.none(),
                clock);
        SecureRandom random = new SecureRandom();
        delivery = new Delivery(sessionLog, sender, poster, () -> holder(random), () -> false, clock);
        String holder = holder(random);
        long reconnectAt = clock.millis() + Duration.ofMinutes(90).toMillis();
        for (String connectionId : connectionIds) {
            String id = UUID.randomUUID().toString();
            redis.await(sessionLog.create(
                    new Owner(new Recipient(id, new Snowflake(1), false, 513, null), "digest"),
                    new Attachment(connectionId, INTERVAL, reconnectAt)));
            sessionLog.start(id, holder, List.of(new Dispatch(DispatchType.READY, "{}")));
            redis.await(sessionLog.next(id, holder, 1, 0));
            ids.add(id);
        }
    }

    /** The whole way of an event to one session. */
    public CompletionStage<?> deliver(long number) {
        return delivery.deliver(id(number), arrivals(number)).thenCompose(Delivery.Delivered::sending);
    }

    /** The append alone. */
    public CompletionStage<?> append(long number) {
        return sessionLog.append(id(number), "bench", arrivals(number));
    }

    /** The append and what follows a POST, without the POST. */
    public CompletionStage<?> appendAndSettle(long number) {
        String id = id(number);
        return sessionLog.append(id, "bench", arrivals(number)).thenCompose(appended -> {
            if (appended.status() != AppendStatus.SEND_THESE) {
                throw new IllegalStateException("the session was busy: " + appended);
            }
            return sessionLog.next(id, "bench", appended.s().getLast(), SessionLog.FRAMES_AT_ONCE);
        });
    }

    /** The frame that a delivery sends. */
    public static String frame(String data) {
        return Frame.dispatch(2, Frame.dispatchRest(DispatchType.MESSAGE_CREATE, data));
    }

    /** As many events as a batch has, made anew as the fan-out does. */
    private List<Arrival> arrivals(long number) {
        List<Arrival> arrivals = new ArrayList<>(batch);
        for (int i = 0; i < batch; i++) {
            String text = Long.toString(1_000_000_000_000L + number * batch + i);
            arrivals.add(new Arrival(new Place("guild", text, text, false), DispatchType.MESSAGE_CREATE, rest));
        }
        return arrivals;
    }

    private static String holder(SecureRandom random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private String id(long number) {
        return ids.get((int) (number % ids.size()));
    }
}
