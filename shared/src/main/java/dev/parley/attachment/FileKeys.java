package dev.parley.attachment;

import dev.parley.catalog.FileFolder;
import dev.parley.snowflake.Snowflake;

/** Where files are in the object store. */
final class FileKeys {

    private FileKeys() {}

    /** The path of a file in its link; the key is the same without the slash at the head. */
    static String path(Snowflake channelId, Snowflake attachmentId, String filename) {
        return AttachmentLinks.ROOT + channelId + "/" + attachmentId + "/" + filename;
    }

    static String attachment(Snowflake channelId, Snowflake attachmentId, String filename) {
        return path(channelId, attachmentId, filename).substring(1);
    }

    /** Where a client uploads to. What is never used there is removed after a day by a rule of the bucket. */
    static String upload(Snowflake uploadId, String filename) {
        return FileFolder.UPLOADS.prefix() + uploadId + "/" + filename;
    }
}
