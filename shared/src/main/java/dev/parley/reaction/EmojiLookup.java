package dev.parley.reaction;

import dev.parley.snowflake.Snowflake;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Finds custom emojis. Implementations are thread-safe. */
@FunctionalInterface
public interface EmojiLookup {

    /**
     * A custom emoji.
     *
     * @param guildId whose it is; null for an application's
     * @param applicationId whose it is, which alone may use it; null for a guild's
     * @param roleIds the guild's roles of which a member needs one to use it; empty if every member may
     */
    record Found(
            @Nullable Snowflake guildId, @Nullable Snowflake applicationId, List<Snowflake> roleIds, Emoji emoji) {}

    /** The emoji with an id, read in the caller's transaction; null if there is none. */
    @Nullable Found find(Handle handle, Snowflake emojiId);
}
