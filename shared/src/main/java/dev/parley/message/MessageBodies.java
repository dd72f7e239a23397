package dev.parley.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import dev.parley.shard.Content;
import dev.parley.snowflake.Snowflake;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Messages as clients see them, an answer with what it answers. Everything runs in the caller's transaction. */
final class MessageBodies {

    /**
     * Keeps an event under the 128 KB that API Gateway carries in one message (API Gateway developer guide, "Quotas for
     * WebSocket APIs"): what is answered is left out of an event that is longer. Clients take that as not looked up
     * (Discord documentation, "Message Object", {@code referenced_message}).
     */
    private static final int LONGEST_EVENT = 112 * 1024;

    private MessageBodies() {}

    /** A message. */
    static ObjectNode body(Content content, Message message) {
        return (ObjectNode) bodies(content, List.of(message)).get(0);
    }

    /** Messages of one channel, in the order given. */
    static ArrayNode bodies(Content content, List<Message> messages) {
        Map<Snowflake, Message> answered = answered(content, messages);
        ArrayNode bodies = Json.array();
        for (Message message : messages) {
            MessageReference reference = message.reference();
            bodies.add(body(message, reference == null ? null : answered.get(reference.messageId())));
        }
        return bodies;
    }

    /** A message with what it answers; null if that is deleted, or it answers nothing. */
    static ObjectNode body(Message message, @Nullable Message answered) {
        ObjectNode body = message.body();
        if (carries(message)) {
            body.set("referenced_message", answered == null ? null : answered.body());
        }
        return body;
    }

    /**
     * The data of a message's event.
     *
     * @param guildId null in a direct-message channel
     * @param member the author in the guild; null if it is no member
     */
    static ObjectNode eventData(ObjectNode body, @Nullable Snowflake guildId, @Nullable ObjectNode member) {
        boolean tooLong = body.path("referenced_message").isObject() && EventSize.of(body) > LONGEST_EVENT;
        if (guildId == null && !tooLong) {
            return body;
        }
        ObjectNode data = body.deepCopy();
        if (tooLong) {
            data.remove("referenced_message");
        }
        if (guildId != null) {
            data.put("guild_id", guildId.toString());
        }
        if (member != null) {
            data.set("member", member);
        }
        return data;
    }

    private static Map<Snowflake, Message> answered(Content content, List<Message> messages) {
        Map<Snowflake, Set<Snowflake>> wanted = new HashMap<>();
        for (Message message : messages) {
            MessageReference reference = message.reference();
            if (reference != null && carries(message)) {
                wanted.computeIfAbsent(reference.channelId(), channel -> new HashSet<>())
                        .add(reference.messageId());
            }
        }
        Map<Snowflake, Message> answered = new HashMap<>();
        wanted.forEach((channelId, ids) ->
                MessageRows.find(content, channelId, ids).forEach(message -> answered.put(message.id(), message)));
        return answered;
    }

    private static boolean carries(Message message) {
        return message.type() == MessageType.REPLY || message.type() == MessageType.THREAD_STARTER_MESSAGE;
    }
}
