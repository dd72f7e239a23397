package dev.parley.local.lambda;

/** An invocation that gave no answer. The message is for operators and never reaches a client. */
public final class InvocationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why there was no answer. */
    public enum Reason {
        /** The function threw, or its process ended. */
        FUNCTION_ERROR,
        /** The function took longer than its timeout. */
        TIMED_OUT,
        /** The function's reserved concurrency, or the account's, was in use. */
        THROTTLED,
        /** The catalog has no function of that name. */
        NOT_FOUND,
        /** The event or the answer is over Lambda's limit: 6 MiB, or 1 MiB for an asynchronous event. */
        TOO_LARGE
    }

    private final Reason reason;

    public InvocationException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public InvocationException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
