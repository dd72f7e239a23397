package dev.parley.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.parley.account.Accounts;
import dev.parley.account.Authenticator;
import dev.parley.account.Principal;
import dev.parley.catalog.Metrics;
import dev.parley.connection.ConnectionLookup;
import dev.parley.connection.ConnectionPoster;
import dev.parley.connection.GatewayConnections;
import dev.parley.connection.GatewayConnections.State;
import dev.parley.guild.GuildSnapshots;
import dev.parley.guild.Guilds;
import dev.parley.presence.Platform;
import dev.parley.presence.Presences;
import dev.parley.ratelimit.Limit;
import dev.parley.ratelimit.RateLimiter;
import dev.parley.redis.Redis;
import dev.parley.session.FirstEvents.First;
import dev.parley.session.SessionIndex.Entry;
import dev.parley.session.SessionLog.Acknowledged;
import dev.parley.session.SessionLog.Attachment;
import dev.parley.session.SessionLog.Owner;
import dev.parley.session.SessionLog.ResumeStatus;
import dev.parley.session.SessionLog.Resumed;
import dev.parley.snowflake.Snowflake;
import dev.parley.telemetry.Meter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of the gateway: what clients ask for with op 1, 2 and 6, and what becomes of a session when its connection
 * ends.
 *
 * <p>Answers that carry an {@code s} go through the session's log; what a method returns is a frame for the client beside
 * it, or null.
 *
 * <p>Thread-safe.
 */
public final class Sessions {

    private static final Logger log = LoggerFactory.getLogger(Sessions.class);

    /** Between two looks whether HELLO has gone out, growing. */
    private static final long FIRST_GREETING_WAIT_MS = 4;

    /** After which a client gets what it asked for, though HELLO has not gone out. */
    private static final long LONGEST_GREETING_WAIT_MS = 1_000;

    /** Of whom there is a session while a function is primed. */
    private static final Snowflake NOBODY = new Snowflake(0);

    /** Between heartbeats that nobody sends. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Redis redis;
    private final Clock clock;
    private final SessionLog sessionLog;
    private final SessionIndex index;
    private final SessionEnds ends;
    private final Sender sender;
    private final Sweeper sweeper;
    private final Delivery delivery;
    private final Meter meter;
    private final GatewayConnections connections;
    private final ConnectionPoster poster;
    private final Recipients recipients;
    private final Authenticator authenticator;
    private final Accounts accounts;
    private final Guilds guilds;
    private final Presences presences;
    private final FirstEvents firstEvents;
    private final RateLimiter limiter;
    private final Supplier<SecureRandom> random;
    private final SessionSettings settings;

    /**
     * The sessions.
     *
     * @param endListener hears whose session has ended, of each at least once
     * @param meter hears of deliveries and resumes
     */
    public Sessions(
            Redis redis,
            Clock clock,
            GatewayConnections connections,
            ConnectionPoster poster,
            ConnectionLookup lookup,
            Recipients recipients,
            Authenticator authenticator,
            Accounts accounts,
            Guilds guilds,
            GuildSnapshots snapshots,
            PersonalState personal,
            Presences presences,
            RateLimiter limiter,
            Supplier<SecureRandom> random,
            BooleanSupplier pressed,
            Consumer<Snowflake> endListener,
            Meter meter,
            SessionSettings settings) {
        this.redis = redis;
        this.clock = clock;
        this.sessionLog = new SessionLog(redis, clock, settings.resumeWindow());
        this.index = new SessionIndex(redis, clock);
        this.ends = new SessionEnds(redis, index, recipients, guilds::idsOf, (userId, sessionId, guildIds) -> {
            presences.ended(userId, sessionId, guildIds);
            endListener.accept(userId);
        });
        this.sender = new Sender(sessionLog, poster, lookup, connections::gone, meter, clock);
        this.meter = meter;
        this.connections = connections;
        this.poster = poster;
        this.recipients = recipients;
        this.authenticator = authenticator;
        this.accounts = accounts;
        this.guilds = guilds;
        this.presences = presences;
        this.firstEvents = new FirstEvents(accounts, snapshots, personal, settings.gatewayUrls());
        this.limiter = limiter;
        this.random = random;
        this.settings = settings;
        this.delivery = new Delivery(sessionLog, sender, poster, this::newId, pressed, clock);
        this.sweeper = new Sweeper(
                redis,
                index,
                sessionLog,
                sender,
                ends,
                new OwedGuilds(redis, sessionLog, snapshots, delivery)::send,
                connections,
                poster,
                this::newId,
                settings,
                clock);
    }

    /** What looks after sessions that nothing else touches. */
    public Sweeper sweeper() {
        return sweeper;
    }

    /** How many sessions there are, those that can be resumed included. */
    public long count() {
        return index.count();
    }

    /** What brings events into the sessions. */
    public Delivery delivery() {
        return delivery;
    }

    /**
     * Op 2: begins a session. READY and the guilds are on their way when it returns.
     *
     * @return op 9 if the token is wrong or the session cannot begin now; null otherwise
     */
    public @Nullable String identify(String connectionId, JsonNode data) {
        Identify identify = Identify.read(data);
        Principal principal = identify == null ? null : authenticator.authenticate(identify.token());
        String digest = identify == null ? null : authenticator.digest(identify.token());
        State connection = connections.find(connectionId);
        if (identify == null || principal == null || digest == null || connection == null) {
            return Frame.invalidSession(false);
        }
        if (!limiter.take(Limit.IDENTIFY, principal.userId().toString())
                .decision()
                .allowed()) {
            drop(connectionId);
            return null;
        }
        String sessionId = newId();
        Entry entry = new Entry(sessionId, principal.userId());
        Recipient recipient =
                new Recipient(sessionId, principal.userId(), principal.bot(), identify.intents(), identify.shard());
        // There before the connection names it: a heartbeat that comes at the same time must find it.
        index.add(entry);
        redis.await(sessionLog.create(new Owner(recipient, digest), attachment(connectionId, connection)));
        if (!connections.claim(connectionId, sessionId, principal.userId().toString())) {
            // Discord closes with 4005; a second session on one socket would mix two streams.
            sessionLog.end(sessionId, connectionId);
            redis.await(index.remove(entry));
            drop(connectionId);
            return null;
        }
        try {
            begin(entry, recipient, identify);
            return null;
        } catch (RuntimeException e) {
            log.error("Session {} could not begin; the client is to identify again", sessionId, e);
            abandon(connectionId, entry);
            return Frame.invalidSession(false);
        }
    }

    /**
     * Op 6: moves a session to this connection. What was missed and RESUMED are on their way when it returns. The database
     * is not asked, unless the token is another one than the session was begun with, and in no cache.
     *
     * @return op 9 with {@code d: false} if there is nothing to resume; null otherwise
     */
    public @Nullable String resume(String connectionId, JsonNode data) {
        String sessionId = data.path("session_id").asText();
        String token = data.path("token").asText();
        JsonNode s = data.path("seq");
        String digest = authenticator.digest(token);
        State connection = connections.find(connectionId);
        boolean plausible = s.canConvertToLong() && s.longValue() >= 0 && isSessionId(sessionId);
        if (digest == null || connection == null || !plausible) {
            return refused();
        }
        if (connection.sessionId() != null) {
            drop(connectionId);
            return null;
        }
        if (!connection.greeted()) {
            awaitGreeting(connectionId);
        }
        String holder = newId();
        Attachment attachment = attachment(connectionId, connection);
        Resumed resumed = sessionLog.resume(sessionId, digest, null, s.longValue(), attachment, holder);
        if (resumed.status() == ResumeStatus.OTHER_TOKEN) {
            Principal principal = authenticator.authenticate(token);
            if (principal == null) {
                return refused();
            }
            resumed = sessionLog.resume(
                    sessionId, digest, principal.userId().toString(), s.longValue(), attachment, holder);
        }
        if (resumed.status() != ResumeStatus.RESUMED) {
            return refused();
        }
        if (!connections.claim(connectionId, sessionId, resumed.userId())) {
            // Another frame was faster; the session stays, and can be resumed on a connection of its own.
            redis.await(sessionLog.detach(sessionId, connectionId));
            drop(connectionId);
            return null;
        }
        meter.record(Metrics.RESUMES, 1);
        Snowflake userId = Snowflake.parse(resumed.userId());
        presences.resumed(userId);
        if (resumed.hadLeft()) {
            presences.cameBack(userId, sessionId);
        }
        String former = resumed.formerConnectionId();
        if (!former.isEmpty() && !former.equals(connectionId)) {
            connections.dropped(former);
            await(poster.disconnect(former));
        }
        await(sender.replay(sessionId, holder));
        return null;
    }

    /**
     * Lets HELLO go first. A client may send RESUME without waiting for it, as serenity does, which takes a HELLO that comes
     * after RESUMED for one of a connection that has to be made anew.
     */
    private void awaitGreeting(String connectionId) {
        long waited = 0;
        for (long wait = FIRST_GREETING_WAIT_MS; waited < LONGEST_GREETING_WAIT_MS; wait = Math.min(64, wait * 2)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(wait));
            waited += wait;
            State now = connections.find(connectionId);
            if (now == null || now.greeted()) {
                return;
            }
        }
    }

    private String refused() {
        meter.record(Metrics.RESUMES_REFUSED, 1);
        return Frame.invalidSession(false);
    }

    /**
     * Op 1: keeps the session alive and trims its log.
     *
     * @param data the {@code s} of the last event that the client has, or null
     * @return op 11, or op 9 if the session is gone
     */
    public String heartbeat(String connectionId, JsonNode data) {
        State connection = connections.find(connectionId);
        if (connection == null) {
            // Every connection is noted before its first frame: Redis has lost what it had, and the session with it.
            return Frame.invalidSession(false);
        }
        String sessionId = connection.sessionId();
        if (sessionId == null) {
            return Frame.heartbeatAck(); // before IDENTIFY a heartbeat has nothing to keep
        }
        long s = data.canConvertToLong() ? Math.max(0, data.asLong()) : 0;
        String holder = newId();
        Acknowledged acknowledged = sessionLog.acknowledge(sessionId, connectionId, s, holder);
        if (acknowledged == Acknowledged.UNKNOWN_SESSION || acknowledged == Acknowledged.AHEAD) {
            connections.release(connectionId);
            if (acknowledged == Acknowledged.AHEAD) {
                log.warn(
                        "Session {}: the client has s {}, which was never assigned; it is to identify again",
                        sessionId,
                        s);
            }
            return Frame.invalidSession(false);
        }
        if (acknowledged == Acknowledged.LEASED) {
            await(sender.drain(sessionId, holder));
        }
        return Frame.heartbeatAck();
    }

    /**
     * The session that a connection carries.
     *
     * @return null before IDENTIFY, and when the session has ended or gone to another connection
     */
    public @Nullable Recipient find(String connectionId) {
        State connection = connections.find(connectionId);
        String sessionId = connection == null ? null : connection.sessionId();
        return sessionId == null ? null : sessionLog.find(sessionId, connectionId);
    }

    /**
     * The user whose session a connection carries.
     *
     * @return null before IDENTIFY
     */
    public @Nullable Snowflake userOf(String connectionId) {
        State connection = connections.find(connectionId);
        return connection == null ? null : Snowflake.parseOrNull(connection.userId());
    }

    /**
     * A connection has ended; its session waits to be resumed. After a close with 1000 it does not wait for long: that is
     * how a client takes its leave, and also how it looks when somebody has deleted the connection.
     *
     * @param closeCode what API Gateway says; null when it says nothing
     */
    public void disconnected(String connectionId, @Nullable Integer closeCode) {
        State connection = connections.find(connectionId);
        connections.closed(connectionId);
        String sessionId = connection == null ? null : connection.sessionId();
        if (connection == null || sessionId == null) {
            return;
        }
        boolean farewell = closeCode != null && closeCode == 1000 && !connection.dropped();
        if (!farewell) {
            redis.await(sessionLog.detach(sessionId, connectionId));
            return;
        }
        Snowflake userId = Snowflake.parseOrNull(connection.userId());
        if (redis.await(sessionLog.leave(sessionId, connectionId)) == 1 && userId != null) {
            presences.left(userId, sessionId);
        }
    }

    /**
     * Tokens were revoked: the sessions that were begun with them end, and their clients are told. A session that cannot
     * be ended now, since Redis is away, goes on.
     */
    public void revoked(Snowflake userId, List<String> digests) {
        try {
            endOfTokens(userId, digests);
        } catch (RuntimeException e) {
            log.warn("Sessions of user {} may go on with a revoked token", userId, e);
        }
    }

    /**
     * Ends the sessions that were begun with tokens, and tells their clients.
     *
     * @throws RuntimeException if some may be left; it can be tried again
     */
    public void endOfTokens(Snowflake userId, List<String> digests) {
        for (Recipient recipient : recipients.ofUsers(List.of(userId))) {
            String connectionId = sessionLog.endOfToken(recipient.sessionId(), digests);
            if (connectionId != null) {
                ends.revoked(new Entry(recipient.sessionId(), userId));
                if (!connectionId.isEmpty()) {
                    connections.release(connectionId);
                    await(poster.post(connectionId, Frame.invalidSession(false).getBytes(StandardCharsets.UTF_8))
                            .thenCompose(outcome -> poster.disconnect(connectionId)));
                }
            }
        }
    }

    /**
     * Closes a connection that misuses the gateway, after telling the client to come back; its session can be resumed.
     */
    public void drop(String connectionId) {
        connections.dropped(connectionId);
        String reconnect = Frame.reconnect();
        await(poster.post(connectionId, reconnect.getBytes(StandardCharsets.UTF_8))
                .thenCompose(outcome -> poster.disconnect(connectionId)));
    }

    /**
     * Loads what begins a session and what goes on with one, before a snapshot is taken: somebody who is nobody has a session
     * for a moment, on a connection that there is not. Nothing of it is left, nor does anybody hear of it.
     *
     * @param connectionId has the form of a connection's id
     * @throws RuntimeException if Redis or the database does not answer
     */
    public void prime(String connectionId) {
        Entry entry = new Entry(newId(), NOBODY);
        Recipient nobody = new Recipient(entry.sessionId(), NOBODY, false, 0, null);
        Attachment attachment = new Attachment(connectionId, settings.judgedInterval(MOMENT), clock.millis());
        JsonNode nothing = MissingNode.getInstance();
        connections.find(connectionId);
        index.add(entry);
        try {
            redis.await(sessionLog.create(new Owner(nobody, entry.sessionId()), attachment));
            accounts.seen(NOBODY);
            recipients.addToUser(nobody);
            recipients.addToGuilds(nobody, guilds.idsOf(NOBODY));
            presences
                    .begin(nobody, Platform.of(false, nothing), nothing, List.of())
                    .run();
            String holder = newId();
            sessionLog.start(entry.sessionId(), holder, firstEvents.prime(nobody));
            await(sender.drain(entry.sessionId(), holder));
            sessionLog.resume(entry.sessionId(), entry.sessionId(), null, 0, attachment, holder);
        } finally {
            abandon(connectionId, entry);
        }
    }

    private void begin(Entry entry, Recipient recipient, Identify identify) {
        String sessionId = recipient.sessionId();
        Snowflake userId = recipient.userId();
        accounts.seen(userId);
        // The session hears of everything from here on, and holds it back until the snapshots below stand before it.
        recipients.addToUser(recipient);
        List<Snowflake> all = guilds.idsOf(userId);
        List<Snowflake> guildIds = all.stream().filter(recipient::covers).toList();
        recipients.addToGuilds(recipient, guildIds);
        Runnable tellOthers = presences.begin(
                recipient, Platform.of(recipient.bot(), identify.properties()), identify.presence(), all);
        String holder = newId();
        First first = firstEvents.of(recipient, identify.largeThreshold(), guildIds);
        if (!sessionLog.start(sessionId, holder, first.events(), first.owed())) {
            ends.ended(entry); // it ended before all of this stood, which nobody else would take back
            return;
        }
        await(sender.drain(sessionId, holder));
        tellOthers.run();
    }

    /** The connection, and a moment to leave it that other connections of the same age do not have. */
    private Attachment attachment(String connectionId, State connection) {
        long spread = settings.reconnectSpread().toMillis();
        long after = settings.reconnectAfter().toMillis()
                + (spread == 0 ? 0 : random.get().nextLong(spread));
        return new Attachment(
                connectionId, settings.judgedInterval(connection.heartbeatInterval()), clock.millis() + after);
    }

    /** Takes back what a session that could not begin has left; what cannot be taken back now the sweeper takes back. */
    private void abandon(String connectionId, Entry session) {
        try {
            connections.release(connectionId);
            sessionLog.end(session.sessionId(), connectionId);
            ends.ended(session);
        } catch (RuntimeException e) {
            log.warn("Session {} is ended by the sweeper", session.sessionId(), e);
        }
    }

    private void await(CompletableFuture<?> sending) {
        try {
            sending.get(settings.longestSend().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn("A session is still being sent to; what is left waits in its log");
        } catch (ExecutionException e) {
            throw new IllegalStateException("Sending never fails", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String newId() {
        byte[] bytes = new byte[16];
        random.get().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static boolean isSessionId(String text) {
        return text.length() == 32 && text.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }
}
