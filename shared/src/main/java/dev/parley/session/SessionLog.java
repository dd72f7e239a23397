package dev.parley.session;

import dev.parley.protocol.DispatchType;
import dev.parley.redis.Redis;
import dev.parley.redis.RedisScript;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The events of each session, in Redis: what was not sent yet, and what was sent and not acknowledged yet. Every change is
 * one script, so that it happens whole or not at all.
 *
 * <p>The send lease is what keeps a session's events in order: only its holder posts to the connection. A holder that ends
 * without releasing it loses it after {@link #LEASE}.
 *
 * <p>Thread-safe.
 */
final class SessionLog {

    /** How long a sender may be silent before another one goes on in its place. */
    static final Duration LEASE = Duration.ofSeconds(10);

    /** Events that are kept for a resume. */
    static final int MAX_EVENTS = 2_000;

    /** Bytes that are kept for a resume. */
    static final int MAX_BYTES = 1024 * 1024;

    /** Bytes that may wait for a client that does not read; past it the session ends, since a gap is worse. */
    static final int MAX_UNSENT_BYTES = 4 * 1024 * 1024;

    static final int FRAMES_AT_ONCE = 50;

    private static final RedisScript CREATE = RedisScript.fromResource("lua/create_session.lua");
    private static final RedisScript START = RedisScript.fromResource("lua/start_session.lua");
    private static final RedisScript APPEND = RedisScript.fromResource("lua/append_event.lua");
    private static final RedisScript NEXT = RedisScript.fromResource("lua/next_frames.lua");
    private static final RedisScript RESUME = RedisScript.fromResource("lua/resume_session.lua");
    private static final RedisScript ACKNOWLEDGE = RedisScript.fromResource("lua/acknowledge.lua");
    private static final RedisScript DETACH = RedisScript.fromResource("lua/detach_connection.lua");
    private static final RedisScript END = RedisScript.fromResource("lua/end_session.lua");

    private final Redis redis;
    private final Clock clock;

    SessionLog(Redis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /** What a dispatch carries. */
    record Dispatch(DispatchType type, String data) {}

    /** What {@link #append} did. */
    enum AppendStatus {
        UNKNOWN_SESSION,
        APPENDED,
        SEND_THIS,
        SEND_FROM_LOG,
        SEEN_BEFORE,
        OVERFLOWED
    }

    /** The answer of {@link #append}; the connection is empty when the session has none. */
    record Appended(AppendStatus status, String connectionId, long s) {}

    /** Frames to send, the first of them with {@code firstS}; none when the lease is gone. */
    record Frames(boolean leased, String connectionId, long firstS, List<String> frames) {}

    /** What {@link #resume} did. */
    enum ResumeStatus {
        UNKNOWN_SESSION,
        RESUMED,
        OUT_OF_RANGE
    }

    /** The answer of {@link #resume}. */
    record Resumed(ResumeStatus status, String formerConnectionId) {}

    /** What {@link #acknowledge} found. */
    enum Acknowledged {
        UNKNOWN_SESSION,
        ALIVE,
        LEASED
    }

    CompletionStage<Long> create(
            String sessionId, String userId, boolean bot, long intents, String connectionId, Duration timeToLive) {
        return redis.runLong(
                CREATE,
                List.of(SessionKeys.hash(sessionId)),
                userId,
                bot ? "1" : "0",
                Long.toString(intents),
                connectionId,
                now(),
                millis(timeToLive));
    }

    /** Opens the stream with these events and takes the lease; false if the session is gone. */
    boolean start(String sessionId, String holder, List<Dispatch> first) {
        List<String> args = new ArrayList<>(List.of(holder, leaseEnd()));
        for (Dispatch dispatch : first) {
            args.add(dispatch.type().name());
            args.add(dispatch.data());
        }
        return redis.await(redis.runLong(
                        START,
                        List.of(SessionKeys.hash(sessionId), SessionKeys.log(sessionId), SessionKeys.held(sessionId)),
                        args.toArray(String[]::new)))
                == 1;
    }

    CompletionStage<Appended> append(String sessionId, String holder, Place place, Dispatch dispatch) {
        return redis.runList(
                        APPEND,
                        SessionKeys.all(sessionId),
                        now(),
                        holder,
                        leaseEnd(),
                        place.group(),
                        place.sequenceNumber(),
                        Integer.toString(MAX_EVENTS),
                        Integer.toString(MAX_BYTES),
                        Integer.toString(MAX_UNSENT_BYTES),
                        dispatch.type().name(),
                        dispatch.data(),
                        place.republished() ? "1" : "0")
                .thenApply(answer -> new Appended(
                        AppendStatus.values()[number(answer.get(0))], (String) answer.get(1), (Long) answer.get(2)));
    }

    /**
     * Notes what was sent, and gives what comes next.
     *
     * @param sentS s of the last frame that was sent; 0 for none
     * @param most frames at the most; 0 to release the lease
     */
    CompletionStage<Frames> next(String sessionId, String holder, long sentS, int most) {
        return redis.runList(
                        NEXT,
                        List.of(SessionKeys.hash(sessionId), SessionKeys.log(sessionId)),
                        holder,
                        leaseEnd(),
                        Long.toString(sentS),
                        Integer.toString(most))
                .thenApply(answer -> new Frames(
                        number(answer.get(0)) == 2,
                        (String) answer.get(1),
                        (Long) answer.get(2),
                        answer.stream().skip(3).map(String.class::cast).toList()));
    }

    Resumed resume(String sessionId, String userId, long s, String connectionId, String holder, Duration timeToLive) {
        List<Object> answer = redis.await(redis.runList(
                RESUME,
                SessionKeys.all(sessionId),
                userId,
                Long.toString(s),
                connectionId,
                holder,
                leaseEnd(),
                now(),
                millis(timeToLive),
                "{}"));
        return new Resumed(ResumeStatus.values()[number(answer.get(0))], (String) answer.get(1));
    }

    Acknowledged acknowledge(String sessionId, String connectionId, long s, String holder, Duration timeToLive) {
        long answer = redis.await(redis.runLong(
                ACKNOWLEDGE,
                SessionKeys.all(sessionId),
                connectionId,
                Long.toString(s),
                now(),
                millis(timeToLive),
                holder,
                leaseEnd()));
        return Acknowledged.values()[(int) answer];
    }

    CompletionStage<Long> detach(String sessionId, String connectionId, Duration window) {
        return redis.runLong(DETACH, SessionKeys.all(sessionId), connectionId, millis(window));
    }

    /** Ends the session if it has that connection; false if it has another. */
    boolean end(String sessionId, String connectionId) {
        return !redis.await(redis.runText(END, SessionKeys.all(sessionId), connectionId))
                .isEmpty();
    }

    private String now() {
        return Long.toString(clock.millis());
    }

    private String leaseEnd() {
        return Long.toString(clock.millis() + LEASE.toMillis());
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    private static int number(Object value) {
        return ((Long) value).intValue();
    }
}
