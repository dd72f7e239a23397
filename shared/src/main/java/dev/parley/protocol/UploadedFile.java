package dev.parley.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A file that came with a form.
 *
 * @param id what the form's {@code attachments} call it: n of {@code files[n]}, or its place among the files
 * @param filename as the client named it
 * @param contentType as the client said; null if it did not
 * @param bytes not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record UploadedFile(
        String id, String filename, @Nullable String contentType, byte[] bytes) {}
