package dev.parley.store;

/** The database gave no connection in time. Nothing of what was asked has happened. */
public final class DatabaseUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseUnavailableException(Throwable cause) {
        super("The database gave no connection", cause);
    }
}
