package dev.parley.channel;

import dev.parley.fanout.Audience;
import dev.parley.guild.Member;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel that a user can see, and what the user may do there.
 *
 * @param permissions all of them in a direct-message channel
 * @param member the user in the guild; null in a direct-message channel
 * @param recipients the users of a direct-message channel, this one included; empty in a guild
 */
public record ChannelAccess(
        Channel channel,
        Snowflake userId,
        long permissions,
        @Nullable Member member,
        List<Snowflake> recipients) {

    /** Whether the user may. */
    public boolean may(Permission permission) {
        return permission.in(permissions);
    }

    /**
     * Passes if the user may.
     *
     * @throws ApiException {@code MISSING_PERMISSIONS}
     */
    public ChannelAccess require(Permission permission) {
        if (!may(permission)) {
            throw new ApiException(ErrorCode.MISSING_PERMISSIONS);
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
