package dev.parley.redis;

import dev.parley.protocol.InvalidJsonException;
import dev.parley.protocol.Json;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cache-aside copy of things that the database holds.
 *
 * <p>{@link #evict} leaves a mark for some seconds, during which nothing is cached: a reader that loaded the old value
 * before a change cannot put it back after it. While Redis is away every read loads. A value is stale at most for the
 * time to live, and only if an eviction could not reach Redis.
 *
 * <p>Thread-safe.
 */
public final class Cache<T> {

    private static final Logger log = LoggerFactory.getLogger(Cache.class);
    private static final String EVICTED = "-";
    private static final Duration MARK = Duration.ofSeconds(10);

    private final Redis redis;
    private final String prefix;
    private final Class<T> type;
    private final Duration timeToLive;

    /**
     * A cache of JSON values under {@code prefix{key}}.
     *
     * @param timeToLive the longest a value is kept
     */
    public Cache(Redis redis, String prefix, Class<T> type, Duration timeToLive) {
        this.redis = redis;
        this.prefix = prefix;
        this.type = type;
        this.timeToLive = timeToLive;
    }

    /** The cached value, or what {@code load} gives; null when there is none, which is not cached. */
    public @Nullable T get(String key, Supplier<@Nullable T> load) {
        String cached;
        try {
            cached = redis.awaitNullable(redis.commands().get(name(key)));
        } catch (RedisUnavailableException e) {
            log.warn("The cache {} is away; reading the database", prefix);
            return load.get();
        }
        if (cached != null && !cached.equals(EVICTED)) {
            try {
                return Json.read(cached, type);
            } catch (InvalidJsonException e) {
                log.warn("The cache {} holds what cannot be read; reading the database", prefix);
            }
        }
        T loaded = load.get();
        if (loaded != null && cached == null) {
            // Not waited for: a value that is not cached costs a later read, nothing more.
            redis.commands()
                    .set(name(key), Json.text(loaded), SetArgs.Builder.nx().px(timeToLive.toMillis()))
                    .exceptionally(failure -> null);
        }
        return loaded;
    }

    /** Forgets a value whose source has changed. Call it after the change is committed. */
    public void evict(String key) {
        try {
            redis.await(redis.commands().set(name(key), EVICTED, SetArgs.Builder.px(MARK.toMillis())));
        } catch (RedisUnavailableException e) {
            log.warn("The cache {} may hold an old value for up to {} s", prefix, timeToLive.toSeconds());
        }
    }

    private String name(String key) {
        return prefix + "{" + key + "}";
    }
}
