package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.catalog.MetricSpec;
import dev.parley.catalog.Metrics;
import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalDatabase;
import dev.parley.local.store.LocalPostgres;
import dev.parley.local.store.LocalRedis;
import dev.parley.local.store.Pause;
import dev.parley.local.store.StreamingReplica;
import dev.parley.local.store.TestPooler;
import dev.parley.migrations.Migrations;
import dev.parley.redis.Redis;
import dev.parley.snowflake.Snowflake;
import dev.parley.telemetry.Meter;
import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real replica that shows everything 5 s late, with a real Redis. */
class StaleReadsTest {

    private static final Duration LATE = Duration.ofSeconds(5);
    private static final ReaderOptions TAKES_IT = new ReaderOptions(Duration.ofSeconds(8));
    private static final ReaderOptions TAKES_IT_NOT = new ReaderOptions(Duration.ofSeconds(2));
    /** The full run is {@code -Dparley.stale.tries=10000}. */
    private static final int TRIES = Integer.getInteger("parley.stale.tries", 1_200);

    private static final int USERS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Snowflake NOBODY = new Snowflake(1);
    private static final Snowflake QUIET = new Snowflake(2);

    /** From here on, each test has places of its own. */
    private static final AtomicLong PLACES = new AtomicLong(1_000);

    @TempDir
    private static Path folder;

    private static LocalDatabase server;
    private static LocalRedis redisServer;
    private static Database writer;
    private static Database readers;
    private static Redis redis;

    private final Counts counts = new Counts();
    private final RecentWrites writes = new RecentWrites(redis, TAKES_IT.pin());
    private final StaleReads reads = StaleReads.of(writer, readers, writes, TAKES_IT, counts);

    @BeforeAll
    static void start() {
        server = LocalDatabase.start(
                folder, BinaryCache.ofUser(), TestPooler.options().withReplica(LATE));
        new Migrations(server.directUrl(), server.user(), server.password().value()).migrate();
        redisServer = LocalRedis.start(folder.resolve("redis"), BinaryCache.ofUser());
        redis = new Redis(RedisURI.create(redisServer.uri()), Duration.ofSeconds(2));
        writer = new Database(server.jdbcUrl(), server.user(), server.password(), USERS + 2, Duration.ofSeconds(20));
        readers = Database.ofReaders(
                Objects.requireNonNull(server.readerUrl()), server.user(), () -> server.password(), USERS + 2);
        writer.query(handle -> handle.execute("CREATE TABLE notes (place bigint, note bigint)"));
    }

    @AfterAll
    static void stop() {
        readers.close();
        writer.close();
        redis.close();
        redisServer.close();
        server.close();
    }

    @AfterEach
    void settle() {
        await("a reader answers", () -> asksReader(reads));
    }

    @Test
    void nobodyMissesTheirOwnWriteIn10000Tries() {
        // Given
        await("a reader answers", () -> asksReader(reads));
        long answeredBefore = counts.of(Metrics.READER_READS);
        AtomicInteger missed = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger missedWithoutPin = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        long begun = System.nanoTime();

        // When users write and read at once, each in a place of their own, and somebody reads elsewhere
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Void> elsewhere = CompletableFuture.runAsync(
                    () -> {
                        while (!done.get()) {
                            newest(reads, QUIET);
                            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                        }
                    },
                    threads);
            List<CompletableFuture<Void>> users = new ArrayList<>();
            for (int user = 0; user < USERS; user++) {
                users.add(CompletableFuture.runAsync(
                        () -> {
                            Snowflake place = newPlace();
                            for (int note = 1; note <= TRIES / USERS; note++) {
                                write(place, note);
                                if (newest(reads, place) != note) {
                                    missed.incrementAndGet();
                                }
                                if (note % 50 == 0) {
                                    asked.incrementAndGet();
                                    missedWithoutPin.addAndGet(newestOfReplica(place) == note ? 0 : 1);
                                }
                            }
                        },
                        threads));
            }
            users.forEach(CompletableFuture::join);
            done.set(true);
            elsewhere.join();
        }

        // Then
        System.out.printf(
                "%d tries in %.1f s: %d missed; without the pin %d of %d; readers answered %d reads meanwhile%n",
                TRIES,
                (System.nanoTime() - begun) / 1e9,
                missed.get(),
                missedWithoutPin.get(),
                asked.get(),
                counts.of(Metrics.READER_READS) - answeredBefore);
        assertThat(missed).hasValue(0);
        assertThat(missedWithoutPin).as("the replica is stale").hasValue(asked.get());
        assertThat(counts.of(Metrics.READER_READS)).as("readers are in use").isGreaterThan(answeredBefore);
    }

    @Test
    void aWriteIsSeenWhileItIsPinnedAndWhenThePinHasEnded() {
        // Given
        await("a reader answers", () -> asksReader(reads));
        Snowflake place = newPlace();
        write(place, 7);
        long answered = counts.of(Metrics.READER_READS);

        // When / Then: first the writer answers, and then a reader
        await("a reader answers", () -> {
            assertThat(newest(reads, place)).isEqualTo(7);
            return counts.of(Metrics.READER_READS) > answered;
        });
        assertThat(newestOfReplica(place)).isEqualTo(7);
    }

    @Test
    void aReaderThatLagsTooFarIsLeftAlone() {
        // Given
        Counts own = new Counts();
        StaleReads strict = StaleReads.of(writer, readers, writes, TAKES_IT_NOT, own);
        Snowflake place = newPlace();
        write(place, 3);

        // When / Then
        await("its lag is known", () -> {
            assertThat(newest(strict, QUIET)).isZero();
            return own.of(Metrics.READER_FALLBACKS) >= 3;
        });
        assertThat(own.of(Metrics.READER_READS)).isZero();
        assertThat(own.last(Metrics.READER_LAG)).isGreaterThanOrEqualTo(LATE.toMillis() / 1000.0);
    }

    @Test
    void theWriterAnswersForAReaderThatIsAway() {
        // Given
        await("a reader answers", () -> asksReader(reads));
        LocalPostgres replica = replica().server();
        long before = counts.of(Metrics.READER_FALLBACKS);

        // When
        replica.stop();
        try {
            // Then
            await("a reader is missed", () -> {
                assertThat(newest(reads, QUIET)).isZero();
                return counts.of(Metrics.READER_FALLBACKS) > before;
            });
        } finally {
            replica.startAgain();
        }
    }

    @Test
    @SuppressWarnings("try") // paused until it is closed
    void theWriterAnswersForAReaderThatStandsStill() {
        // Given
        await("a reader answers", () -> asksReader(reads));
        long before = counts.of(Metrics.READER_FALLBACKS);

        // When
        try (Pause pause = replica().server().pause()) {
            // Then
            await("a reader is missed", () -> {
                long begun = System.nanoTime();
                assertThat(newest(reads, QUIET)).isZero();
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
                return counts.of(Metrics.READER_FALLBACKS) > before;
            });
        }
    }

    @Test
    void withoutRedisTheWriterAnswersAndForAWhileAfter() {
        // Given
        await("a reader answers", () -> asksReader(reads));
        Snowflake place = newPlace();

        // When
        redisServer.stop();
        long answered;
        try {
            write(place, 5);
            answered = counts.of(Metrics.READER_READS);

            // Then
            assertThat(newest(reads, place)).isEqualTo(5);
        } finally {
            redisServer.startAgain();
        }
        await("a reader answers", () -> {
            assertThat(newest(reads, place)).isEqualTo(5);
            return counts.of(Metrics.READER_READS) > answered;
        });
    }

    private boolean asksReader(StaleReads asked) {
        long before = counts.of(Metrics.READER_READS);
        newest(asked, QUIET);
        return counts.of(Metrics.READER_READS) > before;
    }

    /** As a function writes: noted after the commit and before the answer. */
    private void write(Snowflake place, long note) {
        writer.query(handle -> handle.execute("INSERT INTO notes VALUES (?, ?)", place.value(), note));
        writes.note(List.of(place));
    }

    private static long newest(StaleReads asked, Snowflake place) {
        return asked.query(place, NOBODY, handle -> newest(handle, place));
    }

    private static long newestOfReplica(Snowflake place) {
        return readers.query(handle -> newest(handle, place));
    }

    private static long newest(Handle handle, Snowflake place) {
        return handle.select("SELECT coalesce(max(note), 0) FROM notes WHERE place = ?", place.value())
                .mapTo(Long.class)
                .one();
    }

    private static Snowflake newPlace() {
        return new Snowflake(PLACES.incrementAndGet());
    }

    private static StreamingReplica replica() {
        return Objects.requireNonNull(server.replica());
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** What was recorded. */
    private static final class Counts implements Meter {

        private final Map<MetricSpec, AtomicLong> sums = new ConcurrentHashMap<>();
        private final Map<MetricSpec, Double> last = new ConcurrentHashMap<>();

        @Override
        public void record(MetricSpec metric, double value) {
            sums.computeIfAbsent(metric, key -> new AtomicLong()).addAndGet((long) value);
            last.put(metric, value);
        }

        @Override
        public void flush() {}

        private long of(MetricSpec metric) {
            AtomicLong sum = sums.get(metric);
            return sum == null ? 0 : sum.get();
        }

        private double last(MetricSpec metric) {
            return last.getOrDefault(metric, 0.0);
        }
    }
}
