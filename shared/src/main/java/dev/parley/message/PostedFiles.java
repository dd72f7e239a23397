package dev.parley.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.parley.snowflake.Snowflake;

/**
 * Files that are stored for a message to come, which must have this id; if it is never stored, they go after a day.
 *
 * @param attachments the message's {@code attachments}. Not to be changed
 */
public record PostedFiles(Snowflake messageId, ArrayNode attachments) {}
