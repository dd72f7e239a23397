package dev.parley.guild;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A guild in pieces that fit a gateway message: API Gateway carries 128 KB (API Gateway quotas, "WebSocket message payload
 * size").
 *
 * @param create what GUILD_CREATE carries
 * @param channels the channels that did not fit; each is a CHANNEL_CREATE that follows
 * @param threads the threads that did not fit; each is a THREAD_CREATE that follows the channels
 */
public record GuildSnapshot(ObjectNode create, List<JsonNode> channels, List<JsonNode> threads) {

    /** Leaves room for the frame around the data. */
    private static final int MAX_BYTES = 120 * 1024;

    /**
     * A member beside the one that gets the guild.
     *
     * @param presence null for a member who shows none
     */
    record Listed(ObjectNode member, @Nullable ObjectNode presence) {}

    /**
     * Cuts a guild where it must be cut: the members at the end of the list are left out before any channel is. A guild
     * that comes without some members counts as large, so that clients ask for them.
     *
     * @param body the guild with its channels and the one member that gets it
     */
    static GuildSnapshot of(ObjectNode body, List<Listed> others) {
        int total = Json.bytes(body).length;
        if (total > MAX_BYTES) {
            return cut(body, total);
        }
        ArrayNode members = (ArrayNode) body.get("members");
        ArrayNode presences = (ArrayNode) body.get("presences");
        for (Listed other : others) {
            ObjectNode presence = other.presence();
            total += Json.bytes(other.member()).length + 1 + (presence == null ? 0 : Json.bytes(presence).length + 1);
            if (total > MAX_BYTES) {
                body.put("large", true);
                break;
            }
            members.add(other.member());
            if (presence != null) {
                presences.add(presence);
            }
        }
        return new GuildSnapshot(body, List.of(), List.of());
    }

    private static GuildSnapshot cut(ObjectNode body, int bytes) {
        // Threads first: none may come before the channel that it is in.
        List<JsonNode> threads = new ArrayList<>();
        int withoutThreads = cut(body, "threads", bytes, threads);
        List<JsonNode> channels = new ArrayList<>();
        cut(body, "channels", withoutThreads, channels);
        return new GuildSnapshot(body, channels, threads);
    }

    private static int cut(ObjectNode body, String field, int bytes, List<JsonNode> left) {
        int total = bytes;
        ArrayNode list = (ArrayNode) body.get(field);
        while (total > MAX_BYTES && !list.isEmpty()) {
            JsonNode last = list.remove(list.size() - 1);
            total -= Json.bytes(last).length + 1;
            ((ObjectNode) last).set("guild_id", body.get("id"));
            left.addFirst(last);
        }
        return total;
    }
}
