package dev.parley.local.apigateway;

import java.time.Duration;

/**
 * What goes wrong with one POST to a connection.
 *
 * @param delay how long {@link Effect#DELAY} holds the message; zero for the others
 */
public record PostFault(Effect effect, Duration delay) {

    /** The ways to go wrong. */
    public enum Effect {
        /** The message is not delivered, and the caller's connection closes without an answer. */
        DROP_BEFORE,
        /** The message is delivered, and the caller's connection closes without an answer. */
        DROP_AFTER,
        /** 410 without delivery, though the connection is open; seen on AWS right after a connect. */
        GONE,
        /** 429 without delivery, as when the account's rate is used up. */
        THROTTLED,
        /** The message waits before it is delivered. */
        DELAY
    }
}
