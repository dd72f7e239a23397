package dev.parley.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.parley.attachment.FileChange;
import dev.parley.protocol.Form;
import org.jspecify.annotations.Nullable;

/**
 * A change of a message that a client asks for (Discord documentation, "Edit Message"), checked. What is null stays as it
 * is.
 *
 * @param content at most 2,000 characters; empty to take it away
 * @param flags of them {@code SUPPRESS_EMBEDS} counts
 * @param allowedMentions whom the content may mention from now on
 * @param files what becomes of the files
 */
record MessageEdit(
        @Nullable String content,
        @Nullable ArrayNode embeds,
        @Nullable ArrayNode components,
        @Nullable Integer flags,
        @Nullable AllowedMentions allowedMentions,
        @Nullable FileChange files) {

    /**
     * Reads a change, without what it says of files.
     *
     * @throws dev.parley.protocol.ApiException {@code INVALID_FORM_BODY}
     */
    static MessageEdit read(Form form) {
        String content = form.optionalText("content", 0, MessageDraft.MAX_CONTENT);
        ArrayNode embeds = Embeds.read(form);
        ArrayNode components = Components.read(form);
        Integer flags = form.optionalInteger("flags", 0, Integer.MAX_VALUE);
        AllowedMentions allowedMentions = AllowedMentions.read(form);
        form.check();
        String said = content == null ? "" : content;
        return new MessageEdit(
                form.has("content") ? said : null,
                form.has("embeds") ? embeds : null,
                form.has("components") ? components : null,
                flags,
                AllowedMentions.isIn(form) || form.has("content") ? allowedMentions : null,
                null);
    }

    /** The same change with what becomes of the files. */
    MessageEdit with(@Nullable FileChange change) {
        return new MessageEdit(content, embeds, components, flags, allowedMentions, change);
    }

    /** Whether all that changes is what somebody else than the author may. */
    boolean isOfFlagsOnly() {
        return content == null && embeds == null && components == null && allowedMentions == null && files == null;
    }
}
