package dev.parley.session;

import dev.parley.connection.ConnectionPoster;
import dev.parley.protocol.DispatchType;
import dev.parley.session.SessionLog.Appended;
import dev.parley.session.SessionLog.Frames;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Brings events into sessions, and from there to their connections.
 *
 * <p>Thread-safe.
 */
public final class Delivery {

    private final SessionLog sessionLog;
    private final Sender sender;
    private final ConnectionPoster poster;
    private final Supplier<String> holders;
    private final BooleanSupplier pressed;
    private final Clock clock;

    /**
     * A delivery.
     *
     * @param pressed whether there is more to send than may be sent, so that passing events are left out
     */
    Delivery(
            SessionLog sessionLog,
            Sender sender,
            ConnectionPoster poster,
            Supplier<String> holders,
            BooleanSupplier pressed,
            Clock clock) {
        this.sessionLog = sessionLog;
        this.sender = sender;
        this.poster = poster;
        this.holders = holders;
        this.pressed = pressed;
        this.clock = clock;
    }

    /**
     * How far an event has come in one session.
     *
     * @param known whether the session exists
     * @param sending ends when what this call sends is sent; never fails
     */
    public record Delivered(boolean known, CompletableFuture<Void> sending) {

        private static final CompletableFuture<Void> NOTHING = CompletableFuture.completedFuture(null);
    }

    /** As the other, for one event. */
    public CompletionStage<Delivered> deliver(String sessionId, Place place, DispatchType type, String data) {
        return deliver(sessionId, List.of(Arrival.of(place, type, data)));
    }

    /**
     * Appends events to a session's log, and sends them unless somebody else is sending there already.
     *
     * <p>An event that the session has already is not appended again. A passing event is left out when there is too much
     * to send, to the session or to all.
     *
     * @param arrivals in their order, all of one message group
     * @return ends when the events are in the log; fails if Redis is away
     */
    public CompletionStage<Delivered> deliver(String sessionId, List<Arrival> arrivals) {
        List<Arrival> wanted = arrivals;
        if (pressed.getAsBoolean()) {
            wanted = arrivals.stream()
                    .filter(arrival -> !arrival.type().passing())
                    .toList();
        }
        if (wanted.isEmpty()) {
            return CompletableFuture.completedFuture(new Delivered(true, Delivered.NOTHING));
        }
        List<Arrival> events = wanted;
        String holder = holders.get();
        long askedMillis = clock.millis();
        return sessionLog
                .append(sessionId, holder, events)
                .thenApply(appended -> go(sessionId, holder, appended, events, askedMillis));
    }

    /**
     * Frames that wait for a session's connection.
     *
     * @return -1 if there is no such session; {@link Long#MAX_VALUE} while it has not started
     * @throws dev.parley.redis.RedisUnavailableException if Redis is away
     */
    public long unsent(String sessionId) {
        return sessionLog.unsent(sessionId);
    }

    private Delivered go(String sessionId, String holder, Appended appended, List<Arrival> events, long askedMillis) {
        return switch (appended.status()) {
            case UNKNOWN_SESSION -> new Delivered(false, Delivered.NOTHING);
            case NOTHING_TO_SEND -> new Delivered(true, Delivered.NOTHING);
            case SEND_THESE ->
                new Delivered(true, sender.send(sessionId, holder, frames(appended, events), askedMillis));
            case SEND_FROM_LOG -> new Delivered(true, sender.drain(sessionId, holder));
            case OVERFLOWED -> new Delivered(false, end(appended));
        };
    }

    /** The frames as they stand in the log; those that were appended follow each other. */
    private static Frames frames(Appended appended, List<Arrival> events) {
        List<String> frames = new ArrayList<>(events.size());
        List<Long> storedMillis = new ArrayList<>(events.size());
        long first = 0;
        for (int i = 0; i < events.size(); i++) {
            long s = appended.s().get(i);
            if (s > 0) {
                first = first == 0 ? s : first;
                frames.add(Frame.dispatch(s, events.get(i).rest()));
                storedMillis.add(SessionLog.storedMillis(events.get(i).place().eventId()));
            }
        }
        return new Frames(true, appended.connectionId(), first, frames, storedMillis);
    }

    private CompletableFuture<Void> end(Appended appended) {
        if (appended.connectionId().isEmpty()) {
            return Delivered.NOTHING;
        }
        return poster.post(appended.connectionId(), Frame.invalidSession(false).getBytes(StandardCharsets.UTF_8))
                .thenCompose(outcome -> poster.disconnect(appended.connectionId()))
                .thenApply(outcome -> null);
    }
}
