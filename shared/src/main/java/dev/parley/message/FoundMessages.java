package dev.parley.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.shard.Content;
import dev.parley.snowflake.Snowflake;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Messages of several channels as clients see them, for whoever has found them. */
public final class FoundMessages {

    private FoundMessages() {}

    /**
     * Those of the messages that are there, by id, all of one logical shard. Who may see them is the caller's to know.
     *
     * @param channelIds where they may be
     */
    public static Map<Snowflake, ObjectNode> find(
            Content content, List<Snowflake> channelIds, List<Snowflake> messageIds) {
        Map<Snowflake, ObjectNode> bodies = new HashMap<>();
        if (!messageIds.isEmpty()) {
            for (Snowflake channelId : Set.copyOf(channelIds)) {
                MessageRows.find(content, channelId, messageIds)
                        .forEach(message -> bodies.put(message.id(), message.body()));
            }
        }
        return bodies;
    }
}
