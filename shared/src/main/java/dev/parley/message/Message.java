package dev.parley.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.User;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored message.
 *
 * @param type {@link #DEFAULT} or {@link #REPLY}
 * @param reference the message that this one answers, in the same channel
 */
record Message(
        Snowflake id,
        Snowflake channelId,
        User author,
        int type,
        String content,
        int flags,
        boolean tts,
        boolean mentionEveryone,
        List<User> mentions,
        List<Snowflake> mentionRoles,
        JsonNode embeds,
        @Nullable Snowflake reference) {

    static final int DEFAULT = 0;
    static final int REPLY = 19;

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx").withZone(ZoneOffset.UTC);

    /** The message as clients see it (Discord documentation, "Message Object"). */
    ObjectNode body() {
        ObjectNode body = Json.object();
        body.put("id", id.toString());
        body.put("type", type);
        body.put("channel_id", channelId.toString());
        body.set("author", Json.tree(author));
        body.put("content", content);
        body.put("timestamp", TIMESTAMP.format(id.timestamp()));
        body.putNull("edited_timestamp");
        body.put("tts", tts);
        body.put("mention_everyone", mentionEveryone);
        ArrayNode users = body.putArray("mentions");
        mentions.forEach(user -> users.add(Json.tree(user)));
        ArrayNode roles = body.putArray("mention_roles");
        mentionRoles.forEach(role -> roles.add(role.toString()));
        body.putArray("attachments");
        body.set("embeds", embeds);
        body.putArray("components");
        body.put("pinned", false);
        body.put("flags", flags);
        return body;
    }
}
