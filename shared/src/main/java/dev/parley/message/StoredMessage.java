package dev.parley.message;

import dev.parley.snowflake.Snowflake;
import java.util.List;

/**
 * A message as its cluster has it, which knows users by their ids alone.
 *
 * @param message of an author as the message itself shows it, and without mentions
 * @param mentions the users that it mentions
 */
record StoredMessage(Message message, List<Snowflake> mentions) {}
