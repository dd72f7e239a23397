package dev.parley.message;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * The message that a new one answers or passes on, as the client names it (Discord documentation, "Message Reference
 * Structure").
 *
 * @param type {@link MessageReference#REPLY} or {@link MessageReference#FORWARD}
 * @param guildId the guild that the client takes it to be in; null if it does not say
 * @param channelId its channel; null if the client does not say, and it is the one that is sent to
 * @param required whether the answer is refused when that message is not there
 */
record ReferenceDraft(
        int type, @Nullable Snowflake guildId, @Nullable Snowflake channelId, Snowflake messageId, boolean required) {

    private static final String FIELD = "message_reference";

    /** Reads the reference; null if there is none, or it is wrong, which is noted in the form. */
    static @Nullable ReferenceDraft read(Form form) {
        JsonNode node = form.raw(FIELD);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        int type = node.path("type").asInt(MessageReference.REPLY);
        if (type != MessageReference.REPLY && type != MessageReference.FORWARD) {
            form.error(FIELD, "BASE_TYPE_CHOICES", "The type must be one of (0, 1).");
            return null;
        }
        Snowflake messageId = Snowflake.parseOrNull(node.path("message_id").asText());
        if (messageId == null) {
            form.error(FIELD, "MODEL_TYPE_CONVERT", "The message_id is missing.");
            return null;
        }
        Snowflake channelId = Snowflake.parseOrNull(node.path("channel_id").asText());
        if (type == MessageReference.FORWARD && channelId == null) {
            form.error(FIELD, "MESSAGE_REFERENCE_CHANNEL_ID_REQUIRED", "A forward names its message's channel_id.");
            return null;
        }
        return new ReferenceDraft(
                type,
                Snowflake.parseOrNull(node.path("guild_id").asText()),
                channelId,
                messageId,
                node.path("fail_if_not_exists").asBoolean(true));
    }

    boolean forwards() {
        return type == MessageReference.FORWARD;
    }
}
