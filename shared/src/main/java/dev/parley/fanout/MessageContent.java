package dev.parley.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Intent;
import dev.parley.protocol.Json;
import dev.parley.session.Arrival;
import dev.parley.session.Place;
import dev.parley.session.Recipient;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a bot without the intent MESSAGE_CONTENT sees of a message in a guild: nothing of what was said, unless it said it
 * or is mentioned (Discord documentation, "Message Content Intent"). One thread at a time.
 */
final class MessageContent {

    private static final Set<DispatchType> TYPES = EnumSet.of(DispatchType.MESSAGE_CREATE, DispatchType.MESSAGE_UPDATE);

    private final Arrival full;
    private final Place place;
    private final DispatchType type;
    private final boolean applies;
    private final JsonNode data;
    private final Set<String> concerned = new HashSet<>();

    /** Made for the first that gets it: most messages reach nobody who does. */
    private @Nullable Arrival blank;

    MessageContent(Event event, Place place) {
        this.place = place;
        type = event.type();
        full = Arrival.of(place, type, Json.text(event.data()));
        applies = TYPES.contains(event.type()) && event.audience() instanceof Audience.Guild;
        data = event.data();
        if (applies) {
            concerned.add(event.data().path("author").path("id").asText());
            event.data()
                    .path("mentions")
                    .forEach(user -> concerned.add(user.path("id").asText()));
        }
    }

    /** The event as it comes to one session. */
    Arrival forRecipient(Recipient recipient) {
        boolean whole = !applies
                || !recipient.bot()
                || Intent.MESSAGE_CONTENT.in(recipient.intents())
                || concerned.contains(recipient.userId().toString());
        if (whole) {
            return full;
        }
        Arrival without = blank;
        if (without == null) {
            without = Arrival.of(place, type, Json.text(blanked(data)));
            blank = without;
        }
        return without;
    }

    private static JsonNode blanked(JsonNode data) {
        ObjectNode copy = data.deepCopy();
        copy.put("content", "");
        copy.putArray("embeds");
        copy.putArray("attachments");
        copy.putArray("components");
        for (JsonNode snapshot : copy.path("message_snapshots")) {
            if (snapshot.path("message") instanceof ObjectNode message) {
                ((ObjectNode) snapshot).set("message", blanked(message));
            }
        }
        if (copy.path("referenced_message") instanceof ObjectNode referenced) {
            copy.set("referenced_message", blanked(referenced));
        }
        return copy;
    }
}
