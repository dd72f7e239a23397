package dev.parley.local.sqs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a queue is created with.
 *
 * @param visibilityTimeout how long a received message stays hidden, unless the receiver says otherwise
 * @param contentDeduplication whether a message without a deduplication id gets its body's digest as one
 * @param redrive where messages go that were received too often; null if nowhere
 */
record QueueOptions(
        String name,
        Duration visibilityTimeout,
        boolean contentDeduplication,
        @Nullable Redrive redrive) {

    /**
     * A redrive policy.
     *
     * @param maxReceives deliveries before the message moves
     */
    record Redrive(FifoQueue deadLetters, int maxReceives) {}
}
