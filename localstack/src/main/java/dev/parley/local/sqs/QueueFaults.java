package dev.parley.local.sqs;

import java.time.Duration;

/** What goes wrong between a queue and its function on request. Implementations are thread-safe and return at once. */
public interface QueueFaults {

    /** How long a batch that was received is held before its function runs. Asked once for each. */
    Duration delay();

    /** Whether the deletion of what a function has done is lost. Asked once for each batch. */
    boolean losesDelete();

    /** Nothing goes wrong. */
    static QueueFaults none() {
        return new QueueFaults() {
            @Override
            public Duration delay() {
                return Duration.ZERO;
            }

            @Override
            public boolean losesDelete() {
                return false;
            }
        };
    }
}
