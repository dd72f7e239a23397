package dev.parley.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.attachment.AttachmentForm;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import org.jspecify.annotations.Nullable;

/**
 * The message that a client sends (Discord documentation, "Create Message"), checked.
 *
 * @param nonce 1 to 25 characters; a number if {@code numericNonce}
 * @param embeds at most 10, together at most 6,000 characters
 * @param components action rows, at most 5
 * @param reference the message that this one answers or passes on
 */
public record MessageDraft(
        String content,
        boolean tts,
        int flags,
        @Nullable String nonce,
        boolean numericNonce,
        boolean enforceNonce,
        ArrayNode embeds,
        ArrayNode components,
        @Nullable ReferenceDraft reference,
        AllowedMentions allowedMentions) {

    static final int MAX_CONTENT = 2000;
    private static final int MAX_NONCE = 25;

    /**
     * Reads a message.
     *
     * @throws ApiException {@code INVALID_FORM_BODY}, or {@code CANNOT_SEND_EMPTY_MESSAGE}
     */
    public static MessageDraft read(Form form) {
        return read(form, MessageFlags.SETTABLE);
    }

    /**
     * As above, with the flags that may be set; others are passed over.
     *
     * @throws ApiException {@code INVALID_FORM_BODY}, or {@code CANNOT_SEND_EMPTY_MESSAGE}
     */
    public static MessageDraft read(Form form, int settableFlags) {
        String content = form.optionalText("content", 0, MAX_CONTENT);
        boolean tts = form.flag("tts", false);
        Integer flags = form.optionalInteger("flags", 0, Integer.MAX_VALUE);
        JsonNode nonce = form.raw("nonce");
        if (!nonce.isMissingNode() && !nonce.isNull() && !isNonce(nonce)) {
            form.error("nonce", "NONCE_TYPE_INVALID", "Must be a whole number or a text of 25 or fewer.");
        }
        boolean enforceNonce = form.flag("enforce_nonce", false);
        ArrayNode embeds = Embeds.read(form);
        ArrayNode components = Components.read(form);
        if (!form.raw("sticker_ids").isEmpty()) {
            form.error("sticker_ids", "STICKER_INVALID", "There are no stickers.");
        }
        ReferenceDraft reference = ReferenceDraft.read(form);
        AllowedMentions allowedMentions = AllowedMentions.read(form);
        form.check();
        boolean hasNonce = nonce.isTextual() ? !nonce.textValue().isEmpty() : nonce.isIntegralNumber();
        MessageDraft draft = new MessageDraft(
                content == null ? "" : content,
                tts,
                flags == null ? 0 : flags & settableFlags,
                hasNonce ? nonce.asText() : null,
                nonce.isIntegralNumber(),
                enforceNonce && hasNonce,
                embeds,
                components,
                reference,
                allowedMentions);
        boolean forwards = reference != null && reference.forwards();
        boolean hasMore = !embeds.isEmpty() || !components.isEmpty() || forwards || AttachmentForm.isIn(form);
        if (draft.content().isBlank() && !hasMore) {
            throw new ApiException(ErrorCode.CANNOT_SEND_EMPTY_MESSAGE);
        }
        return draft;
    }

    /** A message that says this and mentions nobody. */
    public static MessageDraft saying(String content) {
        return new MessageDraft(
                content, false, 0, null, false, false, Json.array(), Json.array(), null, AllowedMentions.none());
    }

    /** The same message with other flags. */
    public MessageDraft withFlags(int other) {
        return new MessageDraft(
                content, tts, other, nonce, numericNonce, enforceNonce, embeds, components, reference, allowedMentions);
    }

    /** The same message with other embeds, which are sent as they are. */
    public MessageDraft withEmbeds(ArrayNode other) {
        return new MessageDraft(
                content, tts, flags, nonce, numericNonce, enforceNonce, other, components, reference, allowedMentions);
    }

    /** What of it only some messages have; the caller's own. */
    ObjectNode extra() {
        ObjectNode extra = Json.object();
        if (!components.isEmpty()) {
            extra.set("components", components);
        }
        return extra;
    }

    /** The nonce as the client sent it. */
    @Nullable JsonNode nonceNode() {
        String text = nonce;
        return text == null ? null : Json.tree(numericNonce ? (Object) Long.valueOf(text) : text);
    }

    private static boolean isNonce(JsonNode node) {
        return (node.isIntegralNumber() && node.canConvertToLong())
                || (node.isTextual()
                        && node.textValue().codePointCount(0, node.textValue().length()) <= MAX_NONCE
                        && node.textValue().indexOf('\0') < 0);
    }
}
