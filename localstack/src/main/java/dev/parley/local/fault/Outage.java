package dev.parley.local.fault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.parley.local.store.LocalServer;
import dev.parley.local.store.LocalStoreException;
import dev.parley.local.store.Pause;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's times away, one after the other. Each ends by itself.
 *
 * <p>Thread-safe.
 */
final class Outage {

    private static final Logger log = LoggerFactory.getLogger(Outage.class);

    /** Longer than a server takes to stop or to start, so that it is left in a known state. */
    private static final Duration END_TIMEOUT = Duration.ofSeconds(45);

    private final LocalServer server;
    private final FaultSwitches switches;
    private final AtomicReference<@Nullable Running> running = new AtomicReference<>();

    private record Running(Fault fault, long endNanos, CountDownLatch wish, CountDownLatch over) {}

    Outage(LocalServer server, FaultSwitches switches) {
        this.server = server;
        this.switches = switches;
    }

    /**
     * Takes the server away, and brings it back after a time. Returns at once.
     *
     * @throws IllegalArgumentException if it is away already
     */
    void begin(Fault fault, Duration length) {
        Running next =
                new Running(fault, System.nanoTime() + length.toNanos(), new CountDownLatch(1), new CountDownLatch(1));
        if (!running.compareAndSet(null, next)) {
            throw new IllegalArgumentException(fault.part() + " is away already");
        }
        Thread.ofPlatform().daemon().name("outage-" + fault.part()).start(() -> run(next, length));
    }

    /** Brings the server back now, if it is away, and waits until it is there. */
    void end() {
        Running current = running.get();
        if (current == null) {
            return;
        }
        current.wish().countDown();
        try {
            if (!current.over().await(END_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                log.error("{} did not come back in time", current.fault().part());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Adds the outage that is under way. */
    void describe(ArrayNode list) {
        Running current = running.get();
        if (current != null) {
            long millis = TimeUnit.NANOSECONDS.toMillis(current.endNanos() - System.nanoTime());
            list.addObject()
                    .put("fault", current.fault().part())
                    .put("effect", current.fault().effect())
                    .put("seconds", Math.max(0, Math.ceilDiv(millis, 1000L)));
        }
    }

    private void run(Running outage, Duration length) {
        try {
            switch (outage.fault()) {
                case REDIS_PAUSE, POSTGRES_PAUSE -> pause(outage, length);
                default -> stop(outage, length);
            }
        } catch (LocalStoreException e) {
            log.error("{} is away for good", outage.fault().part(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.set(null);
            outage.over().countDown();
        }
    }

    private void pause(Running outage, Duration length) throws InterruptedException {
        try (Pause _ = server.pause()) {
            switches.count(outage.fault(), 1);
            await(outage, length);
        }
    }

    private void stop(Running outage, Duration length) throws InterruptedException {
        server.stop();
        try {
            switches.count(outage.fault(), 1);
            await(outage, length);
        } finally {
            server.startAgain();
        }
    }

    private static void await(Running outage, Duration length) throws InterruptedException {
        boolean wished = outage.wish().await(length.toMillis(), TimeUnit.MILLISECONDS);
        log.info("{} comes back {}", outage.fault().part(), wished ? "before its time" : "in time");
    }
}
