package dev.parley.account;

import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * A user as everybody sees it (Discord documentation, "User Object").
 *
 * @param discriminator always {@code "0"}: usernames are unique
 * @param globalName the display name
 * @param avatar the avatar's hash
 * @param publicFlags always 0: Parley has no badges
 * @param flags always 0, as above
 * @param primaryGuild always null: guilds have no tags
 */
public record User(
        Snowflake id,
        String username,
        String discriminator,
        @Nullable String globalName,
        @Nullable String avatar,
        boolean bot,
        int publicFlags,
        int flags,
        @Nullable String primaryGuild) {

    public static User of(
            Snowflake id, String username, @Nullable String globalName, @Nullable String avatar, boolean bot) {
        return new User(id, username, "0", globalName, avatar, bot, 0, 0, null);
    }
}
