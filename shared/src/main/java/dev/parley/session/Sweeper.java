package dev.parley.session;

import dev.parley.connection.ConnectionPoster;
import dev.parley.connection.GatewayConnections;
import dev.parley.connection.PostOutcome;
import dev.parley.redis.Redis;
import dev.parley.session.SessionIndex.Entry;
import dev.parley.session.SessionLog.Finding;
import dev.parley.session.SessionLog.Inspected;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after sessions that nothing else touches: connections that have died without a word, clients that must reconnect
 * before API Gateway ends their connection, senders that stopped, sessions that nobody resumed.
 *
 * <p>Sessions are spread over parts, so that several sweepers share the work. Two that sweep the same part at once do no
 * harm: each session is claimed by one, and what a look leads to is decided in one step with the look.
 *
 * <p>Thread-safe.
 */
public final class Sweeper {

    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
    private static final int AT_ONCE = 200;

    private final Redis redis;
    private final SessionIndex index;
    private final SessionLog sessionLog;
    private final Sender sender;
    private final SessionEnds ends;
    private final Owing owed;
    private final GatewayConnections connections;
    private final ConnectionPoster poster;
    private final Supplier<String> holders;
    private final SessionSettings settings;
    private final Clock clock;

    /** Sends a session, on its connection, the guilds that it is owed; returns what is being sent. */
    interface Owing {

        List<CompletableFuture<Void>> send(String sessionId, String connectionId);
    }

    Sweeper(
            Redis redis,
            SessionIndex index,
            SessionLog sessionLog,
            Sender sender,
            SessionEnds ends,
            Owing owed,
            GatewayConnections connections,
            ConnectionPoster poster,
            Supplier<String> holders,
            SessionSettings settings,
            Clock clock) {
        this.redis = redis;
        this.index = index;
        this.sessionLog = sessionLog;
        this.sender = sender;
        this.ends = ends;
        this.owed = owed;
        this.connections = connections;
        this.poster = poster;
        this.holders = holders;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Looks at every session of a slice that nobody has looked at for a while.
     *
     * @param slice 0 to {@code slices} - 1
     * @param slices how many sweepers share the work
     * @param longest when to stop; what is left comes first in the next sweep
     * @throws dev.parley.redis.RedisUnavailableException if Redis is away
     */
    public SweepReport sweep(int slice, int slices, Duration longest) {
        long end = clock.millis() + longest.toMillis();
        SweepReport report = SweepReport.nothing();
        for (int part = slice; part < SessionIndex.PARTS; part += slices) {
            List<Entry> claimed;
            do {
                if (clock.millis() > end) {
                    log.warn("The sweep of slice {} of {} took too long; the next goes on", slice, slices);
                    return report;
                }
                claimed = index.claim(part, settings.unseen(), AT_ONCE);
                report = report.plus(inspect(claimed));
            } while (claimed.size() == AT_ONCE);
        }
        return report;
    }

    private SweepReport inspect(List<Entry> entries) {
        record Look(Entry entry, String holder, CompletionStage<Inspected> answer) {}
        List<Look> looks = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            String holder = holders.get();
            looks.add(new Look(entry, holder, sessionLog.inspect(entry.sessionId(), holder)));
        }
        SweepReport report = SweepReport.nothing();
        List<CompletableFuture<?>> work = new ArrayList<>();
        for (Look look : looks) {
            Inspected inspected = redis.await(look.answer());
            report = report.plus(note(inspected));
            try {
                act(look.entry(), look.holder(), inspected, work);
            } catch (RuntimeException e) {
                log.warn("Session {} is looked at again", look.entry().sessionId(), e);
            }
        }
        await(work);
        return report;
    }

    private void act(Entry entry, String holder, Inspected inspected, List<CompletableFuture<?>> work) {
        String connectionId = inspected.connectionId();
        switch (inspected.finding()) {
            case WELL -> {
                // nothing to do
            }
            case LEASED -> work.add(sender.drain(entry.sessionId(), holder));
            case OWED -> work.addAll(owed.send(entry.sessionId(), connectionId));
            case GONE, WINDOW_OVER -> ends.ended(entry);
            case NEVER_STARTED -> {
                connections.release(connectionId);
                work.add(post(connectionId, Frame.invalidSession(false)));
                ends.ended(entry);
            }
            case RECONNECT_DUE ->
                work.add(post(connectionId, Frame.reconnect())
                        .thenCompose(outcome -> outcome == PostOutcome.GONE
                                ? sessionLog.detach(entry.sessionId(), connectionId)
                                : CompletableFuture.completedFuture(0L)));
            case SILENT, RECONNECT_IGNORED, NOT_READING -> {
                connections.dropped(connectionId);
                work.add(post(connectionId, Frame.reconnect()).thenCompose(outcome -> poster.disconnect(connectionId)));
            }
        }
    }

    private CompletableFuture<PostOutcome> post(String connectionId, String frame) {
        return poster.post(connectionId, frame.getBytes(StandardCharsets.UTF_8));
    }

    private static SweepReport note(Inspected inspected) {
        Finding finding = inspected.finding();
        return new SweepReport(
                1,
                inspected.missedHeartbeats(),
                finding == Finding.SILENT ? 1 : 0,
                finding == Finding.RECONNECT_DUE ? 1 : 0,
                finding == Finding.RECONNECT_IGNORED ? 1 : 0,
                finding == Finding.NOT_READING ? 1 : 0,
                finding == Finding.LEASED ? 1 : 0,
                finding == Finding.WINDOW_OVER || finding == Finding.NEVER_STARTED ? 1 : 0);
    }

    private void await(List<CompletableFuture<?>> work) {
        try {
            CompletableFuture.allOf(work.toArray(CompletableFuture[]::new))
                    .get(settings.longestSend().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn("Some sessions are still being sent to; what is left waits in their logs");
        } catch (ExecutionException e) {
            log.warn("A session could not be seen to; it is looked at again", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
