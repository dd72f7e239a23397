package dev.parley.local.load;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What was sent, and what the senders were told about it. Every message has a number, which its content begins with.
 *
 * <p>Thread-safe.
 */
final class Ledger {

    private final AtomicLong numbers;
    private final Map<Long, Long> sentNanos = new ConcurrentHashMap<>();
    private final Map<Long, Answer> answered = new ConcurrentHashMap<>();
    private final Set<Long> unsettled = ConcurrentHashMap.newKeySet();

    /** What a sender was told with 200. */
    record Answer(long channelId, long messageId) {}

    Ledger() {
        this(0);
    }

    /** A ledger whose numbers begin after one, so that they are not those of what the same users send otherwise. */
    Ledger(long after) {
        numbers = new AtomicLong(after);
    }

    /** A new message's number, 1 or more; its time runs from now. */
    long begin() {
        long number = numbers.incrementAndGet();
        sentNanos.put(number, System.nanoTime());
        return number;
    }

    void answered(long number, long channelId, long messageId) {
        answered.put(number, new Answer(channelId, messageId));
    }

    /** Nobody knows whether it is stored. */
    void unsettled(long number) {
        unsettled.add(number);
    }

    /** When a message was first sent, by {@link System#nanoTime()}. */
    @Nullable Long sentNanos(long number) {
        return sentNanos.get(number);
    }

    Map<Long, Answer> answered() {
        return Map.copyOf(answered);
    }

    int answeredCount() {
        return answered.size();
    }

    Set<Long> unsettled() {
        return Set.copyOf(unsettled);
    }

    /** The number that a content begins with; 0 when it has none. */
    static long numberOf(String content) {
        int end = content.indexOf(' ');
        String head = end < 0 ? content : content.substring(0, end);
        return head.matches("m\\d{1,18}") ? Long.parseLong(head.substring(1)) : 0;
    }
}
