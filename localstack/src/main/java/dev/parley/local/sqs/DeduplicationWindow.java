package dev.parley.local.sqs;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The deduplication ids of the last 5 min (SQS developer guide, "Using the message deduplication ID in Amazon SQS").
 * Guarded by the queue that owns it.
 */
final class DeduplicationWindow {

    private static final long MILLIS = Duration.ofMinutes(5).toMillis();

    // In the order of sending, so what is too old stands first.
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** The message that was sent with an id before, within the window. */
    @Nullable SentMessage find(String deduplicationId, long now) {
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext() && oldest.next().at() <= now - MILLIS) {
            oldest.remove();
        }
        Entry entry = entries.get(deduplicationId);
        return entry == null ? null : entry.message();
    }

    void add(String deduplicationId, SentMessage message, long now) {
        entries.put(deduplicationId, new Entry(message, now));
    }

    void clear() {
        entries.clear();
    }

    private record Entry(SentMessage message, long at) {}
}
