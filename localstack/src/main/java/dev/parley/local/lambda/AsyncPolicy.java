package dev.parley.local.lambda;

import java.time.Duration;
import java.util.List;

/**
 * How asynchronous events are kept and tried again (Lambda developer guide, "How Lambda handles errors and retries with
 * asynchronous invocation").
 *
 * @param capacity events that wait or run at the most
 * @param retryDelays the pauses before each further try of an event whose function failed; AWS waits 1 and 2 min
 * @param maxAge how long an event that is throttled is tried again; 6 h on AWS
 */
public record AsyncPolicy(int capacity, List<Duration> retryDelays, Duration maxAge) {

    public AsyncPolicy {
        if (capacity < 1) {
            throw new IllegalArgumentException("The capacity is at least 1: " + capacity);
        }
        retryDelays = List.copyOf(retryDelays);
    }

    /** Room for 10,000 events, two retries after 1 and 2 s, throttled ones kept for 5 min. */
    public static AsyncPolicy local() {
        return new AsyncPolicy(10_000, List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)), Duration.ofMinutes(5));
    }
}
