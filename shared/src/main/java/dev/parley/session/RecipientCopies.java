package dev.parley.session;

import dev.parley.snowflake.Snowflake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a warm function remembers of guilds' recipients, chunk by chunk. A chunk is used only while its version in Redis is
 * the one that was copied, so that a copy is never older than the question. What was not used for longest is forgotten
 * first.
 *
 * <p>Thread-safe.
 */
final class RecipientCopies {

    private final int maxRecipients;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final LinkedHashMap<Key, Copy> copies = new LinkedHashMap<>(64, 0.75f, true);
    private int held;

    private record Key(Snowflake guildId, int chunk) {}

    private record Copy(String version, List<Recipient> recipients) {}

    /**
     * Copies of nothing yet.
     *
     * @param maxRecipients recipients that are remembered at the most, some 100 bytes each
     */
    RecipientCopies(int maxRecipients) {
        this.maxRecipients = maxRecipients;
    }

    /** A chunk of that version; null when it is not remembered. */
    @Nullable List<Recipient> find(Snowflake guildId, int chunk, String version) {
        lock.lock();
        try {
            Copy copy = copies.get(new Key(guildId, chunk));
            return copy != null && copy.version().equals(version) ? copy.recipients() : null;
        } finally {
            lock.unlock();
        }
    }

    /** Remembers a chunk. */
    void put(Snowflake guildId, int chunk, String version, List<Recipient> recipients) {
        lock.lock();
        try {
            Copy before = copies.put(new Key(guildId, chunk), new Copy(version, recipients));
            held += weight(recipients) - (before == null ? 0 : weight(before.recipients()));
            List<Map.Entry<Key, Copy>> oldest = new ArrayList<>();
            int over = held - maxRecipients;
            for (Map.Entry<Key, Copy> entry : copies.entrySet()) {
                if (over <= 0) {
                    break;
                }
                oldest.add(entry);
                over -= weight(entry.getValue().recipients());
            }
            for (Map.Entry<Key, Copy> entry : oldest) {
                held -= weight(entry.getValue().recipients());
                copies.remove(entry.getKey());
            }
        } finally {
            lock.unlock();
        }
    }

    /** An empty chunk takes room too. */
    private static int weight(List<Recipient> recipients) {
        return recipients.size() + 1;
    }
}
