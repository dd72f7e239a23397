package dev.parley.connection;

import java.util.concurrent.CompletableFuture;

/** One request and what became of it. Its fields that change belong to the event loop that carries it. */
final class PostExchange {

    private static final int TRIES = 2;

    private final String method;
    private final String path;
    private final byte[] body;
    private final long deadlineNanos;
    private final CompletableFuture<PostOutcome> outcome = new CompletableFuture<>();
    private byte[] answer = {};
    private int tries;

    /**
     * A request.
     *
     * @param path as it is sent
     * @param deadlineNanos when it ends at the latest, by {@link System#nanoTime}
     */
    PostExchange(String method, String path, byte[] body, long deadlineNanos) {
        this.method = method;
        this.path = path;
        this.body = body;
        this.deadlineNanos = deadlineNanos;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    byte[] body() {
        return body;
    }

    CompletableFuture<PostOutcome> outcome() {
        return outcome;
    }

    /** The body of the answer; whole once the outcome is there. */
    byte[] answer() {
        return answer;
    }

    /** Whether it is over by that time. */
    boolean isLate(long nanos) {
        return nanos - deadlineNanos >= 0;
    }

    /** Counts a try; false if there have been enough. */
    boolean tryOnce() {
        tries++;
        return tries <= TRIES;
    }

    void end(PostOutcome result) {
        outcome.complete(result);
    }

    void end(int status, byte[] text) {
        answer = text;
        outcome.complete(outcomeOf(status));
    }

    private static PostOutcome outcomeOf(int status) {
        return switch (status) {
            case 410 -> PostOutcome.GONE;
            case 413 -> PostOutcome.TOO_LARGE;
            case 429 -> PostOutcome.THROTTLED;
            default -> status < 300 ? PostOutcome.DELIVERED : status < 500 ? PostOutcome.REFUSED : PostOutcome.FAILED;
        };
    }
}
