package dev.parley.presence;

import dev.parley.redis.Redis;
import dev.parley.redis.RedisScript;
import dev.parley.snowflake.Snowflake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What every session shows of its user, in Redis: one hash a user, session to JSON.
 *
 * <p>Thread-safe.
 */
public final class PresenceStore {

    /**
     * Only a safety net: a session takes its presence along when it ends. Every session sets it or is resumed more often,
     * since API Gateway ends a connection after 2 h (API Gateway quotas, "Connection duration").
     */
    private static final Duration KEPT = Duration.ofDays(1);

    /** More frames of one session do not run at once, but those that somebody throws at it. */
    private static final int TRIES = 8;

    private static final String ANY = "";

    private static final RedisScript SET = RedisScript.fromResource("lua/set_presence.lua");

    private final Redis redis;

    public PresenceStore(Redis redis) {
        this.redis = redis;
    }

    /** What others saw of a user, and what they see now. */
    record Change(Presence before, Presence after) {

        boolean visible() {
            return !before.equals(after);
        }
    }

    /** The presences of users who show one; the others are left out. All are read at once. */
    public Map<Snowflake, Presence> visible(Collection<Snowflake> userIds) {
        Map<Snowflake, CompletionStage<Map<String, String>>> answers = new LinkedHashMap<>();
        for (Snowflake userId : userIds) {
            answers.computeIfAbsent(userId, id -> redis.commands().hgetall(key(id)));
        }
        Map<Snowflake, Presence> presences = new HashMap<>();
        answers.forEach((userId, answer) -> {
            Presence presence = merge(redis.await(answer));
            if (presence.visible()) {
                presences.put(userId, presence);
            }
        });
        return presences;
    }

    /** Sets what a new session shows. */
    Change add(Snowflake userId, String sessionId, SessionPresence presence) {
        return Objects.requireNonNull(write(userId, sessionId, presence.encode(), ANY));
    }

    /**
     * Changes what a session shows, unless it has ended meanwhile. Two frames of one session run at once, and neither
     * undoes the other.
     *
     * @param change gives what the session shows from now on; may be called more than once
     */
    Change replace(Snowflake userId, String sessionId, UnaryOperator<SessionPresence> change) {
        for (int i = 0; i < TRIES; i++) {
            String before = redis.awaitNullable(redis.commands().hget(key(userId), sessionId));
            SessionPresence shown = before == null ? null : SessionPresence.decode(before);
            if (before == null || shown == null) {
                break; // the session has ended meanwhile
            }
            Change changed = write(userId, sessionId, change.apply(shown).encode(), before);
            if (changed != null) {
                return changed;
            }
        }
        return new Change(Presence.OFFLINE, Presence.OFFLINE);
    }

    /** Takes a session's presence away. */
    Change remove(Snowflake userId, String sessionId) {
        return Objects.requireNonNull(write(userId, sessionId, "", ANY));
    }

    /** Keeps a user's presences for longer. */
    CompletionStage<Boolean> keep(Snowflake userId) {
        return redis.commands().pexpire(key(userId), KEPT.toMillis());
    }

    /** Null if the session does not show {@code expected} any more, and nothing was written. */
    private @Nullable Change write(Snowflake userId, String sessionId, String json, String expected) {
        List<Object> answer = redis.await(
                redis.runList(SET, List.of(key(userId)), sessionId, json, expected, Long.toString(KEPT.toMillis())));
        if ((Long) answer.getFirst() == 0) {
            return null;
        }
        Map<String, String> sessions = new HashMap<>();
        for (int i = 1; i < answer.size(); i += 2) {
            sessions.put((String) answer.get(i), (String) answer.get(i + 1));
        }
        Presence before = merge(sessions);
        if (json.isEmpty()) {
            sessions.remove(sessionId);
        } else {
            sessions.put(sessionId, json);
        }
        return new Change(before, merge(sessions));
    }

    private static Presence merge(Map<String, String> sessions) {
        List<SessionPresence> decoded = new ArrayList<>(sessions.size());
        for (String text : sessions.values()) {
            SessionPresence presence = SessionPresence.decode(text);
            if (presence != null && !presence.left()) {
                decoded.add(presence);
            }
        }
        return Presence.of(decoded);
    }

    private static String key(Snowflake userId) {
        return "presence:{" + userId + "}";
    }
}
