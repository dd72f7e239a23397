package dev.parley.store;

import dev.parley.catalog.Metrics;
import dev.parley.snowflake.Snowflake;
import dev.parley.telemetry.Meter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads that may be some seconds old, and so may be a reader's to answer. Nobody misses their own write by it: a place that
 * was written to is read from the writer for longer than a reader that is asked may lag ({@link RecentWrites}).
 *
 * <p>How old a reader's answer is stands in the reader itself: a row that the writer sets to the time, about once a second
 * while readers are asked. It is read in the transaction of what is asked, so that it is of the very server that answers, and
 * of what that server has applied and not of what it has heard of. This works on Aurora and on streaming replicas alike. A
 * reader that lags too far is left alone for a second, one that fails for five.
 *
 * <p>Thread-safe.
 */
public final class StaleReads {

    private static final Logger log = LoggerFactory.getLogger(StaleReads.class);

    private static final Duration BETWEEN_BEATS = Duration.ofSeconds(1);
    private static final Duration LAGS = Duration.ofSeconds(1);
    private static final Duration FAILED = Duration.ofSeconds(5);

    /** Nobody waits for who sets it at the moment. */
    private static final String BEAT = """
            UPDATE reader_heartbeat SET beat_at = clock_timestamp()
            WHERE id = (SELECT id FROM reader_heartbeat
                        WHERE beat_at < clock_timestamp() - interval '1 second' FOR UPDATE SKIP LOCKED)
            """;

    private static final String LAG =
            "SELECT (extract(epoch FROM clock_timestamp() - beat_at) * 1000)::bigint FROM reader_heartbeat";

    private final Database writer;
    private final @Nullable Reader reader;

    private record Reader(
            Database database,
            RecentWrites writes,
            ReaderOptions options,
            Meter meter,
            AtomicLong askAgainAt,
            AtomicLong beatAgainAt) {}

    private StaleReads(Database writer, @Nullable Reader reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /** Without readers: the writer answers everything. */
    public static StaleReads ofWriter(Database writer) {
        return new StaleReads(writer, null);
    }

    /**
     * With readers.
     *
     * @param readers leads to readers of the writer's own cluster
     * @param writes has been told of every write, with {@link ReaderOptions#pin()}
     */
    public static StaleReads of(
            Database writer, Database readers, RecentWrites writes, ReaderOptions options, Meter meter) {
        long now = System.nanoTime();
        return new StaleReads(
                writer, new Reader(readers, writes, options, meter, new AtomicLong(now), new AtomicLong(now)));
    }

    /**
     * Runs statements that only read, on a reader if one is fresh enough, and otherwise on the writer.
     *
     * @param place the channel or guild that is read
     * @param viewer who asks, whose own profile may be in what is read
     * @param statements may run twice: when a reader fails halfway, again on the writer
     * @throws DatabaseUnavailableException if the writer, too, gives no connection
     * @throws JdbiException if the writer refuses a statement
     */
    public <T extends @Nullable Object, X extends Exception> T query(
            Snowflake place, Snowflake viewer, HandleCallback<T, X> statements) throws X {
        Reader asked = reader;
        if (asked != null
                && asked.askAgainAt().get() - System.nanoTime() <= 0
                && !asked.writes().touched(place, viewer)) {
            Answer<T> answer = ask(asked, statements);
            if (answer != null) {
                asked.meter().record(Metrics.READER_READS, 1);
                return answer.value();
            }
            asked.meter().record(Metrics.READER_FALLBACKS, 1);
        }
        return writer.query(statements);
    }

    private record Answer<T extends @Nullable Object>(T value) {}

    /** Null if the reader lags or fails. */
    private <T extends @Nullable Object, X extends Exception> @Nullable Answer<T> ask(
            Reader asked, HandleCallback<T, X> statements) throws X {
        try {
            Seen<T> seen = asked.database().<Seen<T>, X>transaction(handle -> {
                Duration lag = lag(handle);
                boolean fresh = lag.compareTo(asked.options().mostLag()) <= 0;
                return new Seen<>(lag, fresh ? new Answer<>(statements.withHandle(handle)) : null);
            });
            asked.meter().record(Metrics.READER_LAG, seen.lag().toMillis() / 1000.0);
            if (seen.lag().compareTo(BETWEEN_BEATS) > 0) {
                beat(asked);
            }
            if (seen.answer() == null) {
                leaveAlone(asked, LAGS);
            }
            return seen.answer();
        } catch (DatabaseUnavailableException | JdbiException e) {
            log.warn("A reader fails; the writer answers", e);
            leaveAlone(asked, FAILED);
            return null;
        }
    }

    private record Seen<T extends @Nullable Object>(
            Duration lag, @Nullable Answer<T> answer) {}

    /** At the most: the row is set once a second. */
    private static Duration lag(Handle handle) {
        return Duration.ofMillis(
                Math.max(0, handle.createQuery(LAG).mapTo(Long.class).one()));
    }

    private void beat(Reader asked) {
        long now = System.nanoTime();
        long due = asked.beatAgainAt().get();
        if (due - now > 0 || !asked.beatAgainAt().compareAndSet(due, now + BETWEEN_BEATS.toNanos())) {
            return;
        }
        try {
            writer.query(handle -> handle.execute(BEAT));
        } catch (DatabaseUnavailableException | JdbiException e) {
            log.warn("The time could not be set for the readers", e);
        }
    }

    private static void leaveAlone(Reader asked, Duration time) {
        asked.askAgainAt().set(System.nanoTime() + time.toNanos());
    }
}
