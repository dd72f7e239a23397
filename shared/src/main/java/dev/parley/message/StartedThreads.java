package dev.parley.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.channel.Channel;
import dev.parley.channel.ChannelRows;
import dev.parley.snowflake.Snowflake;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The threads that began with messages: they have the messages' ids. */
final class StartedThreads {

    private StartedThreads() {}

    /** Whether one of these messages, as clients see them, began a thread. */
    static boolean areIn(Iterable<? extends JsonNode> messages) {
        for (JsonNode message : messages) {
            if (isMarked(message)) {
                return true;
            }
        }
        return false;
    }

    /** Shows in each message that began a thread the thread as it is now. */
    static void add(Handle handle, Iterable<? extends JsonNode> messages) {
        Map<Snowflake, ObjectNode> marked = new HashMap<>();
        for (JsonNode message : messages) {
            if (isMarked(message) && message instanceof ObjectNode body) {
                marked.put(Snowflake.parse(body.path("id").asText()), body);
            }
        }
        for (Channel thread : ChannelRows.findAll(handle, marked.keySet())) {
            ObjectNode body = marked.get(thread.id());
            if (body != null && thread.isThread()) {
                body.set("thread", thread.body());
            }
        }
    }

    private static boolean isMarked(JsonNode message) {
        return (message.path("flags").asInt() & MessageFlags.HAS_THREAD) != 0;
    }
}
