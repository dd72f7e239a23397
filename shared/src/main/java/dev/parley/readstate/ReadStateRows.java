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

    /**
     * The channels of a user in which messages can be and the threads that the user is in, those that the user cannot see
     * included. What was there before the user joined the guild or the thread is not new to it.
     */
    private static final String OF_USER = """
            WITH mine AS MATERIALIZED (
              SELECT x.id, m.role_ids,
                     ((extract(epoch FROM m.joined_at) * 1000)::bigint - 1420070400000) << 22 AS since
              FROM members m JOIN channels x ON x.guild_id = m.guild_id
              WHERE m.user_id = :user AND x.type IN (0, 5)
              UNION ALL
              SELECT n.thread_id, m.role_ids,
                     ((extract(epoch FROM n.joined_at) * 1000)::bigint - 1420070400000) << 22 AS since
              FROM members m JOIN thread_members n ON n.guild_id = m.guild_id AND n.user_id = m.user_id
              WHERE m.user_id = :user
              UNION ALL
              SELECT p.channel_id, '{}'::bigint[], 0 FROM channel_recipients p WHERE p.user_id = :user
            ), state AS MATERIALIZED (
              SELECT mine.id, mine.role_ids, rs.last_message_id AS acknowledged,
                     coalesce(rs.last_message_id, mine.since) AS seen
              FROM mine LEFT JOIN read_states rs ON rs.user_id = :user AND rs.channel_id = mine.id
            )
            """;

    /**
     * What there is to know of channels that were picked. They are picked first, and each step is a plan of its own: behind
     * RDS Proxy every statement is planned anew, and in one piece this took longer to plan than to run.
     */
    private static final String DETAILS = "SELECT " + ChannelRows.COLUMNS + """
            , g.owner_id AS guild_owner_id, k.role_ids, k.acknowledged, k.seen,
            (SELECT json_object_agg(r.id::text, r.permissions::text) FROM roles r
             WHERE r.guild_id = c.guild_id AND (r.id = c.guild_id OR r.id = ANY (k.role_ids))) AS role_permissions,
            (SELECT json_agg(json_build_array(o.target_id::text, o.target_type, o.allow::text, o.deny::text))
             FROM channel_overwrites o WHERE o.channel_id = t.parent_id) AS parent_overwrites
            FROM picked k
            JOIN channels c ON c.id = k.id
            LEFT JOIN threads t ON t.id = c.id
            LEFT JOIN guilds g ON g.id = c.guild_id
            """;

    private static final String PAGE = OF_USER
            + ", picked AS MATERIALIZED (SELECT * FROM state WHERE id > :after ORDER BY id LIMIT :limit) "
            + DETAILS
            + " ORDER BY k.id";

    private static final String NEWEST = OF_USER
            + ", picked AS MATERIALIZED (SELECT * FROM (SELECT state.*, "
            + ChannelRows.NEWEST_MESSAGE.formatted("state.id")
            // With OFFSET it is found once, and not again for the condition and for the order.
            + " AS newest FROM state OFFSET 0) AS y WHERE acknowledged IS NOT NULL OR newest > seen"
            + " ORDER BY newest DESC NULLS LAST LIMIT :limit) "
            + DETAILS
            + " ORDER BY k.newest DESC NULLS LAST";

    /** Looks at so many messages of each channel at the most, the newest, by an index of those that mention somebody. */
    private static final String UNSEEN = """
            SELECT s.id,
              EXISTS (SELECT 1 FROM (
                SELECT m.author_id FROM messages m WHERE m.channel_id = s.id AND m.id > s.seen
                ORDER BY m.id DESC LIMIT :most) AS x WHERE x.author_id <> :user) AS unread,
              CASE WHEN s.direct THEN (SELECT count(*) FROM (
                SELECT m.author_id FROM messages m WHERE m.channel_id = s.id AND m.id > s.seen
                ORDER BY m.id DESC LIMIT :most) AS x WHERE x.author_id <> :user)
              ELSE (SELECT count(*) FROM (
                SELECT m.author_id, m.mention_everyone, m.mentions, m.mention_roles FROM messages m
                WHERE m.channel_id = s.id AND m.id > s.seen
                  AND (m.mention_everyone OR m.mentions <> '{}' OR m.mention_roles <> '{}')
                ORDER BY m.id DESC LIMIT :most) AS x
                WHERE x.author_id <> :user AND (x.mention_everyone OR :user = ANY (x.mentions)
                  OR s.roles::bigint[] && x.mention_roles))
              END AS mentions,
              (SELECT max(m.id) FROM messages m WHERE m.channel_id = s.id) AS newest
            FROM unnest(:channels, :seen, :directs, :roles) AS s (id, seen, direct, roles)
            """;

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
        return handle.createQuery(PAGE)
                .bind("user", userId.value())
                .bind("after", after.value())
                .bind("limit", limit)
                .map((rs, context) -> candidate(rs, userId))
                .list();
    }

    /** Of the channels that were acknowledged or have something new, those with the newest messages. */
    static List<Candidate> newest(Handle handle, Snowflake userId, int limit) {
        return handle.createQuery(NEWEST)
                .bind("user", userId.value())
                .bind("limit", limit)
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
        return content.createQuery(UNSEEN)
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
