package dev.parley.local.load;

import java.util.ArrayList;
import java.util.List;

/**
 * Frames that came a second time under the same {@code s}, with the same bytes.
 *
 * <p>Thread-safe.
 */
final class Duplicates {

    private final List<Duplicate> seen = new ArrayList<>();

    /**
     * One of them.
     *
     * @param session number of the session in the fleet
     * @param nanos when, by {@link System#nanoTime()}
     */
    record Duplicate(int session, long s, long nanos) {}

    synchronized void add(Duplicate duplicate) {
        seen.add(duplicate);
    }

    synchronized List<Duplicate> all() {
        return List.copyOf(seen);
    }
}
