package dev.parley.channel;

import dev.parley.guild.Standing;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * A guild's channel that a member is about to change.
 *
 * @param siblings all channels of the guild, this one included
 * @param permissions the member's permissions in the channel
 */
public record ChannelUnderLock(Channel channel, List<Channel> siblings, Standing standing, long permissions) {

    /**
     * Takes the guild's row until the transaction ends, and reads the channel.
     *
     * @throws ApiException {@code UNKNOWN_GUILD} if the user is not in the guild any more; {@code UNKNOWN_CHANNEL}; {@code
     *     MISSING_ACCESS} if the user cannot see it
     */
    public static ChannelUnderLock take(Handle transaction, Snowflake guildId, Snowflake channelId, Snowflake userId) {
        Standing standing = Standing.lock(transaction, guildId, userId);
        List<Channel> channels = ChannelRows.ofGuild(transaction, guildId);
        Channel channel = channels.stream()
                .filter(one -> one.id().equals(channelId))
                .findFirst()
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_CHANNEL));
        long permissions = standing.inChannel(channel.permissionOverwrites());
        if (!Permission.VIEW_CHANNEL.in(permissions)) {
            throw new ApiException(ErrorCode.MISSING_ACCESS);
        }
        return new ChannelUnderLock(channel, channels, standing, permissions);
    }

    /**
     * Passes if the member may.
     *
     * @throws ApiException {@code MISSING_PERMISSIONS}
     */
    public ChannelUnderLock require(Permission permission) {
        if (!permission.in(permissions)) {
            throw new ApiException(ErrorCode.MISSING_PERMISSIONS);
        }
        return this;
    }

    /** The member's permissions in the channel's category; 0 without one. */
    long inCategory() {
        Snowflake parentId = channel.parentId();
        return siblings.stream()
                .filter(one -> one.id().equals(parentId))
                .mapToLong(category -> standing.inChannel(category.permissionOverwrites()))
                .findFirst()
                .orElse(0);
    }

    /** The channels that are in this one, a category. */
    List<Channel> children() {
        return siblings.stream()
                .filter(one -> channel.id().equals(one.parentId()))
                .toList();
    }
}
