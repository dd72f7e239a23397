package dev.parley.local.apigateway;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The open connections, and their time limits ("Quotas for configuring and running a WebSocket API in API Gateway": idle
 * connection timeout, connection duration).
 *
 * <p>Thread-safe.
 */
final class Connections {

    private static final String REASON = "Going away";

    private final ConcurrentMap<String, Connection> open = new ConcurrentHashMap<>();
    private final Object none = new Object();
    private final long idleMillis;
    private final long maxMillis;

    Connections(Duration idleTimeout, Duration maxDuration) {
        this.idleMillis = idleTimeout.toMillis();
        this.maxMillis = maxDuration.toMillis();
    }

    void add(Connection connection) {
        open.put(connection.id(), connection);
    }

    void remove(Connection connection) {
        open.remove(connection.id());
        if (open.isEmpty()) {
            synchronized (none) {
                none.notifyAll();
            }
        }
    }

    @Nullable Connection find(String id) {
        return open.get(id);
    }

    int count() {
        return open.size();
    }

    /** Closes what has been idle or open for too long. */
    void expire(long now) {
        for (Connection connection : open.values()) {
            if (now - connection.lastActiveAt() >= idleMillis || now - connection.connectedAt() >= maxMillis) {
                goAway(connection);
            }
        }
    }

    void closeAll() {
        open.values().forEach(Connections::goAway);
    }

    /** Waits until every connection has ended, at most for the given time. */
    void awaitNone(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        synchronized (none) {
            while (!open.isEmpty()) {
                long leftMillis = (end - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0) {
                    return;
                }
                none.wait(leftMillis);
            }
        }
    }

    private static void goAway(Connection connection) {
        LoopTasks.run(connection.channel(), () -> connection.close(Connection.GOING_AWAY, REASON));
    }
}
