package dev.parley.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalRedis;
import dev.parley.ratelimit.PostBudget;
import dev.parley.redis.Redis;
import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The budget that all functions post from, on a real Redis. */
class PostBudgetTest {

    private static final int RATE = 400;
    private static final int BURST = 100;

    @TempDir
    private Path folder;

    private final List<Redis> environments = new ArrayList<>();
    private LocalRedis server;

    @BeforeEach
    void startRedis() {
        server = LocalRedis.start(folder, BinaryCache.ofUser());
    }

    @AfterEach
    void stopRedis() {
        environments.forEach(Redis::close);
        server.close();
    }

    @Test
    void threeEnvironmentsTogetherStayWithinTheRate() throws Exception {
        // Given
        List<PostBudget> budgets = List.of(budget(RATE), budget(RATE), budget(RATE));
        int posts = 900;

        // When
        long start = System.nanoTime();
        List<CompletableFuture<Void>> turns = new ArrayList<>();
        for (int i = 0; i < posts; i++) {
            turns.add(budgets.get(i % budgets.size()).acquire());
        }
        all(turns);
        double seconds = (System.nanoTime() - start) / 1e9;

        // Then
        assertThat((double) posts).isLessThanOrEqualTo(RATE * seconds + BURST + 1);
        assertThat(budgets).anyMatch(PostBudget::pressed);
    }

    @Test
    void turnsComeInTheOrderOfTheCalls() throws Exception {
        // Given
        PostBudget budget = budget(RATE);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());

        // When
        List<CompletableFuture<Void>> turns = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int number = i;
            turns.add(budget.acquire().thenRun(() -> order.add(number)));
        }
        all(turns);

        // Then
        assertThat(order).hasSize(500).isSorted();
    }

    @Test
    void whoGivesUpTakesNoTurn() throws Exception {
        // Given a budget without a token left
        PostBudget budget = budget(RATE);
        List<CompletableFuture<Void>> turns = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            turns.add(budget.acquire());
        }

        // When
        long start = System.nanoTime();
        List<CompletableFuture<Void>> cancelled = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            CompletableFuture<Void> turn = budget.acquire();
            turn.cancel(false);
            cancelled.add(turn);
        }
        turns.add(budget.acquire());

        // Then the last does not wait for 20,000 turns, which would be 50 s
        turns.getLast().get(25, TimeUnit.SECONDS);
        assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(25).toNanos());
        assertThat(cancelled).allMatch(CompletableFuture::isCancelled);
    }

    @Test
    void withoutALoadNobodyIsPressed() throws Exception {
        PostBudget budget = budget(8000);

        for (int i = 0; i < 100; i++) {
            budget.acquire().get(10, TimeUnit.SECONDS);
        }

        assertThat(budget.pressed()).isFalse();
    }

    @Test
    void aSmallRateServesManyWhoWait() throws Exception {
        PostBudget budget = budget(8);

        List<CompletableFuture<Void>> turns = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            turns.add(budget.acquire());
        }

        all(turns);
    }

    @Test
    void zeroIsNoLimit() {
        server.close();
        PostBudget budget = budget(0);

        for (int i = 0; i < 10_000; i++) {
            assertThat(budget.acquire()).isCompleted();
        }
    }

    @Test
    void goesOnSlowerWhileRedisIsAway() throws Exception {
        // Given
        PostBudget budget = budget(RATE);
        budget.acquire().get(10, TimeUnit.SECONDS);

        // When
        server.close();
        long start = System.nanoTime();
        List<CompletableFuture<Void>> turns = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            turns.add(budget.acquire());
        }
        all(turns);

        // Then what was left of a portion, and a tenth of the rate
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(60.0).isLessThanOrEqualTo(RATE / 10.0 * seconds + 10);
        assertThat(budget.pressed()).isTrue();
    }

    @Test
    void aPostThatWaitsTooLongIsThrottledAndNotSent() throws Exception {
        // Given
        PostBudget budget = budget(1);
        AtomicInteger sent = new AtomicInteger();
        ConnectionPoster poster = new BudgetedConnectionPoster(counting(sent), budget, Duration.ofMillis(100));

        // When
        PostOutcome first = poster.post("a", new byte[1]).get(10, TimeUnit.SECONDS);
        PostOutcome second = poster.post("a", new byte[1]).get(10, TimeUnit.SECONDS);
        PostOutcome close = poster.disconnect("a").get(10, TimeUnit.SECONDS);

        // Then
        assertThat(List.of(first, second, close))
                .containsExactly(PostOutcome.DELIVERED, PostOutcome.THROTTLED, PostOutcome.DELIVERED);
        assertThat(sent).hasValue(1);
    }

    private PostBudget budget(int rate) {
        Redis redis = new Redis(RedisURI.create(server.uri()), Duration.ofSeconds(5));
        environments.add(redis);
        return new PostBudget(redis, Clock.systemUTC(), rate);
    }

    private static void all(List<CompletableFuture<Void>> turns) throws Exception {
        CompletableFuture.allOf(turns.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
    }

    private static ConnectionPoster counting(AtomicInteger sent) {
        return new ConnectionPoster() {
            @Override
            public CompletableFuture<PostOutcome> post(String connectionId, byte[] message) {
                sent.incrementAndGet();
                return CompletableFuture.completedFuture(PostOutcome.DELIVERED);
            }

            @Override
            public CompletableFuture<PostOutcome> disconnect(String connectionId) {
                return CompletableFuture.completedFuture(PostOutcome.DELIVERED);
            }

            @Override
            public void close() {}
        };
    }
}
