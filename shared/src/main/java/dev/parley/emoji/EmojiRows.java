package dev.parley.emoji;

import dev.parley.account.Accounts;
import dev.parley.guild.MemberRows;
import dev.parley.snowflake.Snowflake;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of custom emojis. Everything runs in the caller's transaction. */
public final class EmojiRows {

    private static final String SELECT = "SELECT " + Accounts.USER_COLUMNS
            + ", e.id AS emoji_id, e.name, e.animated, e.role_ids FROM emojis e JOIN users u ON u.id = e.user_id ";

    private EmojiRows() {}

    /** Who has an emoji: the column of its id. */
    enum Holder {
        GUILD("guild_id"),
        APPLICATION("application_id");

        private final String column;

        Holder(String column) {
            this.column = column;
        }
    }

    /** The emojis of a guild, the oldest first. */
    public static List<Emoji> ofGuild(Handle handle, Snowflake guildId) {
        return of(handle, Holder.GUILD, guildId);
    }

    /** The emojis of a guild or an application, the oldest first. */
    static List<Emoji> of(Handle handle, Holder holder, Snowflake holderId) {
        return handle.select(SELECT + "WHERE e." + holder.column + " = ? ORDER BY e.id", holderId.value())
                .map((rs, context) -> read(rs))
                .list();
    }

    static Optional<Emoji> find(Handle handle, Holder holder, Snowflake holderId, Snowflake emojiId) {
        return handle.select(
                        SELECT + "WHERE e." + holder.column + " = ? AND e.id = ?", holderId.value(), emojiId.value())
                .map((rs, context) -> read(rs))
                .findOne();
    }

    static void insert(Handle handle, Holder holder, Snowflake holderId, Emoji emoji) {
        handle.execute(
                "INSERT INTO emojis (id, " + holder.column
                        + ", name, animated, user_id, role_ids) VALUES (?, ?, ?, ?, ?, ?)",
                emoji.id().value(),
                holderId.value(),
                emoji.name(),
                emoji.animated(),
                emoji.user().id().value(),
                MemberRows.longs(emoji.roles()));
    }

    static void update(Handle handle, Emoji emoji) {
        handle.execute(
                "UPDATE emojis SET name = ?, role_ids = ? WHERE id = ?",
                emoji.name(),
                MemberRows.longs(emoji.roles()),
                emoji.id().value());
    }

    static void delete(Handle handle, Snowflake emojiId) {
        handle.execute("DELETE FROM emojis WHERE id = ?", emojiId.value());
    }

    private static Emoji read(ResultSet row) throws SQLException {
        return new Emoji(
                new Snowflake(row.getLong("emoji_id")),
                row.getString("name"),
                row.getBoolean("animated"),
                Accounts.read(row),
                MemberRows.roles(row, "role_ids"));
    }
}
