package dev.parley.connection;

/** The whole of {@code @connections} as Parley uses it. Implementations are thread-safe. */
public interface ManagementClient extends ConnectionPoster, ConnectionLookup {

    /** Closes the connections for good: what is under way ends as failed, and so does every request from now on. */
    void halt();
}
