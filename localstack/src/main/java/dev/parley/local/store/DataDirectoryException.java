package dev.parley.local.store;

/** The data folder cannot be used. The message is one line for the person who named the folder. */
public final class DataDirectoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DataDirectoryException(String message) {
        super(message);
    }

    DataDirectoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
