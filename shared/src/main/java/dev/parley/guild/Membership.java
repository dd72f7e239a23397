package dev.parley.guild;

import dev.parley.permission.Overwrite;
import dev.parley.permission.Permission;
import dev.parley.permission.PermissionCalculator;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;
import java.util.Collection;
import java.util.Set;

/**
 * What a user is in a guild.
 *
 * @param roleIds the user's roles
 * @param permissions the user's permissions in the guild, before any channel's overwrites
 * @param timedOut whether a time-out takes most of them, which is done already
 */
public record Membership(
        Snowflake guildId, Snowflake userId, Set<Snowflake> roleIds, long permissions, boolean timedOut) {

    /** The user's permissions in a channel with these overwrites. */
    public long inChannel(Collection<Overwrite> overwrites) {
        return withTimeout(PermissionCalculator.inChannel(permissions, guildId, userId, roleIds, overwrites));
    }

    /** The user's permissions in a thread, if it were public, of a channel with these overwrites. */
    public long inThread(Collection<Overwrite> overwrites) {
        return withTimeout(PermissionCalculator.inThread(permissions, guildId, userId, roleIds, overwrites));
    }

    /** Overwrites may have given something back. */
    private long withTimeout(long inChannel) {
        return timedOut ? PermissionCalculator.timedOut(inChannel) : inChannel;
    }

    /**
     * Passes if the member may.
     *
     * @throws ApiException {@code MISSING_PERMISSIONS}
     */
    public Membership require(Permission permission) {
        if (!permission.in(permissions)) {
            throw new ApiException(ErrorCode.MISSING_PERMISSIONS);
        }
        return this;
    }
}
