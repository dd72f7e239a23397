package dev.parley.interaction;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * What a user's client sends when the user uses a command, a component or a modal. Discord does not document it; this is
 * what its own client sends.
 *
 * @param type one of the types of {@link Interaction}
 * @param guildId the guild that the client takes the channel to be in; null if it does not say
 * @param messageId the message whose component is used
 * @param nonce what tells the client's questions apart; at most 25 characters
 */
record InteractionForm(
        int type,
        Snowflake applicationId,
        Snowflake channelId,
        @Nullable Snowflake guildId,
        @Nullable Snowflake messageId,
        @Nullable String nonce,
        JsonNode data) {

    /** Keeps the event well under the 128 KB that API Gateway carries in one message. */
    private static final int MAX_BYTES = 48 * 1024;

    private static final int MAX_NONCE = 25;

    /**
     * Reads a form.
     *
     * @throws ApiException {@code INVALID_FORM_BODY}
     */
    static InteractionForm read(Form form) {
        Integer type = form.optionalInteger("type", Interaction.COMMAND, Interaction.MODAL);
        if (type == null) {
            form.required("type");
        }
        Snowflake applicationId = required(form, "application_id");
        Snowflake channelId = required(form, "channel_id");
        Snowflake guildId = form.optionalSnowflake("guild_id");
        Snowflake messageId = type != null && type == Interaction.COMPONENT ? required(form, "message_id") : null;
        JsonNode nonce = form.raw("nonce");
        if (nonce.asText("").length() > MAX_NONCE || nonce.isContainerNode()) {
            form.error("nonce", "NONCE_TYPE_INVALID", "Must be a text of 25 or fewer.");
        }
        JsonNode data = form.raw("data");
        if (!data.isObject()) {
            form.required("data");
        } else if (Json.bytes(data).length > MAX_BYTES) {
            form.error("data", "BASE_TYPE_MAX_LENGTH", "The data is too large.");
        }
        form.check();
        return new InteractionForm(
                type == null ? 0 : type,
                applicationId,
                channelId,
                guildId,
                messageId,
                nonce.isValueNode() && !nonce.isNull() ? nonce.asText() : null,
                data);
    }

    /** An id in the data. */
    @Nullable Snowflake id(String field) {
        return Snowflake.parseOrNull(data.path(field).asText());
    }

    private static Snowflake required(Form form, String field) {
        Snowflake id = form.optionalSnowflake(field);
        if (id == null) {
            form.required(field);
            return new Snowflake(0);
        }
        return id;
    }
}
