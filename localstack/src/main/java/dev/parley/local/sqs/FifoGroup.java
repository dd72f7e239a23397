package dev.parley.local.sqs;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one group, in order. While one of them is in flight the group gives out no other (SQS developer guide,
 * "FIFO queue delivery logic"). Guarded by the queue that owns it.
 */
final class FifoGroup {

    /** A stored message. Guarded by the queue, as its group is. */
    static final class Entry {
        private final FifoGroup group;
        private final SentMessage sent;
        private final NewMessage message;
        private final long sentAt;
        private long firstReceivedAt;
        private int receives;
        private @Nullable String handle;
        private long visibleAt;

        private Entry(FifoGroup group, SentMessage sent, NewMessage message, long sentAt) {
            this.group = group;
            this.sent = sent;
            this.message = message;
            this.sentAt = sentAt;
        }

        FifoGroup group() {
            return group;
        }

        SentMessage sent() {
            return sent;
        }

        NewMessage message() {
            return message;
        }

        int receives() {
            return receives;
        }

        boolean heldBy(String receiptHandle) {
            return receiptHandle.equals(handle);
        }

        long visibleAt() {
            return visibleAt;
        }

        boolean visible(long now) {
            return visibleAt <= now;
        }

        void hideUntil(long time) {
            visibleAt = time;
        }

        private Delivery deliver(long now, long until) {
            if (receives == 0) {
                firstReceivedAt = now;
            }
            receives++;
            String receipt = sent.messageId() + "#" + UUID.randomUUID();
            handle = receipt;
            visibleAt = until;
            return new Delivery(sent, message, receipt, receives, sentAt, firstReceivedAt);
        }
    }

    private final Map<String, Entry> messages = new LinkedHashMap<>();
    private int inFlight;

    Entry add(SentMessage sent, NewMessage message, long now) {
        Entry entry = new Entry(this, sent, message, now);
        messages.put(sent.messageId(), entry);
        return entry;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Whether it has a message to give out. */
    boolean ready() {
        return inFlight == 0 && !messages.isEmpty();
    }

    /** Takes out the messages at its head that were received {@code maxReceives} times. It must be ready. */
    List<Entry> takeExhausted(int maxReceives) {
        List<Entry> taken = new ArrayList<>();
        Iterator<Entry> head = messages.values().iterator();
        while (head.hasNext()) {
            Entry entry = head.next();
            if (entry.receives < maxReceives) {
                break;
            }
            head.remove();
            taken.add(entry);
        }
        return taken;
    }

    /**
     * Gives out messages from its head. It must be ready.
     *
     * @param maxReceives stops before a message that was received so often: it has to move first
     */
    List<Entry> deliver(int max, int maxReceives, long now, long until, List<Delivery> deliveries) {
        List<Entry> given = new ArrayList<>();
        for (Entry entry : messages.values()) {
            if (given.size() == max || entry.receives >= maxReceives) {
                break;
            }
            deliveries.add(entry.deliver(now, until));
            given.add(entry);
        }
        inFlight += given.size();
        return given;
    }

    /** A message in flight may be given out again. */
    void release(Entry entry) {
        entry.handle = null;
        inFlight--;
    }

    /** Removes a message that is in flight. */
    void remove(Entry entry) {
        release(entry);
        messages.remove(entry.sent.messageId());
    }
}
