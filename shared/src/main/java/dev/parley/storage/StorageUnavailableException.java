package dev.parley.storage;

/** The object store did not answer, or refused what it should take. */
public final class StorageUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StorageUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
