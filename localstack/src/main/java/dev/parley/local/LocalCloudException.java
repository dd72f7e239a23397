package dev.parley.local;

/** A part of the local cloud did not start. The message is for the person at the terminal. */
public final class LocalCloudException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LocalCloudException(String message) {
        super(message);
    }

    LocalCloudException(String message, Throwable cause) {
        super(message, cause);
    }
}
