package dev.parley.guild;

import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table of guilds. Everything runs in the caller's transaction. */
final class GuildRows {

    private GuildRows() {}

    /**
     * Takes a guild's row until the transaction ends.
     *
     * @return the owner
     * @throws ApiException {@code UNKNOWN_GUILD}
     */
    static Snowflake lock(Handle handle, Snowflake guildId) {
        return handle.select("SELECT owner_id FROM guilds WHERE id = ? FOR UPDATE", guildId.value())
                .mapTo(Long.class)
                .map(Snowflake::new)
                .findOne()
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_GUILD));
    }

    /**
     * A guild with its roles.
     *
     * @throws ApiException {@code UNKNOWN_GUILD}
     */
    static Guild find(Handle handle, Snowflake guildId) {
        List<Role> roles = RoleRows.ofGuild(handle, guildId);
        return handle.select("SELECT name, icon, owner_id, system_channel_id FROM guilds WHERE id = ?", guildId.value())
                .map((rs, context) -> {
                    long systemChannelId = rs.getLong("system_channel_id");
                    return new Guild(
                            guildId,
                            rs.getString("name"),
                            rs.getString("icon"),
                            new Snowflake(rs.getLong("owner_id")),
                            systemChannelId == 0 ? null : new Snowflake(systemChannelId),
                            roles);
                })
                .findOne()
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_GUILD));
    }

    static void update(Handle handle, Snowflake guildId, String name, Snowflake ownerId) {
        handle.execute("UPDATE guilds SET name = ?, owner_id = ? WHERE id = ?", name, ownerId.value(), guildId.value());
    }

    /** Takes the channel out of the guild's settings, if it is there, and says whether it was. */
    static boolean forgetChannel(Handle handle, Snowflake guildId, Snowflake channelId) {
        return handle.execute(
                        "UPDATE guilds SET system_channel_id = NULL WHERE id = ? AND system_channel_id = ?",
                        guildId.value(),
                        channelId.value())
                > 0;
    }

    /** Removes a guild with its roles, members, channels, messages and invites. */
    static void delete(Handle handle, Snowflake guildId) {
        handle.execute("DELETE FROM guilds WHERE id = ?", guildId.value());
    }
}
