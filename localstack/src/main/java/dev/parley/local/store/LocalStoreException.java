package dev.parley.local.store;

/** A store of the local cloud did not start or does not answer. The message tells an operator why. */
public final class LocalStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LocalStoreException(String message) {
        super(message);
    }

    LocalStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
