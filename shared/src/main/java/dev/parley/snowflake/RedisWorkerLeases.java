package dev.parley.snowflake;

import dev.parley.redis.Redis;
import dev.parley.redis.RedisScript;
import dev.parley.redis.RedisUnavailableException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases workers through Redis. While Redis is away, or all workers are held, a worker is drawn at random for a minute:
 * ids stay unlikely to meet, and a primary key refuses the one that does.
 *
 * <p>Thread-safe.
 */
public final class RedisWorkerLeases implements WorkerLeases {

    private static final Logger log = LoggerFactory.getLogger(RedisWorkerLeases.class);
    private static final RedisScript LEASE = RedisScript.fromResource("lua/lease_worker.lua");
    private static final String COUNTER = "{snowflake}:counter";
    private static final String LEASES = "{snowflake}:leases";
    private static final Duration TERM = Duration.ofMinutes(30);

    /** Taken off the holder's side of a lease, so that clocks may differ by this much. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private static final Duration RANDOM_TERM = Duration.ofMinutes(1);

    private final Redis redis;
    private final Clock clock;
    private final SecureRandom random;
    private final WorkerRange workers;

    /**
     * Leases.
     *
     * @param workers those that nobody leases elsewhere
     */
    public RedisWorkerLeases(Redis redis, Clock clock, SecureRandom random, WorkerRange workers) {
        this.redis = redis;
        this.clock = clock;
        this.random = random;
        this.workers = workers;
    }

    @Override
    public WorkerLease acquire() {
        long now = clock.millis();
        long end = now + TERM.toMillis();
        try {
            long worker = redis.await(redis.runLong(
                    LEASE,
                    List.of(COUNTER, LEASES),
                    Long.toString(now),
                    Long.toString(end),
                    Integer.toString(workers.count())));
            if (worker >= 0) {
                return new WorkerLease(workers.first() + (int) worker, end - MARGIN.toMillis());
            }
            log.warn("All snowflake workers are leased; drawing one at random");
        } catch (RedisUnavailableException e) {
            log.warn("Redis is away; drawing a snowflake worker at random", e);
        }
        return new WorkerLease(workers.first() + random.nextInt(workers.count()), now + RANDOM_TERM.toMillis());
    }
}
