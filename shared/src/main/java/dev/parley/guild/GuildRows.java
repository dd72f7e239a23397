package dev.parley.guild;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.emoji.Emoji;
import dev.parley.emoji.EmojiRows;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Json;
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
     * A guild with its roles and emojis.
     *
     * @throws ApiException {@code UNKNOWN_GUILD}
     */
    static Guild find(Handle handle, Snowflake guildId) {
        List<Role> roles = RoleRows.ofGuild(handle, guildId);
        List<Emoji> emojis = EmojiRows.ofGuild(handle, guildId);
        return handle.select(
                        "SELECT name, icon, owner_id, system_channel_id, settings FROM guilds WHERE id = ?",
                        guildId.value())
                .map((rs, context) -> {
                    long systemChannelId = rs.getLong("system_channel_id");
                    return new Guild(
                            guildId,
                            rs.getString("name"),
                            rs.getString("icon"),
                            new Snowflake(rs.getLong("owner_id")),
                            systemChannelId == 0 ? null : new Snowflake(systemChannelId),
                            roles,
                            emojis,
                            (ObjectNode) Json.parse(rs.getString("settings")));
                })
                .findOne()
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_GUILD));
    }

    /** Stores all of a guild but its roles and emojis. */
    static void update(Handle handle, Guild guild) {
        Snowflake systemChannelId = guild.systemChannelId();
        handle.execute(
                "UPDATE guilds SET name = ?, icon = ?, owner_id = ?, system_channel_id = ?, settings = ? WHERE id = ?",
                guild.name(),
                guild.icon(),
                guild.ownerId().value(),
                systemChannelId == null ? null : systemChannelId.value(),
                Json.text(guild.settings()),
                guild.id().value());
    }

    /** Removes a guild with its roles, members, channels, messages and invites. */
    static void delete(Handle handle, Snowflake guildId) {
        handle.execute("DELETE FROM guilds WHERE id = ?", guildId.value());
    }
}
