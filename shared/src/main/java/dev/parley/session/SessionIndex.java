package dev.parley.session;

import dev.parley.redis.Redis;
import dev.parley.redis.RedisScript;
import dev.parley.snowflake.Snowflake;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * All sessions, in parts that sweepers take one by one. A session is in the index before anything else is known of it, and
 * until somebody has ended it: what a function that died has left behind is found here.
 *
 * <p>Thread-safe.
 */
final class SessionIndex {

    /** Parts; their number never changes, since a session's part follows from its id. */
    static final int PARTS = 64;

    private static final RedisScript CLAIM = RedisScript.fromResource("lua/claim_sessions.lua");
    private static final int ID_LENGTH = 32;

    private final Redis redis;
    private final Clock clock;

    SessionIndex(Redis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /** A session and whose it is. */
    record Entry(String sessionId, Snowflake userId) {

        private String encode() {
            return sessionId + ":" + userId;
        }

        private static @Nullable Entry decode(String text) {
            Snowflake user =
                    text.length() > ID_LENGTH + 1 ? Snowflake.parseOrNull(text.substring(ID_LENGTH + 1)) : null;
            return user == null ? null : new Entry(text.substring(0, ID_LENGTH), user);
        }
    }

    /** Adds a session. */
    void add(Entry entry) {
        redis.await(redis.commands().zadd(key(part(entry.sessionId())), (double) clock.millis(), entry.encode()));
    }

    /** Takes a session out. */
    CompletionStage<Long> remove(Entry entry) {
        return redis.commands().zrem(key(part(entry.sessionId())), entry.encode());
    }

    /**
     * Sessions of a part that nobody has looked at for a while; nobody else gets them until as much time has passed again.
     *
     * @param part 0 to {@link #PARTS} - 1
     */
    List<Entry> claim(int part, Duration unseen, int most) {
        long now = clock.millis();
        List<Object> members = redis.await(redis.runList(
                CLAIM,
                List.of(key(part)),
                Long.toString(now),
                Long.toString(now - unseen.toMillis()),
                Integer.toString(most)));
        List<Entry> entries = new ArrayList<>(members.size());
        for (Object member : members) {
            Entry entry = Entry.decode((String) member);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /** How many sessions there are, those that can be resumed included. */
    long count() {
        List<CompletionStage<Long>> counts = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            counts.add(redis.commands().zcard(key(part)));
        }
        return counts.stream().mapToLong(redis::await).sum();
    }

    private static int part(String sessionId) {
        return Integer.parseInt(sessionId.substring(0, 2), 16) % PARTS;
    }

    private static String key(int part) {
        return "sessions:{" + part + "}";
    }
}
