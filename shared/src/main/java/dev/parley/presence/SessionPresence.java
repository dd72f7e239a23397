package dev.parley.presence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.parley.protocol.InvalidJsonException;
import dev.parley.protocol.Json;
import org.jspecify.annotations.Nullable;

/**
 * What one session shows of its user (Discord documentation, "Update Presence"). Immutable, as long as nobody changes the
 * activities.
 *
 * @param since when the client went idle, ms since 1970; null if it is not idle
 * @param at when the session said so, ms since 1970
 * @param left whether the client has taken its leave, so that nothing is shown unless it comes back
 */
public record SessionPresence(
        Status status,
        ArrayNode activities,
        @Nullable Long since,
        boolean afk,
        Platform client,
        long at,
        boolean left) {

    /**
     * What a session shows at first: online, unless IDENTIFY says otherwise.
     *
     * @param sent IDENTIFY's {@code presence}; a missing node when it has none
     */
    public static SessionPresence first(Platform client, boolean bot, JsonNode sent, long nowMillis) {
        return new SessionPresence(Status.ONLINE, Json.array(), null, false, client, nowMillis, false)
                .updated(sent, bot, nowMillis);
    }

    /** With what an op 3 says; a status that is none leaves the old one. */
    SessionPresence updated(JsonNode sent, boolean bot, long nowMillis) {
        Status sentStatus = Status.read(sent.path("status").textValue());
        JsonNode sentActivities = sent.path("activities");
        JsonNode sentSince = sent.path("since");
        return new SessionPresence(
                sentStatus == null ? status : sentStatus,
                sentActivities.isArray() ? Activities.read(sentActivities, activities, bot, nowMillis) : activities,
                sentSince.canConvertToLong() ? (Long) sentSince.longValue() : null,
                sent.path("afk").asBoolean(),
                client,
                nowMillis,
                left);
    }

    /** The same, shown or not. */
    SessionPresence withLeft(boolean gone) {
        return new SessionPresence(status, activities, since, afk, client, at, gone);
    }

    String encode() {
        return Json.text(this);
    }

    /** Null when the text is none. */
    static @Nullable SessionPresence decode(String text) {
        try {
            return Json.read(text, SessionPresence.class);
        } catch (InvalidJsonException e) {
            return null;
        }
    }
}
