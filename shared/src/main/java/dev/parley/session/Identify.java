package dev.parley.session;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What op 2 asks for (Discord documentation, "Identify"). Fields that Parley has no use for are not looked at: compression
 * among them, which API Gateway cannot carry.
 *
 * @param intents the events that are asked for; unknown bits are dropped, since no close code can refuse them
 * @param shard {@code [id, count]}, to be echoed; null when it was not sent
 */
record Identify(String token, long intents, @Nullable JsonNode shard) {

    private static final long KNOWN_INTENTS = (1L << 26) - 1;

    /** Reads op 2; null when it is none. */
    static @Nullable Identify read(JsonNode data) {
        JsonNode token = data.path("token");
        if (!token.isTextual()) {
            return null;
        }
        JsonNode shard = data.path("shard");
        boolean validShard = shard.isArray()
                && shard.size() == 2
                && shard.get(0).canConvertToInt()
                && shard.get(1).canConvertToInt()
                && shard.get(0).intValue() >= 0
                && shard.get(1).intValue() > shard.get(0).intValue();
        return new Identify(
                token.textValue(), data.path("intents").asLong() & KNOWN_INTENTS, validShard ? shard : null);
    }

    /** Whether the shard gets the events of a guild (Discord documentation, "Sharding"). */
    boolean covers(long guildId) {
        JsonNode range = shard;
        return range == null
                || (guildId >>> 22) % range.get(1).intValue() == range.get(0).intValue();
    }
}
