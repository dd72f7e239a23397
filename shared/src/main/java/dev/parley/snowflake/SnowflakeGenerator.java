package dev.parley.snowflake;

import java.time.Clock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes ids. Ids of one generator strictly increase, also when the clock steps back; ids of two generators differ while
 * their leases do.
 *
 * <p>A Lambda snapshot is restored many times, and every copy wakes up with the generator's state. {@link #forget()} must
 * run before a snapshot is taken, so that each copy leases a worker of its own before it makes its first id.
 *
 * <p>Thread-safe.
 */
public final class SnowflakeGenerator {

    private final Clock clock;
    private final WorkerLeases leases;
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable WorkerLease lease;
    private long lastMillis;
    private int increment;

    public SnowflakeGenerator(Clock clock, WorkerLeases leases) {
        this.clock = clock;
        this.leases = leases;
    }

    /** The next id. Waits for the next millisecond after 4,096 ids in one. */
    public Snowflake next() {
        lock.lock();
        try {
            long now = clock.millis();
            WorkerLease current = lease;
            if (current == null || !current.isValidAt(now)) {
                current = leases.acquire();
                lease = current;
            }
            long millis = Math.max(now, lastMillis);
            if (millis == lastMillis && increment == Snowflake.MAX_INCREMENT) {
                millis = nextMillisecond(lastMillis);
            }
            increment = millis == lastMillis ? increment + 1 : 0;
            lastMillis = millis;
            long timestamp = millis - Snowflake.EPOCH_MILLIS;
            return new Snowflake(timestamp << Snowflake.TIMESTAMP_SHIFT
                    | (long) current.worker() << Snowflake.WORKER_SHIFT
                    | increment);
        } finally {
            lock.unlock();
        }
    }

    /** Gives up the worker; the next id leases another. */
    public void forget() {
        lock.lock();
        try {
            lease = null;
        } finally {
            lock.unlock();
        }
    }

    private long nextMillisecond(long last) {
        long now = clock.millis();
        // A clock that stepped back far is not waited for: the timestamp runs ahead of it instead.
        for (int tries = 0; now <= last && tries < 20; tries++) {
            LockSupport.parkNanos(100_000);
            now = clock.millis();
        }
        return Math.max(now, last + 1);
    }
}
