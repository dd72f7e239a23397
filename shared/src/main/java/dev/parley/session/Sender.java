package dev.parley.session;

import dev.parley.catalog.Metrics;
import dev.parley.connection.ConnectionLookup;
import dev.parley.connection.ConnectionPoster;
import dev.parley.connection.PostOutcome;
import dev.parley.session.SessionLog.Frames;
import dev.parley.telemetry.Meter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits in the logs of sessions whose lease the caller holds: one frame after the other on a connection, any
 * number of connections at once.
 *
 * <p>Thread-safe.
 */
final class Sender {

    private static final Logger log = LoggerFactory.getLogger(Sender.class);

    /** Tries of one frame; between them the sender waits 50, 100, 200 ms, give or take half. */
    private static final int TRIES = 4;

    private static final int FIRST_WAIT_MS = 50;

    private final SessionLog sessionLog;
    private final ConnectionPoster poster;
    private final ConnectionLookup lookup;
    private final Function<String, CompletionStage<Long>> gone;
    private final Meter meter;
    private final Clock clock;

    /**
     * A sender.
     *
     * @param gone is told of a connection that is not there any more
     * @param meter hears how long each event took
     */
    Sender(
            SessionLog sessionLog,
            ConnectionPoster poster,
            ConnectionLookup lookup,
            Function<String, CompletionStage<Long>> gone,
            Meter meter,
            Clock clock) {
        this.sessionLog = sessionLog;
        this.poster = poster;
        this.lookup = lookup;
        this.gone = gone;
        this.meter = meter;
        this.clock = clock;
    }

    /**
     * A session to send to.
     *
     * @param replay whether the client was away: how long its events have waited then says nothing of the system
     */
    private record Target(String sessionId, String holder, boolean replay) {}

    /** Sends all that waits. The future never fails: what cannot be sent now stays in the log. */
    CompletableFuture<Void> drain(String sessionId, String holder) {
        return goOn(new Target(sessionId, holder, false), 0).exceptionally(failure -> gaveUp(sessionId, failure));
    }

    /** As {@link #drain}, for a client that was away. */
    CompletableFuture<Void> replay(String sessionId, String holder) {
        return goOn(new Target(sessionId, holder, true), 0).exceptionally(failure -> gaveUp(sessionId, failure));
    }

    /**
     * Sends frames that the caller has and that are all that waits, then all that has come meanwhile. Never fails.
     *
     * @param leasedMillis when the caller asked for the lease
     */
    CompletableFuture<Void> send(String sessionId, String holder, Frames frames, long leasedMillis) {
        return sendFrom(new Target(sessionId, holder, false), frames, 0, leasedMillis)
                .exceptionally(failure -> gaveUp(sessionId, failure));
    }

    private CompletableFuture<Void> goOn(Target target, long sentS) {
        long askedMillis = clock.millis();
        return sessionLog
                .next(target.sessionId(), target.holder(), sentS, SessionLog.FRAMES_AT_ONCE)
                .toCompletableFuture()
                .thenCompose(frames -> frames.leased()
                        ? sendFrom(target, frames, 0, askedMillis)
                        : CompletableFuture.<Void>completedFuture(null));
    }

    private CompletableFuture<Void> sendFrom(Target target, Frames frames, int index, long leasedMillis) {
        long s = frames.firstS() + index;
        if (index == frames.frames().size() || leaseAges(leasedMillis)) {
            return goOn(target, s - 1);
        }
        return post(frames.connectionId(), frames.frames().get(index), 1, leasedMillis)
                .thenCompose(outcome -> {
                    if (outcome != PostOutcome.DELIVERED) {
                        return stop(target, frames.connectionId(), s, outcome);
                    }
                    delivered(target, frames.storedMillis().get(index));
                    return sendFrom(target, frames, index + 1, leasedMillis);
                });
    }

    private void delivered(Target target, long storedMillis) {
        if (storedMillis > 0 && !target.replay()) {
            meter.record(Metrics.DELIVERY_LATENCY, (double) Math.max(0, clock.millis() - storedMillis));
        }
    }

    /**
     * Whether the lease must be renewed before anything is sent, since somebody else could begin to send before it is. A
     * function may be frozen at any moment and thawed much later: what it was about to send may be long sent then.
     */
    private boolean leaseAges(long leasedMillis) {
        return clock.millis() - leasedMillis > SessionLog.LEASE.toMillis() / 4;
    }

    /** Tries while nobody else can have the lease: a last try that begins in its first half ends before it does. */
    private CompletableFuture<PostOutcome> post(String connectionId, String frame, int attempt, long leasedMillis) {
        return poster.post(connectionId, frame.getBytes(StandardCharsets.UTF_8))
                .thenCompose(outcome -> outcome == PostOutcome.GONE
                        ? verified(connectionId)
                        : CompletableFuture.completedFuture(outcome))
                .thenCompose(outcome -> {
                    boolean again = outcome == PostOutcome.THROTTLED || outcome == PostOutcome.FAILED;
                    boolean ending = clock.millis() - leasedMillis > SessionLog.LEASE.toMillis() / 2;
                    if (!again || attempt == TRIES || ending) {
                        return CompletableFuture.completedFuture(outcome);
                    }
                    int wait = FIRST_WAIT_MS << (attempt - 1);
                    Executor later = CompletableFuture.delayedExecutor(
                            wait / 2 + ThreadLocalRandom.current().nextInt(wait), TimeUnit.MILLISECONDS);
                    return CompletableFuture.supplyAsync(() -> attempt + 1, later)
                            .thenCompose(next -> post(connectionId, frame, next, leasedMillis));
                });
    }

    /** 410 has been seen for connections that were there; to take one's session away for that would silence its client. */
    private CompletableFuture<PostOutcome> verified(String connectionId) {
        return lookup.find(connectionId)
                .handle((activity, failure) ->
                        failure == null && activity.isPresent() ? PostOutcome.FAILED : PostOutcome.GONE);
    }

    private CompletableFuture<Void> stop(Target target, String connectionId, long s, PostOutcome outcome) {
        String sessionId = target.sessionId();
        return switch (outcome) {
            case GONE ->
                sessionLog
                        .detach(sessionId, connectionId)
                        .thenCombine(gone.apply(connectionId), (detached, removed) -> detached)
                        .thenCompose(detached -> release(target, s - 1))
                        .toCompletableFuture();
            case TOO_LARGE -> {
                // It will never fit; without passing over it the session would stand still for good.
                log.error("Session {}: the frame with s {} is too large and was left out", sessionId, s);
                yield goOn(target, s);
            }
            default -> {
                log.warn("Session {}: s {} waits, the connection's answer was {}", sessionId, s, outcome);
                yield release(target, s - 1);
            }
        };
    }

    private CompletableFuture<Void> release(Target target, long sentS) {
        return sessionLog
                .next(target.sessionId(), target.holder(), sentS, 0)
                .<Void>thenApply(frames -> null)
                .toCompletableFuture();
    }

    private static Void gaveUp(String sessionId, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        log.warn("Session {}: sending ended early; the next sender goes on", sessionId, cause);
        return null;
    }
}
