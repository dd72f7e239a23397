package dev.parley.connection;

/** What became of a message to a connection. */
public enum PostOutcome {
    /** API Gateway has taken it. */
    DELIVERED,
    /** 410: there is no such connection any more, or not yet. */
    GONE,
    /** 429: too many calls, or the client does not read; trying later may help. */
    THROTTLED,
    /** 413: it will never fit. */
    TOO_LARGE,
    /** 400 or 403: the call itself is wrong, which is a fault of the deployment. */
    REFUSED,
    /** No answer, or a server error; it may have been delivered. */
    FAILED
}
