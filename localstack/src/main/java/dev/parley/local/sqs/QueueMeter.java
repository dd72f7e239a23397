package dev.parley.local.sqs;

/** Hears of every request to the queues, for the bill and the metrics. Implementations are thread-safe and return at once. */
@FunctionalInterface
public interface QueueMeter {

    /**
     * A request was answered, whatever the answer.
     *
     * @param action as the API names it, for example {@code SendMessageBatch}
     * @param bytes of the request's body or of the answer's, whichever are more
     */
    void queueRequest(String action, int bytes);

    /** A meter that counts nothing. */
    static QueueMeter none() {
        return (action, bytes) -> {};
    }
}
