package dev.parley.local.lambda;

import dev.parley.local.lambda.InvocationException.Reason;

/** How large events and answers may be (Lambda developer guide, "Lambda quotas"). */
final class PayloadLimits {

    /** Bytes of a synchronous event, and of an answer. */
    static final int SYNC = 6 * 1024 * 1024;

    /** Bytes of an asynchronous event. */
    static final int ASYNC = 1024 * 1024;

    private PayloadLimits() {}

    static void checkSync(String function, byte[] event) {
        check(function, "event", event.length, SYNC);
    }

    static void checkAsync(String function, byte[] event) {
        check(function, "asynchronous event", event.length, ASYNC);
    }

    static void checkAnswer(String function, long length) {
        check(function, "answer", length, SYNC);
    }

    private static void check(String function, String what, long length, int limit) {
        if (length > limit) {
            throw new InvocationException(
                    Reason.TOO_LARGE,
                    "The " + what + " of function " + function + " is over " + limit + " bytes: " + length);
        }
    }
}
