package dev.parley.attachment;

import dev.parley.protocol.UploadedFile;
import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * A file that a client wants in a message. It came with the request, or the client has uploaded it before: one of {@code file}
 * and {@code uploadId} is there.
 *
 * @param filename safe already
 * @param description at most 1,024 code points; null for none
 */
record AttachmentDraft(
        String filename,
        @Nullable String description,
        @Nullable UploadedFile file,
        @Nullable Snowflake uploadId) {}
