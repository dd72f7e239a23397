package dev.parley.connection;

import dev.parley.redis.Redis;
import io.lettuce.core.KeyValue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each open connection: only {@code $connect} sees the client's headers, so that what later frames need
 * is kept here.
 *
 * <p>Thread-safe.
 */
public final class GatewayConnections {

    /** API Gateway closes after 2 h (API Gateway quotas, "Connection duration"). */
    private static final Duration LIFETIME = Duration.ofMinutes(125);

    private static final String INTERVAL = "interval";
    private static final String SESSION = "session";
    private static final String USER = "user";
    private static final String DROPPED = "dropped";

    private final Redis redis;

    public GatewayConnections(Redis redis) {
        this.redis = redis;
    }

    /**
     * An open connection.
     *
     * @param heartbeatInterval what HELLO tells the client
     * @param sessionId the session on it; null before IDENTIFY or RESUME
     * @param userId whose session it is
     * @param dropped whether the server closes it, and the client is to come back
     */
    public record State(
            Duration heartbeatInterval,
            @Nullable String sessionId,
            @Nullable String userId,
            boolean dropped) {}

    /** Notes a new connection. */
    public void opened(String connectionId, Duration heartbeatInterval) {
        String key = key(connectionId);
        var commands = redis.commands();
        var stored = commands.hset(key, INTERVAL, Long.toString(heartbeatInterval.toMillis()));
        redis.await(commands.pexpire(key, LIFETIME.toMillis()));
        redis.await(stored);
    }

    /** A connection; null when it is not known. */
    public @Nullable State find(String connectionId) {
        Map<String, String> fields = new HashMap<>();
        List<KeyValue<String, String>> values =
                redis.await(redis.commands().hmget(key(connectionId), INTERVAL, SESSION, USER, DROPPED));
        values.stream().filter(KeyValue::hasValue).forEach(value -> fields.put(value.getKey(), value.getValue()));
        String interval = fields.get(INTERVAL);
        return interval == null
                ? null
                : new State(
                        Duration.ofMillis(Long.parseLong(interval)),
                        fields.get(SESSION),
                        fields.get(USER),
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

    /** Notes that the server closes the connection: its session stays. */
    public void dropped(String connectionId) {
        String key = key(connectionId);
        redis.await(redis.commands().hset(key, DROPPED, "1"));
        redis.await(redis.commands().pexpire(key, LIFETIME.toMillis()));
    }

    /** Forgets a connection. */
    public void closed(String connectionId) {
        redis.await(redis.commands().del(key(connectionId)));
    }

    private static String key(String connectionId) {
        return "connection:{" + connectionId + "}";
    }
}
