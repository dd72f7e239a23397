package dev.parley.readstate;

import dev.parley.channel.Channel;
import dev.parley.channel.ChannelRows;
import dev.parley.guild.MemberRows;
import dev.parley.permission.Overwrite;
import dev.parley.permission.Permission;
import dev.parley.permission.PermissionCalculator;
import dev.parley.snowflake.Snowflake;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of read states, and what lies behind them. Everything runs in the caller's transaction. */
final class ReadStateRows {

    private ReadStateRows() {}

    /** A channel, and how far it was read. */
    record Candidate(
            Channel channel, @Nullable Snowflake acknowledged, long seen, List<Snowflake> roles, boolean visible) {

        boolean isNew() {
            Snowflake newest = channel.lastMessageId();
            return newest != null && newest.value() > seen;
        }
    }

    /**
     * What has come since.
     *
     * @param newest the channel's newest message; null if it has none
     */
    record Unseen(
            Snowflake channelId,
            boolean unread,
            int mentions,
            @Nullable Snowflake newest) {}

    /** The channels behind one, in the order of their ids. */
    static List<Candidate> page(Handle handle, Snowflake userId, Snowflake after, int limit) {
        return handle.select("SELECT * FROM read_states_behind(?, ?, ?)", userId.value(), after.value(), limit)
                .map((rs, context) -> candidate(rs, userId))
                .list();
    }

    /** Of the channels that were acknowledged or have something new, those with the newest messages. */
    static List<Candidate> newest(Handle handle, Snowflake userId, int limit) {
        return handle.select("SELECT * FROM newest_read_states(?, ?)", userId.value(), limit)
                .map((rs, context) -> candidate(rs, userId))
                .list();
    }

    /** The newest message of a channel up to an id. */
    static Optional<Snowflake> newestUpTo(Handle handle, Snowflake channelId, Snowflake messageId) {
        return handle.select(
                        "SELECT id FROM messages WHERE channel_id = ? AND id <= ? ORDER BY id DESC LIMIT 1",
                        channelId.value(),
                        messageId.value())
                .mapTo(Long.class)
                .map(Snowflake::new)
                .findOne();
    }

    /**
     * Notes how far a channel was read.
     *
     * @param back whether it may be less far than before
     * @return whether it was another message before
     */
    static boolean put(Handle handle, Snowflake userId, Snowflake channelId, Snowflake messageId, boolean back) {
        return handle.createUpdate("""
                        INSERT INTO read_states (user_id, channel_id, last_message_id) VALUES (:user, :channel, :message)
                        ON CONFLICT (user_id, channel_id) DO UPDATE SET last_message_id = excluded.last_message_id
                        WHERE read_states.last_message_id < excluded.last_message_id
                          OR (:back AND read_states.last_message_id > excluded.last_message_id)
                        """)
                        .bind("user", userId.value())
                        .bind("channel", channelId.value())
                        .bind("message", messageId.value())
                        .bind("back", back)
                        .execute()
                > 0;
    }

    /** What has come since in channels whose messages are together. */
    static List<Unseen> unseen(Handle content, Snowflake userId, List<Candidate> candidates) {
        return content.createQuery("SELECT * FROM unseen_messages(:user, :most, :channels, :seen, :directs, :roles)")
                .bind("user", userId.value())
                .bind("most", ReadState.MOST_MENTIONS)
                .bind(
                        "channels",
                        candidates.stream()
                                .map(one -> one.channel().id().value())
                                .toArray(Long[]::new))
                .bind("seen", candidates.stream().map(Candidate::seen).toArray(Long[]::new))
                .bind(
                        "directs",
                        candidates.stream()
                                .map(one -> one.channel().guildId() == null)
                                .toArray(Boolean[]::new))
                .bind(
                        "roles",
                        candidates.stream()
                                .map(one -> one.roles().stream()
                                        .map(Snowflake::toString)
                                        .collect(Collectors.joining(",", "{", "}")))
                                .toArray(String[]::new))
                .map((rs, context) -> {
                    long newest = rs.getLong("newest");
                    return new Unseen(
                            new Snowflake(rs.getLong("id")),
                            rs.getBoolean("unread"),
                            rs.getInt("mentions"),
                            newest == 0 ? null : new Snowflake(newest));
                })
                .list();
    }

    private static Candidate candidate(ResultSet row, Snowflake userId) throws SQLException {
        Channel channel = ChannelRows.read(row);
        long acknowledged = row.getLong("acknowledged");
        return new Candidate(
                channel,
                acknowledged == 0 ? null : new Snowflake(acknowledged),
                row.getLong("seen"),
                MemberRows.roles(row, "role_ids"),
                isVisible(row, channel, userId));
    }

    private static boolean isVisible(ResultSet row, Channel channel, Snowflake userId) throws SQLException {
        Snowflake guildId = channel.guildId();
        if (guildId == null) {
            return true;
        }
        Set<Snowflake> roleIds = Set.copyOf(MemberRows.roles(row, "role_ids"));
        long inGuild = PermissionCalculator.inGuild(
                guildId,
                new Snowflake(row.getLong("guild_owner_id")),
                userId,
                roleIds,
                ChannelRows.rolePermissions(row.getString("role_permissions")));
        return Permission.VIEW_CHANNEL.in(
                PermissionCalculator.inChannel(inGuild, guildId, userId, roleIds, overwrites(row, channel)));
    }

    /** A thread is seen by its members who see the channel that it is in. */
    private static List<Overwrite> overwrites(ResultSet row, Channel channel) throws SQLException {
        return channel.isThread()
                ? ChannelRows.overwrites(row.getString("parent_overwrites"))
                : channel.permissionOverwrites();
    }
}
