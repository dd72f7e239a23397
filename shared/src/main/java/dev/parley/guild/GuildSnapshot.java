package dev.parley.guild;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * A guild in pieces that fit a gateway message: API Gateway carries 128 KB (API Gateway quotas, "WebSocket message payload
 * size").
 *
 * @param create what GUILD_CREATE carries
 * @param channels the channels that did not fit; each is a CHANNEL_CREATE that follows
 */
public record GuildSnapshot(ObjectNode create, List<JsonNode> channels) {

    /** Leaves room for the frame around the data. */
    private static final int MAX_BYTES = 120 * 1024;

    /** Cuts a guild's body where it must be cut. */
    static GuildSnapshot of(ObjectNode body) {
        int total = Json.bytes(body).length;
        if (total <= MAX_BYTES) {
            return new GuildSnapshot(body, List.of());
        }
        ArrayNode channels = (ArrayNode) body.get("channels");
        List<JsonNode> left = new ArrayList<>();
        while (total > MAX_BYTES && !channels.isEmpty()) {
            JsonNode last = channels.remove(channels.size() - 1);
            total -= Json.bytes(last).length + 1;
            ((ObjectNode) last).set("guild_id", body.get("id"));
            left.addFirst(last);
        }
        return new GuildSnapshot(body, left);
    }
}
