package dev.parley.attachment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.attachment.Uploads.Upload;
import dev.parley.image.ImageSize;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.protocol.UploadedFile;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.storage.ObjectStore;
import dev.parley.storage.ObjectStore.Contents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of messages. Whoever makes or edits a message reads its files with the form, stores them once everything else is
 * checked, and puts what that gives into the message's {@code attachments}.
 *
 * <p>Thread-safe.
 */
public final class Attachments {

    /** Of one message (Discord documentation, "Message Object"). */
    static final int MAX_FILES = 10;

    /** Enough to find the size of nearly every JPEG, which may come behind a preview picture. */
    private static final int BEGINNING = 256 * 1024;

    private final SnowflakeGenerator ids;
    private final ObjectStore store;
    private final Uploads uploads;
    private final FileChecks checks;
    private final long maxBytes;

    /**
     * The files of messages.
     *
     * @param maxBytes of one file
     */
    public Attachments(SnowflakeGenerator ids, ObjectStore store, Uploads uploads, FileChecks checks, long maxBytes) {
        this.ids = ids;
        this.store = store;
        this.uploads = uploads;
        this.checks = checks;
        this.maxBytes = maxBytes;
    }

    /**
     * Reads the files of a new message.
     *
     * @throws ApiException {@code INVALID_FORM_BODY}; {@code MAXIMUM_ATTACHMENTS}; {@code REQUEST_ENTITY_TOO_LARGE}
     */
    public AttachmentForm read(Form form) {
        return read(form, Json.array());
    }

    /**
     * Reads what an edit does with a message's files.
     *
     * @param existing the {@code attachments} of the message as they are stored
     * @throws ApiException as above
     */
    public AttachmentForm read(Form form, JsonNode existing) {
        Set<Snowflake> existingIds = new HashSet<>();
        existing.forEach(file -> existingIds.add(Snowflake.parse(file.path("id").asText())));
        AttachmentForm files = AttachmentForm.read(form, existingIds);
        for (AttachmentDraft draft : files.added()) {
            UploadedFile file = draft.file();
            if (file != null && file.bytes().length > maxBytes) {
                throw new ApiException(ErrorCode.REQUEST_ENTITY_TOO_LARGE);
            }
        }
        return files;
    }

    /**
     * Stores the new files of an edited message.
     *
     * @param userId whose uploads count
     * @throws ApiException as {@link #store}
     */
    public FileChange change(AttachmentForm files, Snowflake channelId, Snowflake userId, Snowflake messageId) {
        return new FileChange(files, store(files, channelId, userId, messageId));
    }

    /**
     * Stores the files of a new message.
     *
     * @param userId whose uploads count
     * @param messageId the message that will have them; if it is never stored, the files go after a day
     * @return the message's {@code attachments}, to be stored as they are: they get their links when they leave
     * @throws ApiException {@code INVALID_FORM_BODY} if a file was not uploaded by the user to the channel, or with another
     *     size, or is used already
     */
    public ArrayNode store(AttachmentForm files, Snowflake channelId, Snowflake userId, Snowflake messageId) {
        ArrayNode attachments = Json.array();
        List<AttachmentDraft> added = files.added();
        if (added.isEmpty()) {
            return attachments;
        }
        Map<Snowflake, Upload> uploaded = uploaded(added, channelId, userId);
        List<Snowflake> attachmentIds = added.stream().map(draft -> ids.next()).toList();
        List<FileChecks.Planned> planned = new ArrayList<>();
        for (int i = 0; i < added.size(); i++) {
            planned.add(
                    new FileChecks.Planned(attachmentIds.get(i), added.get(i).filename()));
        }
        checks.plan(channelId, messageId, planned);
        for (int i = 0; i < added.size(); i++) {
            AttachmentDraft draft = added.get(i);
            UploadedFile file = draft.file();
            Snowflake id = attachmentIds.get(i);
            attachments.add(
                    file == null
                            ? copy(draft, Objects.requireNonNull(uploaded.get(draft.uploadId())), channelId, id)
                            : put(draft, file, channelId, id));
        }
        if (!uploaded.isEmpty() && !uploads.claim(uploaded.keySet())) {
            throw uploadNotFound();
        }
        return attachments;
    }

    /**
     * Lets a message's embeds show its own files: {@code attachment://} with a file's name becomes that file (Discord
     * documentation, "Using Attachments within Embeds"). In place.
     *
     * @param attachments the message's, as {@link #store} gave them
     */
    public static void show(ArrayNode embeds, ArrayNode attachments) {
        Map<String, String> paths = new HashMap<>();
        attachments.forEach(file -> paths.put(
                "attachment://" + file.path("filename").asText(),
                file.path("url").asText()));
        embeds.forEach(embed -> replace(embed, paths));
    }

    /**
     * Takes out of a message's embeds what they show of files that the message has no more. In place.
     *
     * @param attachments the message's
     */
    public static void hide(JsonNode embeds, JsonNode attachments) {
        Set<String> paths = new HashSet<>();
        attachments.forEach(file -> paths.add(file.path("url").asText()));
        for (JsonNode embed : embeds) {
            for (String part : List.of("image", "thumbnail")) {
                if (isGone(embed.path(part).path("url").asText(), paths)) {
                    ((ObjectNode) embed).remove(part);
                }
            }
            for (String part : List.of("author", "footer")) {
                if (isGone(embed.path(part).path("icon_url").asText(), paths)) {
                    ((ObjectNode) embed.path(part)).remove("icon_url");
                }
            }
        }
    }

    private static boolean isGone(String path, Set<String> paths) {
        return path.startsWith(AttachmentLinks.ROOT) && !paths.contains(path);
    }

    private static void replace(JsonNode node, Map<String, String> paths) {
        if (node instanceof ObjectNode object) {
            for (String field : List.of("url", "icon_url")) {
                String path = paths.get(object.path(field).asText());
                if (path != null) {
                    object.put(field, path);
                }
            }
        }
        node.forEach(child -> replace(child, paths));
    }

    private Map<Snowflake, Upload> uploaded(List<AttachmentDraft> added, Snowflake channelId, Snowflake userId) {
        List<Snowflake> wanted = added.stream()
                .map(AttachmentDraft::uploadId)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        if (wanted.isEmpty()) {
            return Map.of();
        }
        Map<Snowflake, Upload> found = uploads.find(channelId, userId, wanted);
        if (found.size() != wanted.size()) {
            throw uploadNotFound();
        }
        return found;
    }

    private ObjectNode put(AttachmentDraft draft, UploadedFile file, Snowflake channelId, Snowflake id) {
        String type = ContentTypes.of(draft.filename(), file.contentType(), file.bytes());
        store.put(
                FileKeys.attachment(channelId, id, draft.filename()),
                file.bytes(),
                type,
                disposition(draft.filename(), type));
        return body(draft, channelId, id, file.bytes().length, type, file.bytes());
    }

    private ObjectNode copy(AttachmentDraft draft, Upload upload, Snowflake channelId, Snowflake id) {
        Contents contents = store.read(upload.key(), BEGINNING).orElseThrow(Attachments::uploadNotFound);
        if (contents.object().size() != upload.size()) {
            throw Form.refusal(
                    "attachments", "UPLOAD_SIZE_MISMATCH", "What was uploaded is not as large as announced.");
        }
        String type = ContentTypes.of(draft.filename(), contents.object().contentType(), contents.bytes());
        // A copy, so that the link that the client still has changes nothing of what was sent.
        if (!store.copy(
                upload.key(),
                FileKeys.attachment(channelId, id, draft.filename()),
                type,
                disposition(draft.filename(), type))) {
            throw uploadNotFound();
        }
        return body(draft, channelId, id, upload.size(), type, contents.bytes());
    }

    private static ObjectNode body(
            AttachmentDraft draft, Snowflake channelId, Snowflake id, long size, String type, byte[] beginning) {
        ObjectNode body = Json.object();
        body.put("id", id.toString());
        body.put("filename", draft.filename());
        String description = draft.description();
        if (description != null && !description.isEmpty()) {
            body.put("description", description);
        }
        body.put("content_type", type);
        body.put("size", size);
        String path = FileKeys.path(channelId, id, draft.filename());
        body.put("url", path);
        body.put("proxy_url", path);
        ImageSize pixels = ImageSize.read(beginning);
        if (pixels != null) {
            body.put("width", pixels.width());
            body.put("height", pixels.height());
        }
        return body;
    }

    private static @Nullable String disposition(String filename, String contentType) {
        return ContentTypes.mayBeShown(contentType) ? null : "attachment; filename=\"" + filename + "\"";
    }

    private static ApiException uploadNotFound() {
        return Form.refusal("attachments", "UPLOAD_NOT_FOUND", "A file was not uploaded, or is used already.");
    }
}
