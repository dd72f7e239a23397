package dev.parley.channel;

import dev.parley.fanout.Audience;
import dev.parley.guild.Member;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A channel that a user can see, and what the user may do there. In a thread SEND_MESSAGES means
 * SEND_MESSAGES_IN_THREADS.
 *
 * @param permissions all of them in a direct-message channel; without SEND_MESSAGES if it is of two, of whom one has
 *     blocked the other or is deleted
 * @param member the user in the guild; null in a direct-message channel
 * @param recipients the users of a direct-message channel, this one included; empty in a guild
 * @param threadMember the user in the thread; null where it is none, or the user has not joined
 */
public record ChannelAccess(
        Channel channel,
        Snowflake userId,
        long permissions,
        @Nullable Member member,
        List<Snowflake> recipients,
        @Nullable ThreadMember threadMember) {

    /** What nobody does in a thread that is archived. */
    private static final Set<Permission> NEED_AN_ACTIVE_THREAD =
            Set.of(Permission.ADD_REACTIONS, Permission.PIN_MESSAGES);

    /** Whether the user may. */
    public boolean may(Permission permission) {
        return permission.in(permissions);
    }

    /**
     * Passes if the user may. A message may be sent to an archived thread, which it brings back; other than that, nothing
     * is done there.
     *
     * @throws ApiException {@code MISSING_PERMISSIONS}, in a direct-message channel {@code CANNOT_MESSAGE_USER}; {@code
     *     THREAD_LOCKED} for SEND_MESSAGES in a locked thread, unless the user manages threads; {@code THREAD_ARCHIVED} for
     *     ADD_REACTIONS and PIN_MESSAGES in an archived one
     */
    public ChannelAccess require(Permission permission) {
        if (!may(permission)) {
            throw new ApiException(
                    channel.guildId() == null ? ErrorCode.CANNOT_MESSAGE_USER : ErrorCode.MISSING_PERMISSIONS);
        }
        ThreadState thread = channel.thread();
        if (thread != null) {
            if (permission == Permission.SEND_MESSAGES && thread.locked() && !may(Permission.MANAGE_THREADS)) {
                throw new ApiException(ErrorCode.THREAD_LOCKED);
            }
            if (thread.archived() && NEED_AN_ACTIVE_THREAD.contains(permission)) {
                throw new ApiException(ErrorCode.THREAD_ARCHIVED);
            }
        }
        return this;
    }

    /**
     * Passes if the user may send a message there.
     *
     * @throws ApiException as {@link #require}; {@code WRONG_CHANNEL_TYPE} if nobody can
     */
    public ChannelAccess requireSend() {
        require(Permission.SEND_MESSAGES);
        if (!channel.takesMessages()) {
            throw new ApiException(ErrorCode.WRONG_CHANNEL_TYPE);
        }
        return this;
    }

    /**
     * Passes if the channel is no thread that is archived.
     *
     * @throws ApiException {@code THREAD_ARCHIVED}
     */
    public ChannelAccess requireActive() {
        ThreadState thread = channel.thread();
        if (thread != null && thread.archived()) {
            throw new ApiException(ErrorCode.THREAD_ARCHIVED);
        }
        return this;
    }

    /** Who hears of what happens in the channel. */
    public Audience audience() {
        Snowflake guildId = channel.guildId();
        return guildId == null
                ? new Audience.DirectMessage(channel.id(), recipients, recipients.size() == 1)
                : new Audience.Guild(guildId, channel.id());
    }
}
