package dev.parley.local.apigateway;

import java.time.Clock;

/**
 * The account's token bucket, one for HTTP requests, WebSocket messages and callbacks ("Amazon API Gateway quotas":
 * throttle quota per account, per Region).
 *
 * <p>Thread-safe.
 */
final class AccountThrottle {

    private final double ratePerMilli;
    private final int burst;
    private final Clock clock;
    private double tokens;
    private long filledAt;

    /** @param requestsPerSecond the rate; 0 lets everything pass */
    AccountThrottle(int requestsPerSecond, int burst, Clock clock) {
        this.ratePerMilli = requestsPerSecond / 1000.0;
        this.burst = burst;
        this.clock = clock;
        this.tokens = burst;
        this.filledAt = clock.millis();
    }

    /** Takes a token; false when there is none. */
    boolean tryTake() {
        if (ratePerMilli == 0) {
            return true;
        }
        synchronized (this) {
            long now = clock.millis();
            if (now > filledAt) {
                tokens = Math.min(burst, tokens + (now - filledAt) * ratePerMilli);
                filledAt = now;
            }
            if (tokens < 1) {
                return false;
            }
            tokens -= 1;
            return true;
        }
    }
}
