package dev.parley.store;

/**
 * The database gave no connection in time, or the connection broke. Nothing of what was asked has happened, unless the
 * connection broke while statements ran that each commit by themselves, or while a transaction committed.
 */
public final class DatabaseUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseUnavailableException(Throwable cause) {
        super("The database is not available", cause);
    }
}
