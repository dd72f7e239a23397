package dev.parley.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * The message that another one answers or passes on (Discord documentation, "Message Reference Structure").
 *
 * @param type {@link #REPLY} or {@link #FORWARD}
 * @param guildId the guild of its channel; null in a direct-message channel
 */
public record MessageReference(int type, @Nullable Snowflake guildId, Snowflake channelId, Snowflake messageId) {

    public static final int REPLY = 0;
    public static final int FORWARD = 1;

    ObjectNode body() {
        ObjectNode body = Json.object();
        body.put("type", type);
        body.put("message_id", messageId.toString());
        body.put("channel_id", channelId.toString());
        if (guildId != null) {
            body.put("guild_id", guildId.toString());
        }
        return body;
    }
}
