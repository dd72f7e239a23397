package dev.parley.ratelimit;

import dev.parley.redis.Redis;
import dev.parley.redis.RedisScript;
import dev.parley.redis.RedisUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Token buckets in Redis. While Redis is away each limit allows or refuses as its line in the table says.
 *
 * <p>Thread-safe.
 */
public final class RateLimiter {

    private static final Logger log = LoggerFactory.getLogger(RateLimiter.class);
    private static final RedisScript TAKE_TOKEN = RedisScript.fromResource("lua/take_token.lua");
    private static final Duration RETRY_WHEN_UNAVAILABLE = Duration.ofSeconds(1);

    private final Redis redis;
    private final LimitTable table;
    private final Clock clock;

    public RateLimiter(Redis redis, LimitTable table, Clock clock) {
        this.redis = redis;
        this.table = table;
        this.clock = clock;
    }

    /**
     * A token that has been asked for; {@link #decision()} waits for the answer. Several can be under way at once.
     */
    public final class Pending {

        private final Limit limit;
        private final LimitTable.Bucket bucket;
        private final CompletionStage<List<Object>> answer;

        private Pending(Limit limit, LimitTable.Bucket bucket, CompletionStage<List<Object>> answer) {
            this.limit = limit;
            this.bucket = bucket;
            this.answer = answer;
        }

        /** What the bucket said. Never fails. */
        public Decision decision() {
            try {
                List<Object> values = redis.await(answer);
                return new Decision(
                        number(values.get(0)) == 1,
                        limit,
                        bucket.capacity(),
                        (int) number(values.get(1)),
                        Duration.ofMillis(number(values.get(2))),
                        Duration.ofMillis(number(values.get(3))));
            } catch (RedisUnavailableException e) {
                boolean allowed = limit.whenUnavailable() == Limit.WhenUnavailable.ALLOW;
                log.warn("Rate limit {} cannot be checked: {}", limit, allowed ? "allowed" : "refused");
                return new Decision(
                        allowed,
                        limit,
                        bucket.capacity(),
                        allowed ? bucket.capacity() - 1 : 0,
                        allowed ? Duration.ZERO : RETRY_WHEN_UNAVAILABLE,
                        RETRY_WHEN_UNAVAILABLE);
            }
        }
    }

    /**
     * Asks for a token.
     *
     * @param subject whose bucket it is, as the limit's scope says
     */
    public Pending take(Limit limit, String subject) {
        return ask(limit, subject, 1);
    }

    /** Looks at a bucket and takes nothing. */
    public Pending peek(Limit limit, String subject) {
        return ask(limit, subject, 0);
    }

    private Pending ask(Limit limit, String subject, int tokens) {
        LimitTable.Bucket bucket = table.bucket(limit);
        return new Pending(
                limit,
                bucket,
                redis.runList(
                        TAKE_TOKEN,
                        List.of("limit:{" + limit + ":" + subject + "}"),
                        Integer.toString(bucket.capacity()),
                        Long.toString(bucket.period().toMillis()),
                        Long.toString(clock.millis()),
                        Integer.toString(tokens)));
    }

    private static long number(Object value) {
        return (Long) value;
    }
}
