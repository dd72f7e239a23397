package dev.parley.functions.http;

import dev.parley.ratelimit.Decision;

/** The caller's address has sent too much that was refused. */
final class UnwelcomeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Decision refusals;

    UnwelcomeException(Decision refusals) {
        super("Too many invalid requests", null, false, false);
        this.refusals = refusals;
    }

    Decision refusals() {
        return refusals;
    }
}
