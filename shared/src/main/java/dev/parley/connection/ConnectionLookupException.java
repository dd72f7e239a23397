package dev.parley.connection;

/** It is not known whether a connection is open. */
public final class ConnectionLookupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ConnectionLookupException(String message) {
        super(message);
    }

    ConnectionLookupException(String message, Throwable cause) {
        super(message, cause);
    }
}
