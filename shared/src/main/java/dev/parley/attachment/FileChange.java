package dev.parley.attachment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an edit does with the files of a message. The new ones are stored already, so that nothing waits for them while the
 * message's row is taken; if the edit is never stored, they go after a day.
 *
 * <p>Not to be changed.
 */
public final class FileChange {

    private final @Nullable Map<Snowflake, AttachmentForm.Description> kept;
    private final ArrayNode added;

    FileChange(AttachmentForm files, ArrayNode added) {
        kept = files.kept();
        this.added = added;
    }

    /** Whether an edit says anything of files. */
    public static boolean isIn(Form form) {
        return !form.files().isEmpty() || form.has("attachments");
    }

    /**
     * The files of the message from now on: those that are kept, and behind them the new ones. What is not kept is removed
     * from the store within the hour once the edit is stored.
     *
     * @param existing the {@code attachments} of the message as they are stored; stays as it is
     * @throws ApiException {@code MAXIMUM_ATTACHMENTS}
     */
    public ArrayNode applyTo(JsonNode existing) {
        ArrayNode attachments = Json.array();
        for (JsonNode file : existing) {
            ObjectNode copy = file.deepCopy();
            AttachmentForm.Description description = kept == null
                    ? AttachmentForm.Description.UNCHANGED
                    : kept.get(Snowflake.parse(file.path("id").asText()));
            if (description != null) {
                describe(copy, description);
                attachments.add(copy);
            }
        }
        attachments.addAll(added.deepCopy());
        if (attachments.size() > Attachments.MAX_FILES) {
            throw new ApiException(ErrorCode.MAXIMUM_ATTACHMENTS);
        }
        return attachments;
    }

    private static void describe(ObjectNode attachment, AttachmentForm.Description description) {
        String text = description.text();
        if (description.changes() && (text == null || text.isEmpty())) {
            attachment.remove("description");
        } else if (description.changes()) {
            attachment.put("description", text);
        }
    }
}
