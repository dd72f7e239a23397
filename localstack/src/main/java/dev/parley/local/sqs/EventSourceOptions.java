package dev.parley.local.sqs;

import java.time.Duration;

/**
 * How an event source mapping polls and retries.
 *
 * @param concurrency invocations that run at once at the most
 * @param longPoll the long poll's length, whole seconds up to 20
 * @param firstRetry how long a message that failed stays hidden the first time; doubles with each receive
 * @param longestRetry where the doubling ends
 */
public record EventSourceOptions(int concurrency, Duration longPoll, Duration firstRetry, Duration longestRetry) {

    public EventSourceOptions {
        if (concurrency < 1) {
            throw new IllegalArgumentException("The concurrency is at least 1: " + concurrency);
        }
    }

    /** 8 invocations at once, polls of 20 s, retries after 1, 2, 4 … 30 s. */
    public static EventSourceOptions local() {
        return new EventSourceOptions(8, Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofSeconds(30));
    }
}
