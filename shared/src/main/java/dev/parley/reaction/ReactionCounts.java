package dev.parley.reaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.channel.Channel;
import dev.parley.protocol.Json;
import dev.parley.shard.ContentDatabase;
import dev.parley.snowflake.Snowflake;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * What messages were reacted with, as the message object carries it.
 *
 * <p>Thread-safe.
 */
public final class ReactionCounts {

    private final ContentDatabase content;

    public ReactionCounts(ContentDatabase content) {
        this.content = content;
    }

    /**
     * Adds {@code reactions} to bodies of messages that have some; all are read with one statement.
     *
     * @param bodies messages of the channel as clients see them
     * @param viewer who they are shown to
     */
    public void addTo(Iterable<? extends JsonNode> bodies, Channel channel, Snowflake viewer) {
        content.query(channel.shard(), there -> {
            addTo(there.handle(), bodies, channel.id(), viewer);
            return bodies;
        });
    }

    /** As above, on the caller's connection. */
    public void addTo(Handle handle, Iterable<? extends JsonNode> bodies, Snowflake channelId, Snowflake viewer) {
        Map<Snowflake, ObjectNode> byId = new HashMap<>();
        for (JsonNode body : bodies) {
            byId.put(Snowflake.parse(body.path("id").asText()), (ObjectNode) body);
        }
        if (byId.isEmpty()) {
            return;
        }
        ReactionRows.counts(handle, channelId, List.copyOf(byId.keySet()), viewer)
                .forEach(count -> {
                    ObjectNode body = byId.get(count.messageId());
                    if (body != null) {
                        ArrayNode reactions = body.withArray("reactions");
                        reactions.add(body(count));
                    }
                });
    }

    /** Discord documentation, "Reaction Object". */
    private static ObjectNode body(ReactionRows.Count count) {
        ObjectNode body = Json.object();
        body.set("emoji", count.emoji().body());
        body.put("count", count.count());
        body.putObject("count_details").put("burst", 0).put("normal", count.count());
        body.putArray("burst_colors");
        body.put("me_burst", false);
        body.put("me", count.me());
        return body;
    }
}
