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
 */
public record User(
        Snowflake id,
        String username,
        String discriminator,
        @Nullable String globalName,
        @Nullable String avatar,
        boolean bot,
        int publicFlags) {

    public static User of(
            Snowflake id, String username, @Nullable String globalName, @Nullable String avatar, boolean bot) {
        return new User(id, username, "0", globalName, avatar, bot, 0);
    }
}
