package dev.parley.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.guild.MemberRows;
import dev.parley.permission.Overwrite;
import dev.parley.permission.Permission;
import dev.parley.permission.PermissionCalculator;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sees a channel, for many users at once.
 *
 * <p>Thread-safe.
 */
public final class ChannelVisibility {

    /** One row with everything, since every event of a channel passes here. */
    private static final String SELECT = "SELECT g.owner_id, " + ChannelRows.OVERWRITES + """
            , (SELECT json_object_agg(r.id::text, r.permissions::text) FROM roles r
               WHERE r.guild_id = g.id) AS role_permissions
            , (SELECT json_object_agg(m.user_id::text, m.role_ids) FROM members m
               WHERE m.guild_id = g.id AND m.user_id = ANY (:users)) AS members
            FROM channels c JOIN guilds g ON g.id = c.guild_id
            WHERE c.id = :channel AND g.id = :guild
            """;

    private final Database database;

    public ChannelVisibility(Database database) {
        this.database = database;
    }

    /**
     * Those of the users who are members of the guild and see the channel.
     *
     * @return none if there is no such channel any more
     */
    public Set<Snowflake> whoSees(Snowflake guildId, Snowflake channelId, Set<Snowflake> users) {
        return database.query(handle -> handle.createQuery(SELECT)
                .bind("users", MemberRows.longs(List.copyOf(users)))
                .bind("channel", channelId.value())
                .bind("guild", guildId.value())
                .map((rs, context) -> seeing(rs, guildId))
                .findOne()
                .orElse(Set.of()));
    }

    private static Set<Snowflake> seeing(ResultSet row, Snowflake guildId) throws SQLException {
        Snowflake ownerId = new Snowflake(row.getLong("owner_id"));
        List<Overwrite> overwrites = ChannelRows.overwrites(row.getString("overwrites"));
        Map<Snowflake, Long> permissions = ChannelRows.rolePermissions(row.getString("role_permissions"));
        Set<Snowflake> seeing = new HashSet<>();
        members(row.getString("members")).forEach((userId, roleIds) -> {
            long inGuild = PermissionCalculator.inGuild(guildId, ownerId, userId, roleIds, permissions);
            long inChannel = PermissionCalculator.inChannel(inGuild, guildId, userId, roleIds, overwrites);
            if (Permission.VIEW_CHANNEL.in(inChannel)) {
                seeing.add(userId);
            }
        });
        return seeing;
    }

    private static Map<Snowflake, Set<Snowflake>> members(@Nullable String json) {
        Map<Snowflake, Set<Snowflake>> members = new HashMap<>();
        if (json != null) {
            for (Map.Entry<String, JsonNode> member : Json.parse(json).properties()) {
                Set<Snowflake> roleIds = new HashSet<>();
                member.getValue().forEach(role -> roleIds.add(new Snowflake(role.longValue())));
                members.put(Snowflake.parse(member.getKey()), roleIds);
            }
        }
        return members;
    }
}
