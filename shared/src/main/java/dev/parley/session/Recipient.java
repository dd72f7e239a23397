package dev.parley.session;

import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * A session as the fan-out sees it.
 *
 * @param intents the events that the session asked for
 */
public record Recipient(String sessionId, Snowflake userId, boolean bot, long intents) {

    String encode() {
        return userId + ":" + intents + ":" + (bot ? 1 : 0);
    }

    static @Nullable Recipient decode(String sessionId, String text) {
        String[] parts = text.split(":", -1);
        Snowflake user = Snowflake.parseOrNull(parts[0]);
        Snowflake intents = parts.length == 3 ? Snowflake.parseOrNull(parts[1]) : null;
        return user == null || intents == null
                ? null
                : new Recipient(sessionId, user, parts[2].equals("1"), intents.value());
    }
}
