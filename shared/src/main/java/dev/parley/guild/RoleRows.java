package dev.parley.guild;

import dev.parley.snowflake.Snowflake;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
                "INSERT INTO roles (id, guild_id, name, permissions, position, color, hoist, mentionable, bot_id)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                role.id().value(),
                guildId.value(),
                role.name(),
                role.permissions(),
                role.position(),
                role.color(),
                role.hoist(),
                role.mentionable(),
                role.botId() == null ? null : role.botId().value());
    }

    static void update(Handle handle, Role role) {
        handle.execute(
                "UPDATE roles SET name = ?, permissions = ?, position = ?, color = ?, hoist = ?, mentionable = ?"
                        + " WHERE id = ?",
                role.name(),
                role.permissions(),
                role.position(),
                role.color(),
                role.hoist(),
                role.mentionable(),
                role.id().value());
    }

    /** How many members have each role that somebody has. */
    static Map<Snowflake, Integer> memberCounts(Handle handle, Snowflake guildId) {
        Map<Snowflake, Integer> counts = new HashMap<>();
        handle.select(
                        "SELECT role_id, count(*) FROM members m, unnest(m.role_ids) AS role_id"
                                + " WHERE m.guild_id = ? GROUP BY role_id",
                        guildId.value())
                .map((rs, context) -> counts.put(new Snowflake(rs.getLong(1)), rs.getInt(2)))
                .list();
        return counts;
    }

    /** Removes a role, also from the members that have it and the channels that name it. */
    static void delete(Handle handle, Snowflake guildId, Snowflake roleId) {
        handle.execute(
                "UPDATE members SET role_ids = array_remove(role_ids, ?) WHERE guild_id = ? AND ? = ANY (role_ids)",
                roleId.value(),
                guildId.value(),
                roleId.value());
        handle.execute(
                "DELETE FROM channel_overwrites o USING channels c"
                        + " WHERE c.id = o.channel_id AND c.guild_id = ? AND o.target_id = ?",
                guildId.value(),
                roleId.value());
        handle.execute("DELETE FROM roles WHERE guild_id = ? AND id = ?", guildId.value(), roleId.value());
    }
}
