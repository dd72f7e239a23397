package dev.parley.catalog;

import java.time.Duration;

/**
 * One SQS FIFO queue and the function that an event source mapping feeds from it.
 *
 * @param name the queue's name; it ends in {@code .fifo}, as SQS demands of FIFO queues
 * @param visibilityTimeout how long a received message stays hidden; at least 6 times the consumer's timeout (Lambda
 *     developer guide, "Configuring an SQS queue to use with Lambda")
 * @param maxReceives deliveries before a message moves to the dead-letter queue
 * @param batchSize messages an invocation gets at the most, 1 to 10 for FIFO queues
 * @param consumer the function that is invoked with each batch; it reports partial batch failures
 */
public record QueueSpec(
        String name, Duration visibilityTimeout, int maxReceives, int batchSize, FunctionSpec consumer) {

    /** The name of the queue that takes what could not be handled. */
    public String deadLetterName() {
        return name.substring(0, name.length() - ".fifo".length()) + "-dead.fifo";
    }
}
