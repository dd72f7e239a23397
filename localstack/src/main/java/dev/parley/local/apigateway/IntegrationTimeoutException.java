package dev.parley.local.apigateway;

import java.time.Duration;

/** A function did not answer within the integration's timeout; it may still be running. */
final class IntegrationTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IntegrationTimeoutException(String function, Duration timeout) {
        super(function + " took longer than " + timeout.toSeconds() + " s");
    }
}
