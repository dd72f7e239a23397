package dev.parley.connection;

import dev.parley.redis.Redis;
import dev.parley.redis.RedisScript;
import io.lettuce.core.KeyValue;
import io.lettuce.core.Range;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each open connection: only {@code $connect} sees the client's headers, so that what later frames need
 * is kept here.
 *
 * <p>Thread-safe.
 */
public final class GatewayConnections {

    private static final RedisScript MARK = RedisScript.fromResource("lua/mark_connection.lua");

    /** API Gateway closes after 2 h (API Gateway quotas, "Connection duration"). */
    private static final Duration LIFETIME = Duration.ofMinutes(125);

    private static final String INTERVAL = "interval";
    private static final String SESSION = "session";
    private static final String USER = "user";
    private static final String GREETED = "greeted";
    private static final String DROPPED = "dropped";

    /** Over how many keys the open connections are spread, so that none of them is in every connection's way. */
    private static final int PARTS = 16;

    private final Redis redis;
    private final Clock clock;

    /** @param clock says since when a connection is open */
    public GatewayConnections(Redis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /**
     * An open connection.
     *
     * @param heartbeatInterval what HELLO tells the client
     * @param sessionId the session on it; null before IDENTIFY or RESUME
     * @param userId whose session it is
     * @param greeted whether the client has HELLO
     * @param dropped whether the server closes it, and the client is to come back
     */
    public record State(
            Duration heartbeatInterval,
            @Nullable String sessionId,
            @Nullable String userId,
            boolean greeted,
            boolean dropped) {}

    /** Notes a new connection. */
    public void opened(String connectionId, Duration heartbeatInterval) {
        String key = key(connectionId);
        var commands = redis.commands();
        var stored = commands.hset(key, INTERVAL, Long.toString(heartbeatInterval.toMillis()));
        var expires = commands.pexpire(key, LIFETIME.toMillis());
        redis.await(commands.zadd(openKey(part(connectionId)), (double) clock.millis(), connectionId));
        redis.await(expires);
        redis.await(stored);
    }

    /**
     * How many connections are open. One whose end nobody was told of, and to which nothing was sent since, counts until its
     * two hours are over.
     */
    public long count() {
        double oldest = (double) clock.millis() - LIFETIME.toMillis();
        List<CompletionStage<Long>> counts = new ArrayList<>(PARTS);
        List<CompletionStage<Long>> removals = new ArrayList<>(PARTS);
        for (int part = 0; part < PARTS; part++) {
            removals.add(redis.commands().zremrangebyscore(openKey(part), Range.create(0, oldest)));
            counts.add(redis.commands().zcard(openKey(part)));
        }
        removals.forEach(redis::await);
        return counts.stream().mapToLong(redis::await).sum();
    }

    /** Notes that a connection has turned out to be gone; what is kept of it stays for its {@code $disconnect}. */
    public CompletionStage<Long> gone(String connectionId) {
        return redis.commands().zrem(openKey(part(connectionId)), connectionId);
    }

    /** A connection; null when it is not known. */
    public @Nullable State find(String connectionId) {
        Map<String, String> fields = new HashMap<>();
        List<KeyValue<String, String>> values =
                redis.await(redis.commands().hmget(key(connectionId), INTERVAL, SESSION, USER, GREETED, DROPPED));
        values.stream().filter(KeyValue::hasValue).forEach(value -> fields.put(value.getKey(), value.getValue()));
        String interval = fields.get(INTERVAL);
        return interval == null
                ? null
                : new State(
                        Duration.ofMillis(Long.parseLong(interval)),
                        fields.get(SESSION),
                        fields.get(USER),
                        fields.containsKey(GREETED),
                        fields.containsKey(DROPPED));
    }

    /**
     * Gives a connection its session; only the first call does.
     *
     * @return whether it had none before
     */
    public boolean claim(String connectionId, String sessionId, String userId) {
        String key = key(connectionId);
        boolean claimed = redis.await(redis.commands().hsetnx(key, SESSION, sessionId));
        if (claimed) {
            redis.await(redis.commands().hset(key, USER, userId));
        }
        return claimed;
    }

    /** Takes the session off a connection again, so that the client may IDENTIFY on it. */
    public void release(String connectionId) {
        redis.await(redis.commands().hdel(key(connectionId), SESSION, USER));
    }

    /** Notes that HELLO has gone out to the client. */
    public void greeted(String connectionId) {
        mark(connectionId, GREETED);
    }

    /** Notes that the server closes the connection: its session stays. */
    public void dropped(String connectionId) {
        mark(connectionId, DROPPED);
        redis.await(gone(connectionId));
    }

    private void mark(String connectionId, String field) {
        redis.await(redis.runLong(MARK, List.of(key(connectionId)), field));
    }

    /** Forgets a connection. */
    public void closed(String connectionId) {
        var deleted = redis.commands().del(key(connectionId));
        redis.await(gone(connectionId));
        redis.await(deleted);
    }

    private static int part(String connectionId) {
        return Math.floorMod(connectionId.hashCode(), PARTS);
    }

    private static String openKey(int part) {
        return "connections:{" + part + "}";
    }

    private static String key(String connectionId) {
        return "connection:{" + connectionId + "}";
    }
}
