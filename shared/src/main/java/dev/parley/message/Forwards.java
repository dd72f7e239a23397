package dev.parley.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.channel.ChannelAccess;
import dev.parley.channel.Channels;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.shard.ContentDatabase;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import java.util.Objects;

/**
 * Messages that are passed on: a forward carries a copy of what the message was then, without its author (Discord
 * documentation, "Message Snapshot Object").
 *
 * <p>Thread-safe.
 */
final class Forwards {

    private static final String SNAPSHOTS = "message_snapshots";

    private static final List<String> COPIED = List.of(
            "type",
            "content",
            "mentions",
            "mention_roles",
            "attachments",
            "embeds",
            "timestamp",
            "edited_timestamp",
            "flags",
            "components");

    private final ContentDatabase content;
    private final Channels channels;

    Forwards(ContentDatabase content, Channels channels) {
        this.content = content;
        this.channels = channels;
    }

    /**
     * What a forward passes on.
     *
     * @param snapshots as the message object has them
     */
    record Forwarded(MessageReference reference, ArrayNode snapshots) {

        ObjectNode extra() {
            ObjectNode extra = Json.object();
            extra.set(SNAPSHOTS, snapshots);
            return extra;
        }
    }

    /**
     * Copies a message that the user can read.
     *
     * @throws ApiException {@code UNKNOWN_MESSAGE}; {@code INVALID_MESSAGE_TYPE} for a message of the system; {@code
     *     INVALID_FORM_BODY} if something is said beside it; as {@link Channels#access} for the channel that it is in
     */
    Forwarded forward(MessageDraft draft, Snowflake userId) {
        ReferenceDraft reference = Objects.requireNonNull(draft.reference());
        if (!draft.content().isEmpty()
                || !draft.embeds().isEmpty()
                || !draft.components().isEmpty()) {
            throw Form.refusal(
                    "message_reference",
                    "MESSAGE_REFERENCE_FORWARD_WITH_CONTENT",
                    "A forward has no content, embeds or components of its own");
        }
        ChannelAccess source = channels.access(Objects.requireNonNull(reference.channelId()), userId)
                .require(Permission.READ_MESSAGE_HISTORY);
        Message message = content.query(
                        source.channel().shard(),
                        there -> MessageRows.find(there, source.channel().id(), reference.messageId()))
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_MESSAGE));
        if (message.type() != MessageType.DEFAULT && message.type() != MessageType.REPLY) {
            throw new ApiException(ErrorCode.INVALID_MESSAGE_TYPE);
        }
        return new Forwarded(
                new MessageReference(
                        MessageReference.FORWARD,
                        source.channel().guildId(),
                        source.channel().id(),
                        message.id()),
                snapshots(message));
    }

    /** A copy of the message; of a forward, which says nothing itself, a copy of what it passes on. */
    private static ArrayNode snapshots(Message message) {
        if (message.extra().path(SNAPSHOTS) instanceof ArrayNode passedOn) {
            return passedOn;
        }
        ObjectNode body = message.body();
        ObjectNode copy = Json.object();
        for (String name : COPIED) {
            JsonNode value = body.path(name);
            copy.set(name, value);
        }
        ArrayNode snapshots = Json.array();
        snapshots.addObject().set("message", copy);
        return snapshots;
    }
}
