package dev.parley.thread;

import dev.parley.channel.Channel;
import dev.parley.channel.ChannelRows;
import dev.parley.channel.ThreadMember;
import dev.parley.channel.ThreadState;
import dev.parley.guild.Standing;
import dev.parley.permission.Permission;
import dev.parley.permission.PermissionCalculator;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A thread that a member is about to change, or a channel in which a member is about to make one.
 *
 * @param parent the channel that the thread is in
 * @param joined the member in the thread; null if it is not there
 * @param permissions the member's permissions in the thread
 */
record ThreadUnderLock(
        Channel thread,
        Channel parent,
        Standing standing,
        @Nullable ThreadMember joined,
        long permissions) {

    /**
     * Takes the guild's row until the transaction ends, and reads the thread.
     *
     * @throws ApiException {@code UNKNOWN_GUILD} if the user is not in the guild any more; {@code UNKNOWN_CHANNEL}; {@code
     *     MISSING_ACCESS} if the user cannot see it
     */
    static ThreadUnderLock take(Handle transaction, Snowflake guildId, Snowflake threadId, Snowflake userId) {
        Standing standing = Standing.lock(transaction, guildId, userId);
        Channel thread =
                ThreadRows.find(transaction, threadId).orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_CHANNEL));
        Channel parent = ChannelRows.findAll(transaction, List.of(Objects.requireNonNull(thread.parentId())))
                .getFirst();
        ThreadMember joined =
                ThreadMemberRows.find(transaction, threadId, userId).orElse(null);
        long permissions = standing.inThread(parent.permissionOverwrites());
        if (thread.type() == Channel.PRIVATE_THREAD) {
            permissions = PermissionCalculator.inPrivateThread(permissions, joined != null);
        }
        if (!Permission.VIEW_CHANNEL.in(permissions)) {
            throw new ApiException(ErrorCode.MISSING_ACCESS);
        }
        return new ThreadUnderLock(thread, parent, standing, joined, permissions);
    }

    ThreadState state() {
        return Objects.requireNonNull(thread.thread());
    }

    Snowflake guildId() {
        return standing.guildId();
    }

    boolean may(Permission permission) {
        return permission.in(permissions);
    }

    /** Whether the member made the thread, and may still do something in it. */
    boolean owns() {
        return state().ownerId().equals(standing.userId()) && may(Permission.SEND_MESSAGES);
    }

    boolean isPrivate() {
        return thread.type() == Channel.PRIVATE_THREAD;
    }

    /**
     * Passes if it is so.
     *
     * @throws ApiException {@code MISSING_PERMISSIONS}
     */
    ThreadUnderLock require(boolean passes) {
        if (!passes) {
            throw new ApiException(ErrorCode.MISSING_PERMISSIONS);
        }
        return this;
    }

    /**
     * Passes if the thread is not archived.
     *
     * @throws ApiException {@code THREAD_ARCHIVED}
     */
    ThreadUnderLock requireActive() {
        if (state().archived()) {
            throw new ApiException(ErrorCode.THREAD_ARCHIVED);
        }
        return this;
    }
}
