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
import java.util.Collection;
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

    /** What {@link #COLUMNS} are selected from. */
    public static final String FROM = "channels c LEFT JOIN threads t ON t.id = c.id";

    /**
     * The newest message of a channel whose id stands for {@code %1$s}; null for none. It is the last of the channel's range
     * in the key of messages: a column for it would be written with every message, and make those of one channel wait for
     * each other. Of a channel whose messages are on another cluster it is what the fan-out has noted.
     */
    public static final String NEWEST_MESSAGE = "greatest((SELECT max(x.id) FROM messages x WHERE x.channel_id = %1$s),"
            + " (SELECT n.message_id FROM newest_messages n WHERE n.channel_id = %1$s))";

    /** A channel's columns, selected from {@link #FROM}, for {@link #read}. */
    public static final String COLUMNS = """
            c.id, c.type, c.guild_id, c.name, c.topic, c.position, c.parent_id, c.nsfw, c.rate_limit_per_user,
            c.default_auto_archive_duration, c.default_thread_rate_limit_per_user,
            t.owner_id AS thread_owner_id, t.locked, t.invitable, t.auto_archive_duration, t.created_at, t.activated_at,
            t.archives_at, t.archives_at <= now() AS archived, t.message_count, t.total_message_sent,
            CASE WHEN t.id IS NOT NULL THEN
              (SELECT count(*) FROM (SELECT 1 FROM thread_members x WHERE x.thread_id = t.id LIMIT 50) counted)
            END AS member_count,
            """ + NEWEST_MESSAGE.formatted("c.id") + " AS last_message_id, " + OVERWRITES;

    private ChannelRows() {}

    /** A guild's channels in their order, without threads. */
    public static List<Channel> ofGuild(Handle handle, Snowflake guildId) {
        return handle.select("SELECT * FROM channels_of_guild(?)", guildId.value())
                .map((rs, context) -> read(rs))
                .list();
    }

    /** Adds a guild's channel. */
    public static void insert(Handle handle, Channel channel) {
        handle.execute(
                "INSERT INTO channels (id, type, guild_id, name, topic, position, parent_id, nsfw,"
                        + " rate_limit_per_user, default_auto_archive_duration, default_thread_rate_limit_per_user)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                channel.id().value(),
                channel.type(),
                value(channel.guildId()),
                channel.name(),
                channel.topic(),
                channel.position(),
                value(channel.parentId()),
                channel.nsfw(),
                channel.rateLimitPerUser(),
                channel.defaultAutoArchiveDuration(),
                channel.defaultThreadRateLimitPerUser());
        insertOverwrites(handle, channel.id(), channel.permissionOverwrites());
    }

    /** A channel that is there. */
    static Channel find(Handle handle, Snowflake channelId) {
        return findAll(handle, List.of(channelId)).getFirst();
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

    /** Those of these channels that are there, threads among them. */
    public static List<Channel> findAll(Handle handle, Collection<Snowflake> channelIds) {
        return handle.select("SELECT " + COLUMNS + " FROM " + FROM + " WHERE c.id = ANY (?) ORDER BY c.id", (Object)
                        MemberRows.longs(List.copyOf(channelIds)))
                .map((rs, context) -> read(rs))
                .list();
    }

    /** Stores all of a guild's channel but its overwrites and what makes it a thread. */
    public static void update(Handle handle, Channel channel) {
        handle.execute(
                "UPDATE channels SET type = ?, name = ?, topic = ?, position = ?, parent_id = ?, nsfw = ?,"
                        + " rate_limit_per_user = ?, default_auto_archive_duration = ?,"
                        + " default_thread_rate_limit_per_user = ? WHERE id = ?",
                channel.type(),
                channel.name(),
                channel.topic(),
                channel.position(),
                value(channel.parentId()),
                channel.nsfw(),
                channel.rateLimitPerUser(),
                channel.defaultAutoArchiveDuration(),
                channel.defaultThreadRateLimitPerUser(),
                channel.id().value());
    }

    /** Removes a channel with its threads, overwrites, messages and invites. */
    public static void delete(Handle handle, Snowflake channelId) {
        handle.execute(
                "DELETE FROM channels WHERE id IN (SELECT x.id FROM threads x WHERE x.parent_id = ?)",
                channelId.value());
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

    /** A row with {@link #COLUMNS}. */
    public static Channel read(ResultSet row) throws SQLException {
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
                overwrites(row.getString("overwrites")),
                minutes(row),
                row.getInt("default_thread_rate_limit_per_user"),
                thread(row));
    }

    private static @Nullable Integer minutes(ResultSet row) throws SQLException {
        int minutes = row.getInt("default_auto_archive_duration");
        return row.wasNull() ? null : minutes;
    }

    private static @Nullable ThreadState thread(ResultSet row) throws SQLException {
        Snowflake ownerId = id(row, "thread_owner_id");
        if (ownerId == null) {
            return null;
        }
        boolean archived = row.getBoolean("archived");
        return new ThreadState(
                ownerId,
                archived,
                row.getBoolean("locked"),
                row.getBoolean("invitable"),
                row.getInt("auto_archive_duration"),
                MemberRows.instant(row, "created_at"),
                MemberRows.instant(row, archived ? "archives_at" : "activated_at"),
                row.getInt("message_count"),
                row.getInt("member_count"),
                row.getInt("total_message_sent"));
    }

    /** The column {@code overwrites}. */
    public static List<Overwrite> overwrites(@Nullable String json) {
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
