package dev.parley.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.guild.GuildViewer;
import org.jspecify.annotations.Nullable;

/**
 * What op 2 asks for (Discord documentation, "Identify"). Fields that Parley has no use for are not looked at: compression
 * among them, which API Gateway cannot carry.
 *
 * @param intents the events that are asked for; unknown bits are dropped, since no close code can refuse them
 * @param shard the part of the guilds that is asked for; null when none was named
 * @param properties what the client says of itself; a missing node when it says nothing
 * @param presence what the client shows at first; a missing node when it says nothing
 * @param largeThreshold members from which on a guild comes without those who are offline, 50 to 250
 */
record Identify(
        String token, long intents, @Nullable Shard shard, JsonNode properties, JsonNode presence, int largeThreshold) {

    private static final int MAX_LARGE_THRESHOLD = 250;

    private static final long KNOWN_INTENTS = (1L << 26) - 1;

    /** Reads op 2; null when it is none. */
    static @Nullable Identify read(JsonNode data) {
        JsonNode token = data.path("token");
        if (!token.isTextual()) {
            return null;
        }
        return new Identify(
                token.textValue(),
                data.path("intents").asLong() & KNOWN_INTENTS,
                Shard.read(data.path("shard")),
                data.path("properties"),
                data.path("presence"),
                largeThreshold(data.path("large_threshold")));
    }

    private static int largeThreshold(JsonNode node) {
        return node.canConvertToInt()
                ? Math.clamp(node.intValue(), GuildViewer.DEFAULT_LARGE_THRESHOLD, MAX_LARGE_THRESHOLD)
                : GuildViewer.DEFAULT_LARGE_THRESHOLD;
    }
}
