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

    /** The same message with one more of what only some have. */
    Message with(String name, JsonNode value) {
        ObjectNode more = extra.deepCopy();
        more.set(name, value);
        return copy(flags, pinned, more);
    }

    /** Whether a user said it; not what a webhook said. */
    boolean isOf(Snowflake userId) {
        return author.id().equals(userId) && webhookId() == null;
    }

    /** Whether it has one of these bits in its flags. */
    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Whether there is nothing to see of it. */
    boolean isEmpty() {
        return content.isBlank()
                && embeds.isEmpty()
                && extra.path("components").isEmpty()
                && extra.path("attachments").isEmpty()
                && extra.path("message_snapshots").isEmpty();
    }

    /** The same message with other flags. */
    Message withFlags(int other) {
        return copy(other, pinned, extra);
    }

    /** The same message, pinned or not. */
    Message withPinned(boolean other) {
        return copy(flags, other, extra);
    }

    /** The same message of another author, with other users mentioned. */
    Message of(User otherAuthor, List<User> otherMentions) {
        return new Message(
                id,
                channelId,
                otherAuthor,
                type,
                content,
                flags,
                tts,
                mentionEveryone,
                otherMentions,
                mentionRoles,
                embeds,
                reference,
                editedAt,
                pinned,
                extra);
    }

    private Message copy(int otherFlags, boolean otherPinned, ObjectNode otherExtra) {
        return new Message(
                id,
                channelId,
                author,
                type,
                content,
                otherFlags,
                tts,
                mentionEveryone,
                mentions,
                mentionRoles,
                embeds,
                reference,
                editedAt,
                otherPinned,
                otherExtra);
    }

    /** A moment as clients see it, to the millisecond. */
    static String time(Instant instant) {
        return TIMESTAMP.format(instant);
    }

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
        body.put("timestamp", time(id.timestamp()));
        body.put("edited_timestamp", editedAt == null ? null : time(editedAt));
        body.put("tts", tts);
        body.put("mention_everyone", mentionEveryone);
        ArrayNode users = body.putArray("mentions");
        mentions.forEach(user -> users.add(Json.tree(user)));
        ArrayNode roles = body.putArray("mention_roles");
        mentionRoles.forEach(role -> roles.add(role.toString()));
        body.putArray("attachments");
        // Suppressed embeds are kept, so that they can be shown again.
        body.set("embeds", has(MessageFlags.SUPPRESS_EMBEDS) ? Json.array() : embeds);
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
