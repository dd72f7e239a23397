package dev.parley.store;

import dev.parley.redis.Redis;
import dev.parley.redis.RedisUnavailableException;
import dev.parley.snowflake.Snowflake;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The places that were written to a short time ago, each a key of Redis that ends by itself. A place is a channel, a guild or
 * a user; who writes notes it after the commit and before the answer.
 *
 * <p>While Redis is away, and from then on for as long as a note is kept, everything counts as written to, as far as this
 * process sees it: a note that could not be made may be missing. What it does not see is a note that another process could
 * not make while this one had no question.
 *
 * <p>Thread-safe.
 */
public final class RecentWrites {

    private static final Logger log = LoggerFactory.getLogger(RecentWrites.class);

    private final Redis redis;
    private final Duration kept;
    private final AtomicLong trustedFrom = new AtomicLong(System.nanoTime());

    /** @param kept how long a note is there, at least 1 s */
    public RecentWrites(Redis redis, Duration kept) {
        this.redis = redis;
        this.kept = kept;
    }

    /** Notes that places were written to. Never fails. */
    public void note(Collection<Snowflake> places) {
        try {
            var commands = redis.commands();
            List<CompletionStage<String>> answers = new ArrayList<>();
            for (Snowflake place : places) {
                answers.add(commands.set(key(place), "", SetArgs.Builder.px(kept.toMillis())));
            }
            answers.forEach(redis::await);
        } catch (RedisUnavailableException e) {
            distrust();
            log.warn("Reads go to the writer for {} s: a write could not be noted", kept.toSeconds());
        }
    }

    /** Whether one of two places was written to within the time, or may have been. */
    boolean touched(Snowflake one, Snowflake other) {
        if (trustedFrom.get() - System.nanoTime() > 0) {
            return true;
        }
        try {
            var commands = redis.commands();
            CompletionStage<Long> first = commands.exists(key(one));
            CompletionStage<Long> second = commands.exists(key(other));
            return redis.await(first) + redis.await(second) > 0;
        } catch (RedisUnavailableException e) {
            distrust();
            return true;
        }
    }

    private void distrust() {
        trustedFrom.set(System.nanoTime() + kept.toNanos());
    }

    private static String key(Snowflake place) {
        return "written:{" + place + "}";
    }
}
