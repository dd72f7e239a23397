package dev.parley.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * The message that a client sends (Discord documentation, "Create Message"), checked.
 *
 * @param nonce 1 to 25 characters; a number if {@code numericNonce}
 * @param embeds at most 10, together at most 6,000 characters
 * @param reference the message that this one answers, in the same channel
 * @param requireReference whether the answer is refused when that message is not there
 */
record MessageDraft(
        String content,
        boolean tts,
        int flags,
        @Nullable String nonce,
        boolean numericNonce,
        boolean enforceNonce,
        ArrayNode embeds,
        @Nullable Snowflake reference,
        boolean requireReference,
        AllowedMentions allowedMentions) {

    private static final int MAX_CONTENT = 2000;
    private static final int MAX_NONCE = 25;

    /** SUPPRESS_EMBEDS and SUPPRESS_NOTIFICATIONS, the flags that a sender may set. */
    private static final int SETTABLE_FLAGS = 1 << 2 | 1 << 12;

    /**
     * Reads a message.
     *
     * @throws ApiException {@code INVALID_FORM_BODY}, or {@code CANNOT_SEND_EMPTY_MESSAGE}
     */
    static MessageDraft read(Form form) {
        String content = form.optionalText("content", 0, MAX_CONTENT);
        boolean tts = form.flag("tts", false);
        Integer flags = form.optionalInteger("flags", 0, Integer.MAX_VALUE);
        JsonNode nonce = form.raw("nonce");
        if (!nonce.isMissingNode() && !nonce.isNull() && !isNonce(nonce)) {
            form.error("nonce", "NONCE_TYPE_INVALID", "Must be a whole number or a text of 25 or fewer.");
        }
        boolean enforceNonce = form.flag("enforce_nonce", false);
        ArrayNode embeds = Embeds.read(form);
        JsonNode reference = form.raw("message_reference");
        Snowflake referenceId =
                Snowflake.parseOrNull(reference.path("message_id").asText());
        if (reference.isObject() && referenceId == null) {
            form.error("message_reference", "MODEL_TYPE_CONVERT", "The message_id is missing.");
        }
        AllowedMentions allowedMentions = AllowedMentions.read(form);
        form.check();
        boolean hasNonce = nonce.isTextual() ? !nonce.textValue().isEmpty() : nonce.isIntegralNumber();
        MessageDraft draft = new MessageDraft(
                content == null ? "" : content,
                tts,
                flags == null ? 0 : flags & SETTABLE_FLAGS,
                hasNonce ? nonce.asText() : null,
                nonce.isIntegralNumber(),
                enforceNonce && hasNonce,
                embeds,
                referenceId,
                reference.path("fail_if_not_exists").asBoolean(true),
                allowedMentions);
        if (draft.content().isBlank() && embeds.isEmpty()) {
            throw new ApiException(ErrorCode.CANNOT_SEND_EMPTY_MESSAGE);
        }
        return draft;
    }

    /** The nonce as the client sent it. */
    @Nullable JsonNode nonceNode() {
        String text = nonce;
        return text == null ? null : Json.tree(numericNonce ? (Object) Long.valueOf(text) : text);
    }

    private static boolean isNonce(JsonNode node) {
        return (node.isIntegralNumber() && node.canConvertToLong())
                || (node.isTextual()
                        && node.textValue().length() <= MAX_NONCE
                        && node.textValue().indexOf('\0') < 0);
    }
}
