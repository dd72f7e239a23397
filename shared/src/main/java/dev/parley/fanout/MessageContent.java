package dev.parley.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Intent;
import dev.parley.protocol.Json;
import dev.parley.session.Recipient;
import java.util.HashSet;
import java.util.Set;

/**
 * What a bot without the intent MESSAGE_CONTENT sees of a message in a guild: nothing of what was said, unless it said it
 * or is mentioned (Discord documentation, "Message Content Intent").
 */
final class MessageContent {

    private final String full;
    private final String blank;
    private final boolean applies;
    private final Set<String> concerned = new HashSet<>();

    MessageContent(Event event) {
        full = Json.text(event.data());
        applies = event.type() == DispatchType.MESSAGE_CREATE && event.audience() instanceof Audience.Guild;
        blank = applies ? Json.text(blanked(event.data())) : full;
        if (applies) {
            concerned.add(event.data().path("author").path("id").asText());
            event.data()
                    .path("mentions")
                    .forEach(user -> concerned.add(user.path("id").asText()));
        }
    }

    /** The event's data for one session. */
    String forRecipient(Recipient recipient) {
        boolean whole = !applies
                || !recipient.bot()
                || Intent.MESSAGE_CONTENT.in(recipient.intents())
                || concerned.contains(recipient.userId().toString());
        return whole ? full : blank;
    }

    private static JsonNode blanked(JsonNode data) {
        ObjectNode copy = data.deepCopy();
        copy.put("content", "");
        copy.putArray("embeds");
        copy.putArray("attachments");
        copy.putArray("components");
        if (copy.path("referenced_message") instanceof ObjectNode referenced) {
            copy.set("referenced_message", blanked(referenced));
        }
        return copy;
    }
}
