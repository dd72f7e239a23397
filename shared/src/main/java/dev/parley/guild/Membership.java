package dev.parley.guild;

import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/**
 * What a user is in a guild.
 *
 * @param permissions the user's permissions in the guild, before any channel's overwrites
 */
public record Membership(Snowflake guildId, Snowflake userId, long permissions) {

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
