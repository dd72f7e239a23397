package dev.parley.local.sqs;

import dev.parley.local.sqs.QueueOptions.Redrive;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One FIFO queue in memory. What it promises is what SQS promises of FIFO queues: within a group messages come in the
 * order of sending, a group with a message in flight gives out no other, and a message that was not deleted comes again.
 *
 * <p>Thread-safe. A receive that waits is answered by the thread that sends, deletes or ticks.
 */
final class FifoQueue {

    /** Messages in flight (SQS developer guide, "Amazon SQS message quotas"). */
    private static final int MAX_IN_FLIGHT = 20_000;

    /** Keeps a stuck consumer from filling the memory; SQS has no such limit. */
    private static final int MAX_MESSAGES = 200_000;

    /** Numbers go on growing over a restart: consumers remember the last one that they have seen. */
    private static final long NUMBERS_A_MILLISECOND = 100_000;

    /** How many messages there are, given out or not. */
    record Counts(long visible, long inFlight) {}

    private final QueueOptions options;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, FifoGroup> groups = new HashMap<>();
    private final LinkedHashSet<FifoGroup> ready = new LinkedHashSet<>();
    private final Map<String, FifoGroup.Entry> all = new HashMap<>();
    private final Map<String, FifoGroup.Entry> inFlight = new LinkedHashMap<>();
    private final DeduplicationWindow window = new DeduplicationWindow();
    private final List<Waiter> waiters = new ArrayList<>();
    private long sequence;

    // No message in flight becomes visible before this time, so that a look at the clock is enough mostly.
    private long nextExpiry = Long.MAX_VALUE;

    FifoQueue(QueueOptions options, Clock clock) {
        this.options = options;
        this.clock = clock;
        sequence = clock.millis() * NUMBERS_A_MILLISECOND;
    }

    QueueOptions options() {
        return options;
    }

    /**
     * Stores a message, unless one with its deduplication id came within 5 min.
     *
     * @throws SqsError if the queue is full
     */
    SentMessage send(NewMessage message) {
        Answers answers = new Answers();
        lock.lock();
        try {
            long now = clock.millis();
            SentMessage before = window.find(message.deduplicationId(), now);
            if (before != null) {
                return before;
            }
            if (all.size() >= MAX_MESSAGES) {
                throw new SqsError(SqsError.Code.OVER_LIMIT, "The queue holds " + MAX_MESSAGES + " messages already");
            }
            SentMessage sent = store(UUID.randomUUID().toString(), message, now);
            window.add(message.deduplicationId(), sent, now);
            serve(now, answers);
            return sent;
        } finally {
            lock.unlock();
            answers.give();
        }
    }

    /**
     * Gives out messages, or waits for some.
     *
     * @param max 1 to 10
     * @param visibility how long they stay hidden; null for the queue's own timeout
     * @return completes with an empty list when the wait is over; whoever no longer wants it cancels it
     * @throws SqsError if too many are in flight
     */
    CompletableFuture<List<Delivery>> receive(int max, Duration wait, @Nullable Duration visibility) {
        lock.lock();
        try {
            long now = clock.millis();
            Duration hidden = visibility == null ? options.visibilityTimeout() : visibility;
            expire(now);
            List<Delivery> deliveries = deliver(max, hidden, now);
            if (!deliveries.isEmpty() || wait.isZero()) {
                return CompletableFuture.completedFuture(deliveries);
            }
            Waiter waiter = new Waiter(new CompletableFuture<>(), max, hidden, now + wait.toMillis());
            waiters.add(waiter);
            return waiter.answer();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Deletes a message that is in flight; one that is already deleted stays so.
     *
     * @throws SqsError if the receipt handle is none, or has expired
     */
    void delete(String receiptHandle) {
        Answers answers = new Answers();
        lock.lock();
        try {
            long now = clock.millis();
            FifoGroup.Entry entry = find(receiptHandle);
            if (entry == null) {
                return;
            }
            if (!entry.heldBy(receiptHandle) || entry.visible(now)) {
                throw new SqsError(
                        SqsError.Code.INVALID_PARAMETER,
                        "Value " + receiptHandle + " for parameter ReceiptHandle is invalid. Reason: The receipt"
                                + " handle has expired.");
            }
            entry.group().remove(entry);
            drop(entry);
            settle(entry);
            serve(now, answers);
        } finally {
            lock.unlock();
            answers.give();
        }
    }

    /**
     * Hides a message in flight for a time from now on; zero gives it back at once.
     *
     * @throws SqsError if the message is not in flight under this receipt handle
     */
    void changeVisibility(String receiptHandle, Duration visibility) {
        Answers answers = new Answers();
        lock.lock();
        try {
            long now = clock.millis();
            FifoGroup.Entry entry = find(receiptHandle);
            if (entry == null || !entry.heldBy(receiptHandle) || entry.visible(now)) {
                throw new SqsError(SqsError.Code.NOT_IN_FLIGHT, "The message is not in flight");
            }
            long until = now + visibility.toMillis();
            entry.hideUntil(until);
            nextExpiry = Math.min(nextExpiry, until);
            serve(now, answers);
        } finally {
            lock.unlock();
            answers.give();
        }
    }

    /** Deletes every message. */
    void purge() {
        lock.lock();
        try {
            groups.clear();
            ready.clear();
            all.clear();
            inFlight.clear();
            window.clear();
        } finally {
            lock.unlock();
        }
    }

    Counts counts() {
        lock.lock();
        try {
            expire(clock.millis());
            return new Counts(all.size() - inFlight.size(), inFlight.size());
        } finally {
            lock.unlock();
        }
    }

    /** Ends what time ends: visibility timeouts and waits. To be called a few times a second. */
    void tick() {
        Answers answers = new Answers();
        lock.lock();
        try {
            if (!waiters.isEmpty()) {
                serve(clock.millis(), answers);
            }
        } finally {
            lock.unlock();
            answers.give();
        }
    }

    /** Ends every wait. */
    void close() {
        Answers answers = new Answers();
        lock.lock();
        try {
            waiters.forEach(waiter -> answers.add(waiter, List.of()));
            waiters.clear();
        } finally {
            lock.unlock();
            answers.give();
        }
    }

    private void take(FifoGroup.Entry exhausted) {
        Answers answers = new Answers();
        lock.lock();
        try {
            long now = clock.millis();
            if (all.size() < MAX_MESSAGES) { // a full dead-letter queue loses them: nobody looked at it for long
                store(exhausted.sent().messageId(), exhausted.message(), now);
                serve(now, answers);
            }
        } finally {
            lock.unlock();
            answers.give();
        }
    }

    private SentMessage store(String id, NewMessage message, long now) {
        sequence++;
        SentMessage sent = new SentMessage(id, "1%019d".formatted(sequence));
        FifoGroup group = groups.computeIfAbsent(message.groupId(), _ -> new FifoGroup());
        all.put(sent.messageId(), group.add(sent, message, now));
        if (group.ready()) {
            ready.add(group);
        }
        return sent;
    }

    private FifoGroup.@Nullable Entry find(String receiptHandle) {
        int end = receiptHandle.indexOf('#');
        if (end < 0) {
            throw new SqsError(SqsError.Code.RECEIPT_HANDLE_INVALID, "The receipt handle is not valid");
        }
        return all.get(receiptHandle.substring(0, end));
    }

    private void drop(FifoGroup.Entry entry) {
        all.remove(entry.sent().messageId());
        inFlight.remove(entry.sent().messageId());
    }

    /** Puts the group of a message that is no longer in flight where it belongs. */
    private void settle(FifoGroup.Entry entry) {
        FifoGroup group = entry.group();
        if (group.isEmpty()) {
            ready.remove(group);
            groups.remove(entry.message().groupId(), group);
        } else if (group.ready()) {
            ready.add(group);
        }
    }

    private void expire(long now) {
        if (now < nextExpiry) {
            return;
        }
        nextExpiry = Long.MAX_VALUE;
        Iterator<FifoGroup.Entry> entries = inFlight.values().iterator();
        while (entries.hasNext()) {
            FifoGroup.Entry entry = entries.next();
            if (entry.visible(now)) {
                entries.remove();
                entry.group().release(entry);
                settle(entry);
            } else {
                nextExpiry = Math.min(nextExpiry, entry.visibleAt());
            }
        }
    }

    private void serve(long now, Answers answers) {
        expire(now);
        Iterator<Waiter> each = waiters.iterator();
        while (each.hasNext()) {
            Waiter waiter = each.next();
            if (waiter.answer().isDone()) { // cancelled
                each.remove();
                continue;
            }
            List<Delivery> deliveries = ready.isEmpty() ? List.of() : deliver(waiter.max(), waiter.hidden(), now);
            if (!deliveries.isEmpty() || waiter.until() <= now) {
                each.remove();
                answers.add(waiter, deliveries);
            }
        }
    }

    private List<Delivery> deliver(int max, Duration hidden, long now) {
        List<Delivery> deliveries = new ArrayList<>();
        long until = now + hidden.toMillis();
        int room = Math.min(max, MAX_IN_FLIGHT - inFlight.size());
        while (deliveries.size() < room && !ready.isEmpty()) {
            FifoGroup group = ready.removeFirst();
            int maxReceives = moveExhausted(group);
            for (FifoGroup.Entry entry : group.deliver(room - deliveries.size(), maxReceives, now, until, deliveries)) {
                inFlight.put(entry.sent().messageId(), entry);
                nextExpiry = Math.min(nextExpiry, until);
            }
        }
        return deliveries;
    }

    private int moveExhausted(FifoGroup group) {
        Redrive redrive = options.redrive();
        if (redrive == null) {
            return Integer.MAX_VALUE;
        }
        for (FifoGroup.Entry entry : group.takeExhausted(redrive.maxReceives())) {
            drop(entry);
            settle(entry);
            redrive.deadLetters().take(entry);
        }
        ready.remove(group); // its next messages go out now
        return redrive.maxReceives();
    }

    private record Waiter(CompletableFuture<List<Delivery>> answer, int max, Duration hidden, long until) {}

    /** Answers that are given when the lock is free again. */
    private static final class Answers {
        private final List<Runnable> prepared = new ArrayList<>();

        private void add(Waiter waiter, List<Delivery> deliveries) {
            prepared.add(() -> waiter.answer().complete(deliveries));
        }

        private void give() {
            prepared.forEach(Runnable::run);
        }
    }
}
