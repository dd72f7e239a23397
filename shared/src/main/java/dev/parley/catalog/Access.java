package dev.parley.catalog;

/** Who may call a route. */
public enum Access {
    /** Anybody; a token that is sent is not looked at. */
    PUBLIC,
    /** A user or a bot with a valid token in {@code Authorization}. */
    AUTHENTICATED
}
