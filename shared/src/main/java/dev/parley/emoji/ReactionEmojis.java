package dev.parley.emoji;

import dev.parley.guild.MemberRows;
import dev.parley.reaction.EmojiLookup;
import dev.parley.snowflake.Snowflake;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The custom emojis that messages are reacted with. One that is deleted is none; reactions with it stay, as they have its
 * name.
 *
 * <p>Thread-safe.
 */
public final class ReactionEmojis implements EmojiLookup {

    @Override
    public @Nullable Found find(Handle handle, Snowflake emojiId) {
        return handle.select(
                        "SELECT guild_id, application_id, name, animated, role_ids FROM emojis WHERE id = ?",
                        emojiId.value())
                .map((rs, context) -> new Found(
                        id(rs, "guild_id"),
                        id(rs, "application_id"),
                        MemberRows.roles(rs, "role_ids"),
                        new dev.parley.reaction.Emoji(emojiId, rs.getString("name"), rs.getBoolean("animated"))))
                .findOne()
                .orElse(null);
    }

    private static @Nullable Snowflake id(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : new Snowflake(value);
    }
}
