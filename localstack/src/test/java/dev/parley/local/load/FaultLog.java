package dev.parley.local.load;

import dev.parley.local.load.Duplicates.Duplicate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which faults were switched on, and when.
 *
 * <p>Thread-safe.
 */
final class FaultLog {

    /**
     * How long after a fault a frame may come twice for it. A lease of 10 s has to end before another sender goes on, and
     * somebody has to find the session then: an event, a heartbeat or the sweeper.
     */
    private static final Duration REACH = Duration.ofSeconds(90);

    private final List<Entry> entries = new ArrayList<>();
    private final Map<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);

    private record Entry(FaultKind kind, long nanos) {}

    synchronized void add(FaultKind kind) {
        entries.add(new Entry(kind, System.nanoTime()));
        counts.merge(kind, 1, Integer::sum);
    }

    synchronized int count(FaultKind kind) {
        return counts.getOrDefault(kind, 0);
    }

    synchronized int total() {
        return entries.size();
    }

    /** The latest fault that a duplicate may come from; null when there is none. */
    synchronized @Nullable FaultKind explain(Duplicate duplicate) {
        for (Entry entry : entries.reversed()) {
            long age = duplicate.nanos() - entry.nanos();
            if (entry.kind().mayDuplicate() && age >= 0 && age <= REACH.toNanos()) {
                return entry.kind();
            }
        }
        return null;
    }
}
