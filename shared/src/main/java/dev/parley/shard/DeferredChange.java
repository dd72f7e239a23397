package dev.parley.shard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.snowflake.Snowflake;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A change of one cluster that belongs to a transaction of another.
 *
 * @param id one of each kind
 * @param shard the logical shard whose content it changes; null for the directory
 * @param data what its {@link Handler} needs
 */
public record DeferredChange(
        Kind kind, Snowflake id, @Nullable LogicalShard shard, ObjectNode data) {

    /** What is changed. The names are stored. */
    public enum Kind {
        /** An entry of the audit log, with its event. */
        AUDIT_LOG_ENTRY,

        /** The number of messages in a thread. */
        THREAD_COUNT,

        /** A message that was posted where something else happened, with its event. */
        MESSAGE,

        /** The flags of a message. */
        MESSAGE_FLAGS
    }

    /** What makes a change. */
    @FunctionalInterface
    public interface Handler {

        /** Makes the change in the caller's transaction. */
        void apply(Handle transaction, ObjectNode data);
    }

    /** A change of the directory. */
    public static DeferredChange ofDirectory(Kind kind, Snowflake id, ObjectNode data) {
        return new DeferredChange(kind, id, null, data);
    }

    /** A change of content. */
    public static DeferredChange ofContent(Kind kind, Snowflake id, LogicalShard shard, ObjectNode data) {
        return new DeferredChange(kind, id, shard, data);
    }
}
