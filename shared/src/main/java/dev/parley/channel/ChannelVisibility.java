package dev.parley.channel;

import dev.parley.guild.MemberRows;
import dev.parley.permission.Permission;
import dev.parley.permission.PermissionCalculator;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Who sees a channel, for many users at once.
 *
 * <p>Thread-safe.
 */
public final class ChannelVisibility {

    private final Database database;

    public ChannelVisibility(Database database) {
        this.database = database;
    }

    private record Guild(
            Snowflake ownerId,
            Map<Snowflake, Long> roles,
            @Nullable Channel channel) {}

    /**
     * Those of the users who are members of the guild and see the channel.
     *
     * @return none if there is no such channel any more
     */
    public Set<Snowflake> whoSees(Snowflake guildId, Snowflake channelId, Set<Snowflake> users) {
        return database.query(handle -> {
            Guild guild = guild(handle, guildId, channelId);
            Channel channel = guild == null ? null : guild.channel();
            Set<Snowflake> seeing = new HashSet<>();
            if (guild == null || channel == null) {
                return seeing;
            }
            roles(handle, guildId, users).forEach((userId, roleIds) -> {
                long inGuild = PermissionCalculator.inGuild(guildId, guild.ownerId(), userId, roleIds, guild.roles());
                long inChannel = PermissionCalculator.inChannel(
                        inGuild, guildId, userId, roleIds, channel.permissionOverwrites());
                if (Permission.VIEW_CHANNEL.in(inChannel)) {
                    seeing.add(userId);
                }
            });
            return seeing;
        });
    }

    private static @Nullable Guild guild(Handle handle, Snowflake guildId, Snowflake channelId) {
        Channel channel = ChannelRows.find(handle, channelId).orElse(null);
        Map<Snowflake, Long> roles = new HashMap<>();
        handle.select("SELECT id, permissions FROM roles WHERE guild_id = ?", guildId.value())
                .map((rs, context) -> roles.put(new Snowflake(rs.getLong(1)), rs.getLong(2)))
                .list();
        return handle.select("SELECT owner_id FROM guilds WHERE id = ?", guildId.value())
                .mapTo(Long.class)
                .findOne()
                .map(ownerId -> new Guild(new Snowflake(ownerId), roles, channel))
                .orElse(null);
    }

    private static Map<Snowflake, Set<Snowflake>> roles(Handle handle, Snowflake guildId, Set<Snowflake> users) {
        Map<Snowflake, Set<Snowflake>> roles = new HashMap<>();
        handle.select(
                        "SELECT user_id, role_ids FROM members WHERE guild_id = ? AND user_id = ANY (?)",
                        guildId.value(),
                        MemberRows.longs(List.copyOf(users)))
                .map((rs, context) ->
                        roles.put(new Snowflake(rs.getLong("user_id")), Set.copyOf(MemberRows.roles(rs, "role_ids"))))
                .list();
        return roles;
    }
}
