package dev.parley.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.User;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored message.
 *
 * @param type one of {@link MessageType}
 * @param reference the message that this one answers or passes on
 * @param editedAt when its author last changed it; null if never
 * @param extra what only some messages have, by its name in the message object, for example {@code attachments}; it
 *     stands for what the rest of this record says. Not to be changed
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
        @Nullable MessageReference reference,
        @Nullable Instant editedAt,
        boolean pinned,
        ObjectNode extra) {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx").withZone(ZoneOffset.UTC);

    /** The webhook that sent it; null if none did. */
    @Nullable Snowflake webhookId() {
        return Snowflake.parseOrNull(extra.path("webhook_id").asText());
    }

    /** The message as clients see it (Discord documentation, "Message Object"). */
    ObjectNode body() {
        ObjectNode body = Json.object();
        body.put("id", id.toString());
        body.put("type", type);
        body.put("channel_id", channelId.toString());
        body.set("author", Json.tree(author));
        body.put("content", content);
        body.put("timestamp", TIMESTAMP.format(id.timestamp()));
        body.put("edited_timestamp", editedAt == null ? null : TIMESTAMP.format(editedAt));
        body.put("tts", tts);
        body.put("mention_everyone", mentionEveryone);
        ArrayNode users = body.putArray("mentions");
        mentions.forEach(user -> users.add(Json.tree(user)));
        ArrayNode roles = body.putArray("mention_roles");
        mentionRoles.forEach(role -> roles.add(role.toString()));
        body.putArray("attachments");
        // Suppressed embeds are kept, so that they can be shown again.
        body.set("embeds", (flags & MessageFlags.SUPPRESS_EMBEDS) == 0 ? embeds : Json.array());
        body.putArray("components");
        body.put("pinned", pinned);
        body.put("flags", flags);
        if (reference != null) {
            body.set("message_reference", reference.body());
        }
        body.setAll(extra);
        return body;
    }
}
