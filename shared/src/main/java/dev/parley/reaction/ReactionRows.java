package dev.parley.reaction;

import dev.parley.guild.MemberRows;
import dev.parley.snowflake.Snowflake;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The tables of reactions. Everything runs in the caller's transaction. */
final class ReactionRows {

    private static final String EMOJI_COLUMNS = "r.emoji_id, r.emoji_name, r.animated";

    private static final String OF_MESSAGE = " r.channel_id = :channel AND r.message_id = :message";

    /** The foreign key of the one table to the other holds when the statement ends. */
    private static final String ADD = """
            WITH added AS (
              INSERT INTO reaction_users (channel_id, message_id, emoji, user_id)
              VALUES (:channel, :message, :emoji, :user)
              ON CONFLICT DO NOTHING RETURNING 1
            )
            INSERT INTO reactions (channel_id, message_id, emoji, emoji_id, emoji_name, animated, count, first_id)
            SELECT :channel, :message, :emoji, :emojiId, :name, :animated, 1, :first FROM added
            ON CONFLICT (channel_id, message_id, emoji) DO UPDATE SET count = reactions.count + 1
            """;

    private static final String REMOVE = """
            WITH gone AS (
              DELETE FROM reaction_users r WHERE r.channel_id = :channel AND r.message_id = :message
                AND r.emoji = :emoji AND r.user_id = :user RETURNING 1
            )
            UPDATE reactions r SET count = r.count - 1
            WHERE r.channel_id = :channel AND r.message_id = :message AND r.emoji = :emoji
              AND EXISTS (SELECT 1 FROM gone)
            RETURNING r.emoji_id, r.emoji_name, r.animated
            """;

    private static final String COUNTS = "SELECT r.message_id, r.count, " + EMOJI_COLUMNS + """
            , EXISTS (SELECT 1 FROM reaction_users x
                      WHERE x.channel_id = r.channel_id AND x.message_id = r.message_id AND x.emoji = r.emoji
                        AND x.user_id = :viewer) AS me
            FROM reactions r
            WHERE r.channel_id = :channel AND r.message_id = ANY (:messages)
            ORDER BY r.message_id, r.first_id
            """;

    private ReactionRows() {}

    /** How often a message was reacted with one emoji, and whether one user did. */
    record Count(Snowflake messageId, Emoji emoji, int count, boolean me) {}

    /**
     * Takes a message's row until the transaction ends: its reactions change one after the other. Returns who wrote the
     * message.
     */
    static Optional<Snowflake> lock(Handle handle, Snowflake channelId, Snowflake messageId) {
        return handle.select(
                        "SELECT author_id FROM messages WHERE channel_id = ? AND id = ? FOR NO KEY UPDATE",
                        channelId.value(),
                        messageId.value())
                .mapTo(Long.class)
                .map(Snowflake::new)
                .findOne();
    }

    /**
     * Who reacts.
     *
     * @param blocked whether the author of the message has blocked the one who reacts
     * @param now the moment by the directory's clock
     */
    record Reacting(boolean blocked, Instant now) {}

    /** What the directory says of one who reacts. */
    static Reacting reacting(Handle directory, Snowflake authorId, Snowflake userId) {
        return directory
                .createQuery("""
                        SELECT now() AS now, EXISTS (SELECT 1 FROM relationships b WHERE b.user_id = :author
                                                     AND b.target_id = :user AND b.type = 2) AS blocked
                        """)
                .bind("author", authorId.value())
                .bind("user", userId.value())
                .map((rs, context) -> new Reacting(rs.getBoolean("blocked"), MemberRows.instant(rs, "now")))
                .one();
    }

    static boolean messageExists(Handle handle, Snowflake channelId, Snowflake messageId) {
        return handle.select(
                        "SELECT EXISTS (SELECT 1 FROM messages WHERE channel_id = ? AND id = ?)",
                        channelId.value(),
                        messageId.value())
                .mapTo(Boolean.class)
                .one();
    }

    /** Whether a user is in a guild and has one of these roles, if there are any. */
    static boolean isMember(Handle handle, Snowflake guildId, Snowflake userId, List<Snowflake> roleIds) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT 1 FROM members
                                       WHERE guild_id = :guild AND user_id = :user AND (:any OR role_ids && :roles))
                        """)
                .bind("guild", guildId.value())
                .bind("user", userId.value())
                .bind("any", roleIds.isEmpty())
                .bind("roles", MemberRows.longs(roleIds))
                .mapTo(Boolean.class)
                .one();
    }

    /** The emojis that a message was reacted with. */
    static List<Emoji> emojis(Handle handle, Snowflake channelId, Snowflake messageId) {
        return message(
                        handle.createQuery("SELECT " + EMOJI_COLUMNS + " FROM reactions r WHERE" + OF_MESSAGE),
                        channelId,
                        messageId)
                .map((rs, context) -> emoji(rs))
                .list();
    }

    /**
     * Adds a user's reaction.
     *
     * @param first orders the emoji, if nobody reacted with it yet
     * @return whether the user had not reacted with it
     */
    static boolean add(
            Handle handle, Snowflake channelId, Snowflake messageId, Emoji emoji, Snowflake userId, Snowflake first) {
        Snowflake emojiId = emoji.id();
        return message(handle.createUpdate(ADD), channelId, messageId)
                        .bind("emoji", emoji.key())
                        .bind("emojiId", emojiId == null ? null : emojiId.value())
                        .bind("name", emoji.name())
                        .bind("animated", emoji.animated())
                        .bind("user", userId.value())
                        .bind("first", first.value())
                        .execute()
                > 0;
    }

    /** Removes a user's reaction, and gives the emoji as others see it; empty if there was none. */
    static Optional<Emoji> remove(
            Handle handle, Snowflake channelId, Snowflake messageId, Emoji emoji, Snowflake userId) {
        Optional<Emoji> removed = message(handle.createQuery(REMOVE), channelId, messageId)
                .bind("emoji", emoji.key())
                .bind("user", userId.value())
                .map((rs, context) -> emoji(rs))
                .findOne();
        if (removed.isPresent()) {
            message(
                            handle.createUpdate("DELETE FROM reactions r WHERE" + OF_MESSAGE
                                    + " AND r.emoji = :emoji AND r.count = 0"),
                            channelId,
                            messageId)
                    .bind("emoji", emoji.key())
                    .execute();
        }
        return removed;
    }

    /** Removes everybody's reaction with one emoji, and gives the emoji as others see it; empty if there was none. */
    static Optional<Emoji> removeEmoji(Handle handle, Snowflake channelId, Snowflake messageId, Emoji emoji) {
        return message(
                        handle.createQuery("DELETE FROM reactions r WHERE" + OF_MESSAGE
                                + " AND r.emoji = :emoji RETURNING " + EMOJI_COLUMNS),
                        channelId,
                        messageId)
                .bind("emoji", emoji.key())
                .map((rs, context) -> emoji(rs))
                .findOne();
    }

    /** Removes all reactions to a message, and says whether there were any. */
    static boolean removeAll(Handle handle, Snowflake channelId, Snowflake messageId) {
        return message(handle.createUpdate("DELETE FROM reactions r WHERE" + OF_MESSAGE), channelId, messageId)
                        .execute()
                > 0;
    }

    /** Who reacted with an emoji, in the order of their ids. */
    static List<Snowflake> users(
            Handle handle, Snowflake channelId, Snowflake messageId, Emoji emoji, ReactionPage page) {
        return message(handle.createQuery("""
                         SELECT r.user_id FROM reaction_users r
                         WHERE r.channel_id = :channel AND r.message_id = :message AND r.emoji = :emoji
                           AND r.user_id > :after
                         ORDER BY r.user_id LIMIT :limit
                        """), channelId, messageId)
                .bind("emoji", emoji.key())
                .bind("after", page.after().value())
                .bind("limit", page.limit())
                .mapTo(Long.class)
                .map(Snowflake::new)
                .list();
    }

    /** The reactions to messages of one channel, as one user sees them. */
    static List<Count> counts(Handle handle, Snowflake channelId, List<Snowflake> messageIds, Snowflake viewer) {
        return handle.createQuery(COUNTS)
                .bind("channel", channelId.value())
                .bind("messages", MemberRows.longs(messageIds))
                .bind("viewer", viewer.value())
                .map((rs, context) -> new Count(
                        new Snowflake(rs.getLong("message_id")), emoji(rs), rs.getInt("count"), rs.getBoolean("me")))
                .list();
    }

    private static <S extends SqlStatement<S>> S message(S statement, Snowflake channelId, Snowflake messageId) {
        return statement.bind("channel", channelId.value()).bind("message", messageId.value());
    }

    private static Emoji emoji(ResultSet row) throws SQLException {
        long id = row.getLong("emoji_id");
        return new Emoji(id == 0 ? null : new Snowflake(id), row.getString("emoji_name"), row.getBoolean("animated"));
    }
}
