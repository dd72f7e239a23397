package dev.parley.session;

import dev.parley.protocol.DispatchType;
import dev.parley.redis.Redis;
import dev.parley.redis.RedisScript;
import dev.parley.snowflake.Snowflake;
import io.lettuce.core.KeyValue;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

    /** Events that may wait for a client before passing ones are left out. */
    static final int MAX_UNSENT_FOR_PASSING = 64;

    /**
     * How much longer than it can be resumed a session is kept: the sweeper ends it and tells whom it concerns, and only if
     * no sweeper comes Redis does.
     */
    static final Duration MARGIN = Duration.ofMinutes(10);

    /** How long a session waits after a close with 1000. */
    static final Duration FAREWELL = Duration.ofSeconds(30);

    /** How long IDENTIFY may take before the session counts as one whose function has died. */
    static final Duration LONGEST_START = Duration.ofSeconds(60);

    /** How long a client has to close after op 7. */
    static final Duration RECONNECT_PATIENCE = Duration.ofSeconds(10);

    /** How long events may wait for a client that does not read before its connection is closed. */
    static final Duration LONGEST_STALL = Duration.ofMinutes(2);

    /**
     * Bytes that may wait for a client that does not read, beside those that the session began with; past it the session
     * ends, since a gap is worse.
     */
    static final int MAX_UNSENT_BYTES = 4 * 1024 * 1024;

    static final int FRAMES_AT_ONCE = 50;

    private static final String MOST_EVENTS = Integer.toString(MAX_EVENTS);
    private static final String MOST_BYTES = Integer.toString(MAX_BYTES);
    private static final String MOST_UNSENT_BYTES = Integer.toString(MAX_UNSENT_BYTES);
    private static final String MOST_UNSENT_FOR_PASSING = Integer.toString(MAX_UNSENT_FOR_PASSING);

    private static final RedisScript CREATE = RedisScript.fromResource("lua/create_session.lua");
    private static final RedisScript START = RedisScript.fromResource("lua/start_session.lua");
    private static final RedisScript APPEND = RedisScript.fromResource("lua/append_events.lua");
    private static final RedisScript NEXT = RedisScript.fromResource("lua/next_frames.lua");
    private static final RedisScript RESUME = RedisScript.fromResource("lua/resume_session.lua");
    private static final RedisScript ACKNOWLEDGE = RedisScript.fromResource("lua/acknowledge.lua");
    private static final RedisScript DETACH = RedisScript.fromResource("lua/detach_connection.lua");
    private static final RedisScript INSPECT = RedisScript.fromResource("lua/inspect_session.lua");
    private static final RedisScript END = RedisScript.fromResource("lua/end_session.lua");

    private final Redis redis;
    private final Clock clock;
    private final Duration resumeWindow;

    SessionLog(Redis redis, Clock clock, Duration resumeWindow) {
        this.redis = redis;
        this.clock = clock;
        this.resumeWindow = resumeWindow;
    }

    /**
     * A connection as a session sees it.
     *
     * @param interval what HELLO told the client
     * @param reconnectAtMillis when the client is asked to reconnect, ms since 1970
     */
    record Attachment(String connectionId, Duration interval, long reconnectAtMillis) {}

    /** Who a session is of, and what it asked for; the digest is the token's. */
    record Owner(Recipient recipient, String tokenDigest) {}

    /** What a dispatch carries. */
    record Dispatch(DispatchType type, String data) {}

    /** What {@link #append} did. */
    enum AppendStatus {
        UNKNOWN_SESSION,
        NOTHING_TO_SEND,
        SEND_THESE,
        SEND_FROM_LOG,
        OVERFLOWED
    }

    /**
     * The answer of {@link #append}.
     *
     * @param connectionId empty when the session has none
     * @param s of each event, 0 where it was not appended now: it was before, or was left out, or the session has not
     *     started; those that are not 0 follow each other without a gap
     */
    record Appended(AppendStatus status, String connectionId, List<Long> s) {}

    /**
     * Frames to send, the first of them with {@code firstS}; none when the lease is gone.
     *
     * @param storedMillis of each frame when its event was stored, ms since 1970; 0 for one that comes from no event
     */
    record Frames(boolean leased, String connectionId, long firstS, List<String> frames, List<Long> storedMillis) {}

    /** What {@link #resume} did. */
    enum ResumeStatus {
        UNKNOWN_SESSION,
        RESUMED,
        OUT_OF_RANGE,
        OTHER_TOKEN
    }

    /**
     * The answer of {@link #resume}.
     *
     * @param userId empty unless the session is the caller's
     * @param hadLeft whether the client had taken its leave
     */
    record Resumed(ResumeStatus status, String formerConnectionId, String userId, boolean hadLeft) {}

    /** What {@link #inspect} found; the order is the script's. */
    enum Finding {
        GONE,
        WELL,
        LEASED,
        WINDOW_OVER,
        NEVER_STARTED,
        SILENT,
        RECONNECT_DUE,
        RECONNECT_IGNORED,
        NOT_READING,
        OWED
    }

    /**
     * The answer of {@link #inspect}.
     *
     * @param connectionId the connection that the session has, or that was taken from it; empty for none
     * @param missedHeartbeats since the last look
     */
    record Inspected(Finding finding, String connectionId, int missedHeartbeats) {}

    /** What {@link #acknowledge} found. */
    enum Acknowledged {
        UNKNOWN_SESSION,
        ALIVE,
        LEASED,
        AHEAD
    }

    CompletionStage<Long> create(Owner owner, Attachment attachment) {
        Recipient recipient = owner.recipient();
        return redis.runLong(
                CREATE,
                List.of(SessionKeys.hash(recipient.sessionId())),
                recipient.userId().toString(),
                recipient.bot() ? "1" : "0",
                Long.toString(recipient.intents()),
                recipient.shard() == null ? "" : recipient.shard().encode(),
                owner.tokenDigest(),
                attachment.connectionId(),
                millis(attachment.interval()),
                Long.toString(attachment.reconnectAtMillis()),
                now(),
                millis(attachment
                        .interval()
                        .multipliedBy(5)
                        .dividedBy(2)
                        .plus(resumeWindow)
                        .plus(MARGIN)));
    }

    /** A session, and the guilds that it is owed. */
    record Owed(Recipient session, List<Snowflake> guildIds) {}

    /** Opens the stream with these events and takes the lease; false if the session is gone. */
    boolean start(String sessionId, String holder, List<Dispatch> first) {
        return start(sessionId, holder, first, List.of());
    }

    /**
     * As the other, for a session that is owed guilds: {@link #inspect} says so until they are settled.
     *
     * @param owed the guilds that are still to come
     */
    boolean start(String sessionId, String holder, List<Dispatch> first, List<Snowflake> owed) {
        List<String> args = new ArrayList<>(List.of(
                holder, leaseEnd(), owed.stream().map(Snowflake::toString).collect(Collectors.joining(","))));
        for (Dispatch dispatch : first) {
            args.add(Frame.dispatchRest(dispatch.type(), dispatch.data()));
        }
        return redis.await(redis.runLong(
                        START,
                        List.of(SessionKeys.hash(sessionId), SessionKeys.log(sessionId), SessionKeys.held(sessionId)),
                        args.toArray(String[]::new)))
                == 1;
    }

    /**
     * Appends events of one message group.
     *
     * @param arrivals in their order, all of one group
     */
    CompletionStage<Appended> append(String sessionId, String holder, List<Arrival> arrivals) {
        List<String> args = new ArrayList<>(8 + 4 * arrivals.size());
        Place first = arrivals.getFirst().place();
        args.add(now());
        args.add(holder);
        args.add(leaseEnd());
        args.add(first.sequenceNumber().isEmpty() ? "" : "g:" + first.group());
        args.add(MOST_EVENTS);
        args.add(MOST_BYTES);
        args.add(MOST_UNSENT_BYTES);
        args.add(MOST_UNSENT_FOR_PASSING);
        for (Arrival arrival : arrivals) {
            Place place = arrival.place();
            args.add(place.sequenceNumber());
            args.add(place.eventId());
            args.add(place.repeated() ? "r" : arrival.type().passing() ? "p" : "");
            args.add(arrival.rest());
        }
        return redis.runList(APPEND, SessionKeys.all(sessionId), args.toArray(String[]::new))
                .thenApply(answer -> new Appended(
                        AppendStatus.values()[number(answer.get(0))],
                        (String) answer.get(1),
                        answer.stream().skip(2).map(Long.class::cast).toList()));
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
                        answer.stream()
                                .skip(3)
                                .map(element -> frame((String) element))
                                .toList(),
                        answer.stream()
                                .skip(3)
                                .map(element -> storedMillis((String) element))
                                .toList()));
    }

    /**
     * Moves a session to a connection.
     *
     * @param userId whose the token is; null while nobody has looked, which is enough for the token that the session was
     *     begun with
     */
    Resumed resume(
            String sessionId,
            String tokenDigest,
            @Nullable String userId,
            long s,
            Attachment attachment,
            String holder) {
        List<Object> answer = redis.await(redis.runList(
                RESUME,
                SessionKeys.all(sessionId),
                tokenDigest,
                userId == null ? "" : userId,
                Long.toString(s),
                attachment.connectionId(),
                millis(attachment.interval()),
                Long.toString(attachment.reconnectAtMillis()),
                holder,
                leaseEnd(),
                now(),
                millis(resumeWindow),
                millis(MARGIN),
                "{}"));
        return new Resumed(
                ResumeStatus.values()[number(answer.get(0))],
                (String) answer.get(1),
                (String) answer.get(2),
                number(answer.get(3)) == 1);
    }

    Acknowledged acknowledge(String sessionId, String connectionId, long s, String holder) {
        long answer = redis.await(redis.runLong(
                ACKNOWLEDGE,
                SessionKeys.all(sessionId),
                connectionId,
                Long.toString(s),
                now(),
                millis(resumeWindow),
                millis(MARGIN),
                holder,
                leaseEnd()));
        return Acknowledged.values()[(int) answer];
    }

    /** Takes a connection from its session, which then waits for the resume window. */
    CompletionStage<Long> detach(String sessionId, String connectionId) {
        return detach(sessionId, connectionId, resumeWindow, false);
    }

    /** As {@link #detach}, after a close that was most likely meant: the session waits for {@link #FAREWELL} only. */
    CompletionStage<Long> leave(String sessionId, String connectionId) {
        return detach(sessionId, connectionId, FAREWELL.compareTo(resumeWindow) < 0 ? FAREWELL : resumeWindow, true);
    }

    private CompletionStage<Long> detach(String sessionId, String connectionId, Duration wait, boolean farewell) {
        // The sweeper ends what was detached a window ago.
        long detached = clock.millis() - resumeWindow.minus(wait).toMillis();
        return redis.runLong(
                DETACH,
                SessionKeys.all(sessionId),
                connectionId,
                Long.toString(detached),
                millis(wait.plus(MARGIN)),
                farewell ? "1" : "0");
    }

    /** Looks at a session, and takes from it what it has no right to any more. */
    CompletionStage<Inspected> inspect(String sessionId, String holder) {
        return redis.runList(
                        INSPECT,
                        SessionKeys.all(sessionId),
                        now(),
                        millis(resumeWindow),
                        millis(MARGIN),
                        millis(LONGEST_START),
                        millis(RECONNECT_PATIENCE),
                        millis(LONGEST_STALL),
                        holder,
                        leaseEnd())
                .thenApply(answer -> new Inspected(
                        Finding.values()[number(answer.get(0))], (String) answer.get(1), number(answer.get(2))));
    }

    /** Ends the session if it has that connection; false if it has another. */
    boolean end(String sessionId, String connectionId) {
        return !redis.await(redis.runText(END, SessionKeys.all(sessionId), connectionId))
                .isEmpty();
    }

    /** What a session is owed; null if it is nothing, or the session is not on that connection any more. */
    @Nullable Owed owed(String sessionId, String connectionId) {
        Recipient session = find(sessionId, connectionId);
        String owed = redis.awaitNullable(redis.commands().hget(SessionKeys.hash(sessionId), "owed"));
        return session == null || owed == null
                ? null
                : new Owed(
                        session,
                        Arrays.stream(owed.split(",", -1)).map(Snowflake::parse).toList());
    }

    /** Notes that a session has what it was owed. */
    void settle(String sessionId) {
        redis.await(redis.commands().hdel(SessionKeys.hash(sessionId), "owed"));
    }

    /** Frames that are not sent yet; -1 if there is no such session, the most there is while it has not started. */
    long unsent(String sessionId) {
        List<KeyValue<String, String>> fields =
                redis.await(redis.commands().hmget(SessionKeys.hash(sessionId), "seq", "sent", "starting"));
        if (!fields.get(0).hasValue()) {
            return -1;
        }
        return fields.get(2).hasValue()
                ? Long.MAX_VALUE
                : Long.parseLong(fields.get(0).getValue())
                        - Long.parseLong(fields.get(1).getValueOrElse("0"));
    }

    /** The session, if it is on that connection or on none; null otherwise. */
    @Nullable Recipient find(String sessionId, String connectionId) {
        List<KeyValue<String, String>> fields = redis.await(
                redis.commands().hmget(SessionKeys.hash(sessionId), "conn", "user", "bot", "intents", "shard"));
        String connection = fields.get(0).getValueOrElse("-");
        Snowflake userId = Snowflake.parseOrNull(fields.get(1).getValueOrElse(""));
        if (userId == null || !(connection.isEmpty() || connection.equals(connectionId))) {
            return null;
        }
        return new Recipient(
                sessionId,
                userId,
                fields.get(2).getValueOrElse("0").equals("1"),
                Long.parseLong(fields.get(3).getValueOrElse("0")),
                Shard.decode(fields.get(4).getValueOrElse("")));
    }

    /**
     * Ends a session if it was begun with one of these tokens.
     *
     * @return the connection that it had, empty for none; null if it was not ended
     */
    @Nullable String endOfToken(String sessionId, List<String> digests) {
        List<KeyValue<String, String>> fields =
                redis.await(redis.commands().hmget(SessionKeys.hash(sessionId), "token", "conn"));
        boolean concerned =
                fields.get(0).hasValue() && digests.contains(fields.get(0).getValue());
        String connectionId = fields.get(1).getValueOrElse("");
        return concerned && end(sessionId, connectionId) ? connectionId : null;
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

    /** When the event was stored whose id begins a text, ms since 1970; 0 if none does. */
    static long storedMillis(String text) {
        int end = 0;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        Snowflake id = Snowflake.parseOrNull(text.substring(0, end));
        return id == null ? 0 : id.timestamp().toEpochMilli();
    }

    /** What the log holds of an event is its id, a bar and the frame. */
    private static String frame(String element) {
        return element.substring(element.indexOf('|') + 1);
    }

    private static int number(Object value) {
        return ((Long) value).intValue();
    }
}
