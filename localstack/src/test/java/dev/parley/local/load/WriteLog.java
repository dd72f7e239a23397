package dev.parley.local.load;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What a drill's writers sent and were told, and when. Thread-safe. */
final class WriteLog {

    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentLinkedQueue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final Set<Long> failedSeconds = ConcurrentHashMap.newKeySet();
    private final LongAdder failures = new LongAdder();

    /**
     * A message that was answered with 200.
     *
     * @param sent when it was sent for the first time
     * @param answered when the answer came
     */
    record Acknowledged(long id, String content, Instant sent, Instant answered) {}

    /** A new message's number, 1 or more. */
    long begin() {
        return numbers.incrementAndGet();
    }

    void acknowledge(long id, String content, Instant sent) {
        acknowledged.add(new Acknowledged(id, content, sent, Instant.now()));
    }

    /** A request failed, or had no answer. */
    void failed() {
        failures.increment();
        failedSeconds.add(Instant.now().getEpochSecond());
    }

    List<Acknowledged> acknowledged() {
        return List.copyOf(acknowledged);
    }

    int count() {
        return acknowledged.size();
    }

    long failures() {
        return failures.sum();
    }

    /** How many seconds of the clock had at least one request that failed. */
    int failedSeconds() {
        return failedSeconds.size();
    }

    /** When the first answer came of those after a moment. */
    Optional<Instant> firstAfter(Instant moment) {
        return acknowledged.stream()
                .map(Acknowledged::answered)
                .filter(answered -> answered.isAfter(moment))
                .min(Instant::compareTo);
    }

    /** The longest time that no answer came in. */
    Duration longestSilence() {
        List<Instant> times =
                acknowledged.stream().map(Acknowledged::answered).sorted().toList();
        Duration longest = Duration.ZERO;
        for (int i = 1; i < times.size(); i++) {
            Duration silence = Duration.between(times.get(i - 1), times.get(i));
            longest = silence.compareTo(longest) > 0 ? silence : longest;
        }
        return longest;
    }
}
