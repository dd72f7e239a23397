package dev.parley.local;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What something has started, to be stopped in the opposite order. For one thread at a time. */
final class StartedParts implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StartedParts.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** Takes a part, and gives it back. */
    <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    /** Stops all, the last first; one that does not stop cleanly is logged, and holds up no other. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                log.warn("{} did not stop cleanly", part.getClass().getSimpleName(), e);
            }
        }
    }
}
