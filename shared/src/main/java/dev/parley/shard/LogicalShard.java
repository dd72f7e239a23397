package dev.parley.shard;

import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * One of the 1,024 parts into which all content is divided: that of a guild is together in one, and so is that of a
 * direct-message channel. It is the rule by which bots divide guilds among their sessions (Discord documentation,
 * "Sharding"): bits 22 and up of an id are the milliseconds in which it was made, which spreads evenly.
 *
 * @param number 0 to 1,023
 */
public record LogicalShard(int number) {

    /** How many there are. It never changes: the place of everything that is stored follows from it. */
    public static final int COUNT = 1024;

    private static final int TIME_SHIFT = 22;

    /** @throws IllegalArgumentException if there is no such number */
    public LogicalShard {
        if (number < 0 || number >= COUNT) {
            throw new IllegalArgumentException("A logical shard is a number from 0 to " + (COUNT - 1) + ": " + number);
        }
    }

    /**
     * The shard of a channel's content.
     *
     * @param guildId null for a direct-message channel
     */
    public static LogicalShard of(@Nullable Snowflake guildId, Snowflake channelId) {
        return ofGroup(guildId == null ? channelId : guildId);
    }

    /** The shard of a guild's content. */
    public static LogicalShard ofGuild(Snowflake guildId) {
        return ofGroup(guildId);
    }

    /** The shard of what belongs to a guild or to a direct-message channel. */
    public static LogicalShard ofGroup(Snowflake id) {
        return new LogicalShard((int) (id.value() >>> TIME_SHIFT & COUNT - 1));
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
