package dev.parley.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.guild.MemberRows;
import dev.parley.permission.Overwrite;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of channels. Everything runs in the caller's transaction. */
public final class ChannelRows {

    /** A channel's overwrites, selected from {@code channels c}, for {@link #overwrites}. */
    static final String OVERWRITES = """
            (SELECT json_agg(json_build_array(o.target_id::text, o.target_type, o.allow::text, o.deny::text)
                             ORDER BY o.target_id)
             FROM channel_overwrites o WHERE o.channel_id = c.id) AS overwrites
            """;

    /**
     * A channel's columns, selected from {@code channels c}, for {@link #read}. The newest message is the last of the
     * channel's range in the key of messages. A column for it would be written with every message, and make those of one
     * channel wait for each other.
     */
    static final String COLUMNS = """
            c.id, c.type, c.guild_id, c.name, c.topic, c.position, c.parent_id, c.nsfw, c.rate_limit_per_user,
            (SELECT max(x.id) FROM messages x WHERE x.channel_id = c.id) AS last_message_id,
            """ + OVERWRITES;

    private ChannelRows() {}

    /** A guild's channels in their order. */
    public static List<Channel> ofGuild(Handle handle, Snowflake guildId) {
        return handle.select(
                        "SELECT " + COLUMNS + " FROM channels c WHERE c.guild_id = ? ORDER BY c.position, c.id",
                        guildId.value())
                .map((rs, context) -> read(rs))
                .list();
    }

    /** Adds a guild's channel. */
    public static void insert(Handle handle, Channel channel) {
        handle.execute(
                "INSERT INTO channels (id, type, guild_id, name, topic, position, parent_id, nsfw,"
                        + " rate_limit_per_user) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                channel.id().value(),
                channel.type(),
                value(channel.guildId()),
                channel.name(),
                channel.topic(),
                channel.position(),
                value(channel.parentId()),
                channel.nsfw(),
                channel.rateLimitPerUser());
        insertOverwrites(handle, channel.id(), channel.permissionOverwrites());
    }

    /** A channel that is there. */
    static Channel find(Handle handle, Snowflake channelId) {
        return handle.select("SELECT " + COLUMNS + " FROM channels c WHERE c.id = ?", channelId.value())
                .map((rs, context) -> read(rs))
                .one();
    }

    /** When the latest of a channel's pins was made; null without any. Only pins are in the index that this reads. */
    static @Nullable Instant lastPin(Handle handle, Snowflake channelId) {
        return handle.select(
                        "SELECT max(pinned_at) AS last FROM messages WHERE channel_id = ? AND pinned_at IS NOT NULL",
                        channelId.value())
                .map((rs, context) -> rs.getObject("last") == null ? null : MemberRows.instant(rs, "last"))
                .list()
                .getFirst();
    }

    /** Stores all of a guild's channel but its overwrites. */
    static void update(Handle handle, Channel channel) {
        handle.execute(
                "UPDATE channels SET name = ?, topic = ?, position = ?, parent_id = ?, nsfw = ?,"
                        + " rate_limit_per_user = ? WHERE id = ?",
                channel.name(),
                channel.topic(),
                channel.position(),
                value(channel.parentId()),
                channel.nsfw(),
                channel.rateLimitPerUser(),
                channel.id().value());
    }

    /** Removes a channel with its overwrites, messages and invites. */
    static void delete(Handle handle, Snowflake channelId) {
        handle.execute("DELETE FROM channels WHERE id = ?", channelId.value());
    }

    static void replaceOverwrites(Handle handle, Snowflake channelId, List<Overwrite> overwrites) {
        handle.execute("DELETE FROM channel_overwrites WHERE channel_id = ?", channelId.value());
        insertOverwrites(handle, channelId, overwrites);
    }

    private static void insertOverwrites(Handle handle, Snowflake channelId, List<Overwrite> overwrites) {
        for (Overwrite overwrite : overwrites) {
            handle.execute(
                    "INSERT INTO channel_overwrites (channel_id, target_id, target_type, allow, deny)"
                            + " VALUES (?, ?, ?, ?, ?)",
                    channelId.value(),
                    overwrite.id().value(),
                    overwrite.type(),
                    overwrite.allow(),
                    overwrite.deny());
        }
    }

    static Channel read(ResultSet row) throws SQLException {
        return new Channel(
                new Snowflake(row.getLong("id")),
                row.getInt("type"),
                id(row, "guild_id"),
                row.getString("name"),
                row.getString("topic"),
                row.getInt("position"),
                id(row, "parent_id"),
                row.getBoolean("nsfw"),
                row.getInt("rate_limit_per_user"),
                id(row, "last_message_id"),
                overwrites(row.getString("overwrites")));
    }

    /** The column {@code overwrites}. */
    static List<Overwrite> overwrites(@Nullable String json) {
        List<Overwrite> overwrites = new ArrayList<>();
        if (json != null) {
            for (JsonNode node : Json.parse(json)) {
                overwrites.add(new Overwrite(
                        Snowflake.parse(node.get(0).asText()),
                        node.get(1).asInt(),
                        Long.parseLong(node.get(2).asText()),
                        Long.parseLong(node.get(3).asText())));
            }
        }
        return overwrites;
    }

    /** A column with the permissions of roles: an object with ids as names and permissions as text. */
    public static Map<Snowflake, Long> rolePermissions(@Nullable String json) {
        Map<Snowflake, Long> permissions = new HashMap<>();
        if (json != null) {
            for (Map.Entry<String, JsonNode> role : Json.parse(json).properties()) {
                permissions.put(
                        Snowflake.parse(role.getKey()),
                        Long.valueOf(role.getValue().asText()));
            }
        }
        return permissions;
    }

    private static @Nullable Snowflake id(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : new Snowflake(value);
    }

    private static @Nullable Long value(@Nullable Snowflake id) {
        return id == null ? null : id.value();
    }
}
