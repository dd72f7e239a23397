package dev.parley.ratelimit;

import dev.parley.redis.Redis;
import dev.parley.redis.RedisScript;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all functions together may post to connections. API Gateway counts callbacks, frames and REST requests of an account
 * in one bucket of 10,000 a second (API Gateway quotas, "Throttle quota per account"); past it, it refuses users' requests
 * as readily as posts. This keeps the posts below their share.
 *
 * <p>The bucket is in Redis. A budget takes portions from it, as large as what waits or was used last, so that one command
 * serves many posts. Who waits is served in the order of the calls. What is left of a portion ends after a quarter of a
 * second.
 *
 * <p>While Redis is away each budget lets a tenth of the rate through: with up to ten busy functions the account is safe,
 * and with more API Gateway's own throttle holds.
 *
 * <p>Thread-safe.
 */
public final class PostBudget {

    private static final Logger log = LoggerFactory.getLogger(PostBudget.class);
    private static final RedisScript TAKE_TOKENS = RedisScript.fromResource("lua/take_tokens.lua");
    private static final String KEY = "budget:{posts}";
    private static final int SMALLEST_PORTION = 10;
    private static final int LARGEST_PORTION = 200;
    private static final int FALLBACK_SHARE = 10;

    /** The bucket, in seconds of the rate: half of the burst that the account has. */
    private static final double BURST_SECONDS = 0.25;

    private static final Duration PORTION_LIFETIME = Duration.ofMillis(250);
    private static final Duration LONGEST_ADVANCE = Duration.ofSeconds(1);
    private static final Duration FALLBACK_STEP = Duration.ofMillis(100);
    private static final Duration PRESSED_FOR = Duration.ofSeconds(1);

    private final Redis redis;
    private final Clock clock;
    private final int rate;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long pressedUntilMillis;
    private volatile boolean redisAway;

    // Guarded by the lock.
    private final Deque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private int tokens;
    private long tokensEndMillis;
    private int used;
    private boolean asking;

    /** Tokens that hold from a moment on. */
    private record Portion(int tokens, long waitMillis) {}

    /**
     * A budget; those on one Redis share the rate.
     *
     * @param rate posts a second of all budgets together; 0 for no limit
     */
    public PostBudget(Redis redis, Clock clock, int rate) {
        this.redis = redis;
        this.clock = clock;
        this.rate = rate;
    }

    /**
     * Waits for the turn to post once.
     *
     * @return ends when it is the caller's turn; never fails. Who does not want to wait any longer cancels it, and takes
     *     no turn.
     */
    public CompletableFuture<Void> acquire() {
        if (rate == 0) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> turn = new CompletableFuture<>();
        boolean ask;
        int wanted;
        lock.lock();
        try {
            if (!asking && waiting.isEmpty() && tokens > 0 && clock.millis() < tokensEndMillis) {
                tokens--;
                used++;
                turn.complete(null);
                return turn;
            }
            waiting.add(turn);
            ask = !asking;
            asking = true;
            wanted = wanted();
        } finally {
            lock.unlock();
        }
        if (ask) {
            ask(wanted);
        }
        return turn;
    }

    /** Whether posts had to wait for the budget within the last second: what may be left out should be. */
    public boolean pressed() {
        return clock.millis() < pressedUntilMillis;
    }

    private int wanted() {
        // No more than the bucket holds, since that might never be there.
        int largest = Math.min(LARGEST_PORTION, capacity());
        return Math.clamp(Math.max(waiting.size(), used), Math.min(SMALLEST_PORTION, largest), largest);
    }

    private int capacity() {
        return Math.max(1, (int) (rate * BURST_SECONDS));
    }

    private void ask(int wanted) {
        take(wanted)
                .handle((answer, failure) -> failure == null ? portion(answer) : withoutRedis(failure))
                .thenAccept(this::await);
    }

    private CompletionStage<List<Object>> take(int wanted) {
        try {
            return redis.runList(
                    TAKE_TOKENS,
                    List.of(KEY),
                    Integer.toString(capacity()),
                    Integer.toString(rate),
                    Long.toString(clock.millis()),
                    Integer.toString(wanted),
                    Long.toString(LONGEST_ADVANCE.toMillis()));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Portion portion(List<Object> answer) {
        redisAway = false;
        return new Portion((int) (long) (Long) answer.get(0), (Long) answer.get(1));
    }

    private Portion withoutRedis(Throwable failure) {
        if (!redisAway) {
            redisAway = true;
            log.warn("Redis cannot be asked for the post budget, and a tenth of it is used", failure);
        }
        double perStep = (double) rate / FALLBACK_SHARE * FALLBACK_STEP.toMillis() / 1000;
        return perStep >= 1
                ? new Portion((int) perStep, FALLBACK_STEP.toMillis())
                : new Portion(1, (long) (FALLBACK_STEP.toMillis() / perStep));
    }

    private void await(Portion portion) {
        if (portion.waitMillis() == 0) {
            give(portion.tokens());
            return;
        }
        pressedUntilMillis = clock.millis() + portion.waitMillis() + PRESSED_FOR.toMillis();
        CompletableFuture.delayedExecutor(portion.waitMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> give(portion.tokens()));
    }

    /** Nobody else gives meanwhile, so that turns come in the order of the calls. */
    private void give(int portion) {
        int left = portion;
        int wanted = 0;
        while (wanted == 0) {
            List<CompletableFuture<Void>> turns = new ArrayList<>();
            lock.lock();
            try {
                while (turns.size() < left && !waiting.isEmpty()) {
                    turns.add(waiting.remove());
                }
                if (turns.isEmpty()) {
                    used = portion - left;
                    tokens = left;
                    tokensEndMillis = clock.millis() + PORTION_LIFETIME.toMillis();
                    asking = !waiting.isEmpty();
                    if (!asking) {
                        return;
                    }
                    wanted = wanted();
                }
            } finally {
                lock.unlock();
            }
            for (CompletableFuture<Void> turn : turns) {
                // False if the caller has gone: then the turn is another one's.
                if (turn.complete(null)) {
                    left--;
                }
            }
        }
        ask(wanted);
    }
}
