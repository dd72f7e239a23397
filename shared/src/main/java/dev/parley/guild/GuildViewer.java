package dev.parley.guild;

import dev.parley.protocol.Intent;
import dev.parley.snowflake.Snowflake;

/**
 * Whom a guild is shown to.
 *
 * @param intents what the session asked for
 * @param largeThreshold members from which on a guild comes without those who are offline, 50 to 250
 */
public record GuildViewer(Snowflake userId, long intents, int largeThreshold) {

    /** What holds when IDENTIFY says nothing (Discord documentation, "Identify"). */
    public static final int DEFAULT_LARGE_THRESHOLD = 50;

    boolean seesPresences() {
        return Intent.GUILD_PRESENCES.in(intents);
    }
}
