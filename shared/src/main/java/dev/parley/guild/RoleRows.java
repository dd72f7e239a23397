package dev.parley.guild;

import dev.parley.snowflake.Snowflake;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table of roles. Everything runs in the caller's transaction. */
final class RoleRows {

    private RoleRows() {}

    static List<Role> ofGuild(Handle handle, Snowflake guildId) {
        return handle.select(
                        "SELECT id, name, permissions, position, color, hoist, mentionable, bot_id"
                                + " FROM roles WHERE guild_id = ? ORDER BY position, id",
                        guildId.value())
                .map((rs, context) -> {
                    long botId = rs.getLong("bot_id");
                    return new Role(
                            new Snowflake(rs.getLong("id")),
                            rs.getString("name"),
                            rs.getLong("permissions"),
                            rs.getInt("position"),
                            rs.getInt("color"),
                            rs.getBoolean("hoist"),
                            rs.getBoolean("mentionable"),
                            botId == 0 ? null : new Snowflake(botId));
                })
                .list();
    }

    static void insert(Handle handle, Snowflake guildId, Role role) {
        handle.execute(
                "INSERT INTO roles (id, guild_id, name, permissions, position, bot_id) VALUES (?, ?, ?, ?, ?, ?)",
                role.id().value(),
                guildId.value(),
                role.name(),
                role.permissions(),
                role.position(),
                role.botId() == null ? null : role.botId().value());
    }

    /** The position above all roles of a guild. */
    static int nextPosition(Handle handle, Snowflake guildId) {
        return handle.select("SELECT coalesce(max(position), 0) + 1 FROM roles WHERE guild_id = ?", guildId.value())
                .mapTo(Integer.class)
                .one();
    }
}
