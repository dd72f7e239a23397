package dev.parley.attachment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.UploadedFile;
import dev.parley.snowflake.Snowflake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a form says of a message's files (Discord documentation, "Uploading Files"): entries of {@code attachments} that name a
 * file of the request by its number, a file that is uploaded already, or one that the message has; and files that have no
 * entry. Immutable.
 */
public final class AttachmentForm {

    private static final int MAX_DESCRIPTION = 1024;
    private static final int MAX_FILENAME = 1024;

    private final @Nullable Map<Snowflake, Description> kept;
    private final List<AttachmentDraft> added;

    private AttachmentForm(@Nullable Map<Snowflake, Description> kept, List<AttachmentDraft> added) {
        this.kept = kept;
        this.added = List.copyOf(added);
    }

    /**
     * What becomes of a file's description.
     *
     * @param changes whether the form says anything of it
     */
    record Description(boolean changes, @Nullable String text) {

        static final Description UNCHANGED = new Description(false, null);
    }

    /** Whether a form has anything to say of files. */
    public static boolean isIn(Form form) {
        return !form.files().isEmpty() || !form.raw("attachments").isEmpty();
    }

    /** Whether no file comes new. */
    public boolean isEmpty() {
        return added.isEmpty();
    }

    /** The files to keep of those that the message has, with their new descriptions; null leaves all as they are. */
    @Nullable Map<Snowflake, Description> kept() {
        return kept;
    }

    /** New files. */
    List<AttachmentDraft> added() {
        return added;
    }

    /**
     * Reads the files of a form.
     *
     * @param existing the files that the message has; none if it is new
     * @throws ApiException {@code INVALID_FORM_BODY}; {@code MAXIMUM_ATTACHMENTS}
     */
    static AttachmentForm read(Form form, Set<Snowflake> existing) {
        JsonNode entries = form.raw("attachments");
        Map<String, UploadedFile> files = new LinkedHashMap<>();
        form.files().forEach(file -> files.putIfAbsent(file.id(), file));
        boolean listed = !entries.isMissingNode() && !entries.isNull();
        if (listed && !entries.isArray()) {
            form.error("attachments", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
        } else if (entries.size() + form.files().size() > 3 * Attachments.MAX_FILES) {
            throw new ApiException(ErrorCode.MAXIMUM_ATTACHMENTS);
        }
        Map<Snowflake, Description> kept = new HashMap<>();
        List<AttachmentDraft> added = new ArrayList<>();
        for (JsonNode entry : entries) {
            String id = entry.path("id").asText("");
            Snowflake existingId = Snowflake.parseOrNull(id);
            String description = text(form, entry, "description", MAX_DESCRIPTION);
            String filename = text(form, entry, "filename", MAX_FILENAME);
            String uploaded = text(form, entry, "uploaded_filename", MAX_FILENAME);
            UploadedFile file = files.remove(id);
            if (uploaded != null) {
                added.add(new AttachmentDraft(
                        FileNames.safe(filename == null ? afterSlash(uploaded) : filename),
                        description,
                        null,
                        uploadId(form, uploaded)));
            } else if (file != null) {
                added.add(new AttachmentDraft(
                        FileNames.safe(filename == null ? file.filename() : filename), description, file, null));
            } else if (existingId != null && existing.contains(existingId)) {
                kept.put(existingId, new Description(entry.has("description"), description));
            } else {
                form.error("attachments", "ATTACHMENT_NOT_FOUND", "There is no file with the id " + cut(id) + ".");
            }
        }
        files.values()
                .forEach(file -> added.add(new AttachmentDraft(FileNames.safe(file.filename()), null, file, null)));
        form.check();
        if (added.size() + kept.size() > Attachments.MAX_FILES) {
            throw new ApiException(ErrorCode.MAXIMUM_ATTACHMENTS);
        }
        return new AttachmentForm(listed ? kept : null, added);
    }

    private static @Nullable Snowflake uploadId(Form form, String uploaded) {
        int slash = uploaded.indexOf('/');
        Snowflake id = Snowflake.parseOrNull(slash < 0 ? "" : uploaded.substring(0, slash));
        if (id == null) {
            form.error("attachments", "UPLOAD_NOT_FOUND", "Nothing was uploaded as " + cut(uploaded) + ".");
        }
        return id;
    }

    private static @Nullable String text(Form form, JsonNode entry, String field, int maxLength) {
        JsonNode node = entry.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        String text = node.asText();
        if (!node.isTextual() || text.codePointCount(0, text.length()) > maxLength || text.indexOf('\0') >= 0) {
            form.error("attachments", "BASE_TYPE_MAX_LENGTH", field + " must be a text of " + maxLength + " or fewer.");
        }
        return text;
    }

    private static String afterSlash(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String cut(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40);
    }
}
