package dev.parley.reaction;

import dev.parley.snowflake.Snowflake;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Finds guilds' own emojis. Implementations are thread-safe. */
@FunctionalInterface
public interface EmojiLookup {

    /**
     * A guild's own emoji that can be used.
     *
     * @param guildId whose it is
     */
    record Found(Snowflake guildId, Emoji emoji) {}

    /** The emoji with an id, read in the caller's transaction; null if there is none. */
    @Nullable Found find(Handle handle, Snowflake emojiId);

    /** Finds none. */
    static EmojiLookup none() {
        return (handle, emojiId) -> null;
    }
}
