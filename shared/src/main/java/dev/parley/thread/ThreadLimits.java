package dev.parley.thread;

import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;
import org.jdbi.v3.core.Handle;

/** How many threads and members there can be (Discord documentation, "Threads"). */
final class ThreadLimits {

    /** Active threads in a guild. */
    static final int ACTIVE = 1_000;

    /** Members of a thread. */
    static final int MEMBERS = 1_000;

    private ThreadLimits() {}

    /**
     * Passes if a guild, whose row the caller has, can have one active thread more.
     *
     * @throws ApiException {@code MAXIMUM_ACTIVE_THREADS}
     */
    static void requireRoomForActive(Handle handle, Snowflake guildId) {
        if (ThreadRows.countActive(handle, guildId) >= ACTIVE) {
            throw new ApiException(ErrorCode.MAXIMUM_ACTIVE_THREADS);
        }
    }

    /**
     * Passes if a thread, whose guild's row the caller has, can have one member more.
     *
     * @throws ApiException {@code MAXIMUM_THREAD_PARTICIPANTS}
     */
    static void requireRoomForMember(Handle handle, Snowflake threadId) {
        if (ThreadMemberRows.count(handle, threadId) >= MEMBERS) {
            throw new ApiException(ErrorCode.MAXIMUM_THREAD_PARTICIPANTS);
        }
    }
}
