package dev.parley.local.fault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.parley.local.apigateway.GatewayFaults;
import dev.parley.local.apigateway.PostFault;
import dev.parley.local.apigateway.PostFault.Effect;
import dev.parley.local.sqs.QueueFaults;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The faults that come with events. Those that are set are tried in the order of setting; an event gets one at the most.
 * An event costs one look at a field while none is set.
 *
 * <p>Thread-safe.
 */
public final class FaultSwitches implements GatewayFaults, QueueFaults {

    /** How many may be set at a time. */
    static final int MAX_ACTIVE = 100;

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final List<ActiveFault> active = new ArrayList<>();
    private final Map<Fault, Long> fired = new EnumMap<>(Fault.class);
    private RandomGenerator random = new SplittableRandom();

    private volatile boolean anyActive;

    /** @param clock ends the faults that last for a time */
    public FaultSwitches(Clock clock) {
        this.clock = clock;
    }

    @Override
    public @Nullable PostFault onPost() {
        ActiveFault fault = fire(candidate -> postEffect(candidate) != null);
        Effect effect = fault == null ? null : postEffect(fault.fault());
        return fault == null || effect == null ? null : new PostFault(effect, fault.delay());
    }

    @Override
    public boolean losesDisconnect() {
        return fire(Fault.DISCONNECT_LOSE::equals) != null;
    }

    @Override
    public Duration delay() {
        ActiveFault fault = fire(Fault.QUEUE_DELAY::equals);
        return fault == null ? Duration.ZERO : fault.delay();
    }

    @Override
    public boolean losesDelete() {
        return fire(Fault.QUEUE_DUPLICATE::equals) != null;
    }

    /**
     * Sets a fault.
     *
     * @throws IllegalArgumentException if 100 are set already
     */
    void set(Fault fault, Extent extent, Duration delay) {
        lock.lock();
        try {
            long now = clock.millis();
            forgetOver(now);
            if (active.size() >= MAX_ACTIVE) {
                throw new IllegalArgumentException(MAX_ACTIVE + " faults are set already");
            }
            active.add(new ActiveFault(fault, extent, delay, now));
            anyActive = true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends every fault that is set. */
    void clear() {
        lock.lock();
        try {
            active.clear();
            anyActive = false;
        } finally {
            lock.unlock();
        }
    }

    /** Counts a fault that happened. */
    void count(Fault fault, int times) {
        lock.lock();
        try {
            fired.merge(fault, (long) times, Long::sum);
        } finally {
            lock.unlock();
        }
    }

    /** How many times each fault has happened, by its id; those that never did are left out. */
    Map<String, Long> fired() {
        lock.lock();
        try {
            Map<String, Long> counts = new TreeMap<>();
            fired.forEach((fault, times) -> counts.put(fault.id(), times));
            return counts;
        } finally {
            lock.unlock();
        }
    }

    /** Adds what is set. */
    void describe(ArrayNode list) {
        lock.lock();
        try {
            long now = clock.millis();
            forgetOver(now);
            active.forEach(fault -> list.add(fault.json(now)));
        } finally {
            lock.unlock();
        }
    }

    /** Begins the random choices anew. */
    void seed(long seed) {
        lock.lock();
        try {
            random = new SplittableRandom(seed);
        } finally {
            lock.unlock();
        }
    }

    /** A generator of its own, for choices that take long; it depends on the seed. */
    RandomGenerator split() {
        lock.lock();
        try {
            return new SplittableRandom(random.nextLong());
        } finally {
            lock.unlock();
        }
    }

    private @Nullable ActiveFault fire(Predicate<Fault> kind) {
        if (!anyActive) {
            return null;
        }
        lock.lock();
        try {
            forgetOver(clock.millis());
            for (ActiveFault fault : active) {
                if (kind.test(fault.fault()) && fault.fires(random)) {
                    fired.merge(fault.fault(), 1L, Long::sum);
                    return fault;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void forgetOver(long now) {
        active.removeIf(fault -> fault.isOver(now));
        anyActive = !active.isEmpty();
    }

    private static @Nullable Effect postEffect(Fault fault) {
        return switch (fault) {
            case POST_DROP_BEFORE -> Effect.DROP_BEFORE;
            case POST_DROP_AFTER -> Effect.DROP_AFTER;
            case POST_GONE -> Effect.GONE;
            case POST_THROTTLED -> Effect.THROTTLED;
            case POST_DELAY -> Effect.DELAY;
            default -> null;
        };
    }
}
