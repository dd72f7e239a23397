package dev.parley.readstate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * How far a user has read in a channel.
 *
 * @param guildId null for direct messages
 * @param lastMessageId the newest message that the user has seen; null if none was acknowledged
 * @param newestMessageId the channel's newest message; null when there is none
 * @param unread whether others have written since
 * @param mentionCount messages since that mention the user, at most {@link #MOST_MENTIONS}; in direct messages all of
 *     others
 */
record ReadState(
        Snowflake channelId,
        @Nullable Snowflake guildId,
        @Nullable Snowflake lastMessageId,
        @Nullable Snowflake newestMessageId,
        boolean unread,
        int mentionCount) {

    /** Clients show no more digits. */
    static final int MOST_MENTIONS = 250;

    /** As READY carries it, which Discord documents nowhere. */
    ObjectNode entry() {
        ObjectNode body = Json.object();
        body.put("id", channelId.toString());
        body.put("last_message_id", lastMessageId == null ? null : lastMessageId.toString());
        body.put("mention_count", mentionCount);
        return body;
    }

    /** As {@code GET /users/@me/read-states} lists it. */
    ObjectNode body() {
        ObjectNode body = entry();
        body.put("guild_id", guildId == null ? null : guildId.toString());
        body.put("newest_message_id", newestMessageId == null ? null : newestMessageId.toString());
        body.put("unread", unread);
        return body;
    }
}
