package dev.parley.session;

import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * A session as the fan-out sees it.
 *
 * @param intents the events that the session asked for
 * @param shard the part of the user's guilds that it hears of; null for all
 */
public record Recipient(
        String sessionId,
        Snowflake userId,
        boolean bot,
        long intents,
        @Nullable Shard shard) {

    /** Whether the session hears of a guild that its user is in. */
    public boolean covers(Snowflake guildId) {
        Shard part = shard;
        return part == null || part.coversGuild(guildId.value());
    }

    /** Whether the session hears of what belongs to no guild. */
    public boolean coversDirectMessages() {
        Shard part = shard;
        return part == null || part.coversDirectMessages();
    }

    String encode() {
        Shard part = shard;
        return userId + ":" + intents + ":" + (bot ? 1 : 0) + (part == null ? "" : ":" + part.encode());
    }

    static @Nullable Recipient decode(String sessionId, String text) {
        String[] parts = text.split(":", -1);
        Snowflake user = Snowflake.parseOrNull(parts[0]);
        Snowflake intents = parts.length >= 3 ? Snowflake.parseOrNull(parts[1]) : null;
        return user == null || intents == null
                ? null
                : new Recipient(
                        sessionId,
                        user,
                        parts[2].equals("1"),
                        intents.value(),
                        parts.length > 3 ? Shard.decode(parts[3]) : null);
    }
}
