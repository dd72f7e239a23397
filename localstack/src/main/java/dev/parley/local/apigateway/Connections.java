package dev.parley.local.apigateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.random.RandomGenerator;
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

    /** Closes a share of the connections, or breaks them off when there is no code; returns how many. */
    int cut(double share, @Nullable Integer code, RandomGenerator random) {
        // In the order of opening, so that the same seed chooses the same clients.
        List<Connection> chosen = new ArrayList<>(open.values());
        chosen.sort(Comparator.comparingLong(Connection::connectedAt).thenComparing(Connection::id));
        Collections.shuffle(chosen, Random.from(random));
        chosen = chosen.subList(0, Math.toIntExact(Math.round(share * chosen.size())));
        for (Connection connection : chosen) {
            LoopTasks.run(connection.channel(), () -> {
                if (code == null) {
                    connection.reset();
                } else {
                    connection.close(code, code == Connection.GOING_AWAY ? REASON : "");
                }
            });
        }
        return chosen.size();
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
