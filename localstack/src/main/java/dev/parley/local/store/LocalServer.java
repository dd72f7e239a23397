package dev.parley.local.store;

/** A server of the local cloud that can be away for a while. One thread at a time; other methods of it go on working. */
public interface LocalServer {

    /**
     * Stops it in good order; what it has acknowledged stays. Takes 20 s at the most.
     *
     * @throws LocalStoreException if it cannot be stopped
     */
    void stop();

    /**
     * Starts it again after {@link #stop()}, where it was, and waits until it takes commands.
     *
     * @throws LocalStoreException if it does not start
     */
    void startAgain();

    /**
     * Makes it stand still, without closing a connection, until the result is closed or this JVM ends.
     *
     * @throws LocalStoreException if it cannot be paused
     */
    Pause pause();
}
