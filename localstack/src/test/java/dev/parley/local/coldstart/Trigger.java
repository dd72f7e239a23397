package dev.parley.local.coldstart;

/** Something that a client does and that makes one function run. Used by one thread. */
interface Trigger extends AutoCloseable {

    /** Makes the function run once, and returns when the client has what it is to get. */
    void pull();

    @Override
    default void close() {}
}
