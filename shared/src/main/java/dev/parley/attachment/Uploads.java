package dev.parley.attachment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.channel.Channels;
import dev.parley.guild.MemberRows;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.storage.ObjectStore;
import dev.parley.store.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Files that clients upload to the object store themselves before they send the message, as Discord's own clients do. This is
 * the way of files that are too large for a request.
 *
 * <p>Thread-safe.
 */
public final class Uploads {

    private static final Duration VALIDITY = Duration.ofHours(1);

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Channels channels;
    private final ObjectStore store;
    private final long maxBytes;

    /**
     * Uploads.
     *
     * @param maxBytes of one file
     */
    public Uploads(Database database, SnowflakeGenerator ids, Channels channels, ObjectStore store, long maxBytes) {
        this.database = database;
        this.ids = ids;
        this.channels = channels;
        this.store = store;
        this.maxBytes = maxBytes;
    }

    /**
     * A file that a client may upload.
     *
     * @param size bytes, as the client said
     */
    record Upload(Snowflake id, String filename, long size) {

        String key() {
            return FileKeys.upload(id, filename);
        }
    }

    /**
     * Prepares uploads.
     *
     * @param form {@code files}: 1 to 10 of {@code {id, filename, file_size}}
     * @return {@code attachments}: for each file its {@code id}, the {@code upload_url} to PUT it to within an hour, and the
     *     {@code upload_filename} that the message then names it by
     * @throws ApiException if the form is wrong, the user may not attach files there, or a file is too large
     */
    public ObjectNode prepare(Snowflake channelId, Snowflake userId, Form form) {
        JsonNode files = form.raw("files");
        if (!files.isArray() || files.isEmpty() || files.size() > Attachments.MAX_FILES) {
            form.error("files", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 10 in length.");
        }
        List<Upload> uploads = new ArrayList<>();
        for (JsonNode file : files) {
            JsonNode size = file.path("file_size");
            if (!file.path("filename").isTextual()
                    || file.path("filename").textValue().length() > 1024
                    || !size.isIntegralNumber()
                    || size.longValue() < 0) {
                form.error("files", "MODEL_TYPE_CONVERT", "A file has a filename and a file_size.");
                break;
            }
            uploads.add(
                    new Upload(ids.next(), FileNames.safe(file.path("filename").textValue()), size.longValue()));
        }
        form.check();
        channels.access(channelId, userId).requireSend().require(Permission.ATTACH_FILES);
        if (uploads.stream().anyMatch(upload -> upload.size() > maxBytes)) {
            throw new ApiException(ErrorCode.REQUEST_ENTITY_TOO_LARGE);
        }
        insert(channelId, userId, uploads);
        ObjectNode body = Json.object();
        ArrayNode attachments = body.putArray("attachments");
        for (int i = 0; i < uploads.size(); i++) {
            Upload upload = uploads.get(i);
            ObjectNode attachment = attachments.addObject();
            JsonNode id = files.get(i).path("id");
            attachment.set("id", id.isMissingNode() ? Json.tree(i) : id);
            attachment.put(
                    "upload_url",
                    store.uploadLink(upload.key(), upload.size(), VALIDITY).toString());
            attachment.put("upload_filename", upload.id() + "/" + upload.filename());
        }
        return body;
    }

    /** Where files are uploaded to and read from: scheme, host and port. A page that does so has to allow it. */
    public String origin() {
        return store.origin();
    }

    /** The uploads of a user to a channel with these ids, those that are not there left out. */
    Map<Snowflake, Upload> find(Snowflake channelId, Snowflake userId, Collection<Snowflake> uploadIds) {
        return database.query(handle -> handle
                .select(
                        "SELECT id, filename, size FROM uploads WHERE id = ANY (?) AND channel_id = ? AND user_id = ?",
                        MemberRows.longs(List.copyOf(uploadIds)),
                        channelId.value(),
                        userId.value())
                .map((rs, context) ->
                        new Upload(new Snowflake(rs.getLong("id")), rs.getString("filename"), rs.getLong("size")))
                .stream()
                .collect(Collectors.toMap(Upload::id, Function.identity())));
    }

    /**
     * Uses uploads up, all or none: of two messages at once only one gets them.
     *
     * @return whether they were there
     */
    boolean claim(Collection<Snowflake> uploadIds) {
        return database.transaction(handle -> {
            int claimed = handle.execute(
                    "DELETE FROM uploads WHERE id = ANY (?)", (Object) MemberRows.longs(List.copyOf(uploadIds)));
            if (claimed != uploadIds.size()) {
                handle.rollback();
            }
            return claimed == uploadIds.size();
        });
    }

    private void insert(Snowflake channelId, Snowflake userId, List<Upload> uploads) {
        database.query(handle -> {
            var batch = handle.prepareBatch(
                    "INSERT INTO uploads (id, user_id, channel_id, filename, size) VALUES (?, ?, ?, ?, ?)");
            uploads.forEach(upload -> batch.add(
                    upload.id().value(), userId.value(), channelId.value(), upload.filename(), upload.size()));
            return batch.execute();
        });
    }
}
