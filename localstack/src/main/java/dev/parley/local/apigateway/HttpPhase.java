package dev.parley.local.apigateway;

/** What an HTTP connection is doing, and how long it may take. */
enum HttpPhase {
    /** Between two requests. */
    IDLE(60_000),
    /** The client sends a request's head; the first one counts from the connection's start. */
    HEAD(30_000),
    /** The client sends a request's body; counted from the last piece. */
    BODY(30_000),
    /** The answer is being made. What makes it has its own, shorter limit. */
    RUNNING(60_000),
    /** The client takes the answer. */
    WRITING(30_000),
    /** The request was refused before its end; what the client still sends is dropped. */
    LINGERING(2_000);

    private final long limitMillis;

    HttpPhase(long limitMillis) {
        this.limitMillis = limitMillis;
    }

    long limitMillis() {
        return limitMillis;
    }
}
