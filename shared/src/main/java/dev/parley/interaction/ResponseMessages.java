package dev.parley.interaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.attachment.Attachments;
import dev.parley.attachment.FileChange;
import dev.parley.channel.Channels;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.MemberRows;
import dev.parley.message.MessageDeletes;
import dev.parley.message.MessageDraft;
import dev.parley.message.MessageEdits;
import dev.parley.message.MessageFlags;
import dev.parley.message.MessagePlace;
import dev.parley.message.MessageType;
import dev.parley.message.Messages;
import dev.parley.message.PostedFiles;
import dev.parley.message.PostedMessage;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.shard.ContentDatabase;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The messages with which applications answer. One that only the user who asked sees is in no history: it is kept here for a
 * day, so that it can be changed and its components used.
 *
 * <p>Thread-safe.
 */
public final class ResponseMessages {

    /** What an application may set of a message's flags. */
    private static final int SETTABLE =
            MessageFlags.SUPPRESS_EMBEDS | MessageFlags.SUPPRESS_NOTIFICATIONS | MessageFlags.EPHEMERAL;

    private final Database database;
    private final ContentDatabase content;
    private final SnowflakeGenerator ids;
    private final Accounts accounts;
    private final Channels channels;
    private final Attachments attachments;
    private final Messages messages;
    private final MessageEdits edits;
    private final MessageDeletes deletes;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public ResponseMessages(
            Database database,
            ContentDatabase content,
            SnowflakeGenerator ids,
            Accounts accounts,
            Channels channels,
            Attachments attachments,
            Messages messages,
            MessageEdits edits,
            MessageDeletes deletes,
            Outbox outbox,
            EventPublisher publisher) {
        this.database = database;
        this.content = content;
        this.ids = ids;
        this.accounts = accounts;
        this.channels = channels;
        this.attachments = attachments;
        this.messages = messages;
        this.edits = edits;
        this.deletes = deletes;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    /**
     * The message that an application sends.
     *
     * @throws ApiException {@code INVALID_FORM_BODY}, or {@code CANNOT_SEND_EMPTY_MESSAGE}
     */
    static MessageDraft draft(Form form) {
        return MessageDraft.read(form, SETTABLE);
    }

    /**
     * Stores the files of a message to come, outside of any transaction.
     *
     * @return null if the form has none
     * @throws ApiException as {@link #draft}, and as {@link Messages#storeFiles}
     */
    @Nullable PostedFiles files(Interaction interaction, Form form) {
        draft(form);
        return messages.storeFiles(form, interaction.channelId(), interaction.applicationId());
    }

    /**
     * Stores the new files of one of the application's messages, outside of any transaction.
     *
     * @return null if the form says nothing of files
     * @throws ApiException {@code UNKNOWN_MESSAGE}, and as {@link Messages#storeFiles}
     */
    @Nullable FileChange files(Interaction interaction, Snowflake messageId, Form form) {
        if (!FileChange.isIn(form)) {
            return null;
        }
        JsonNode existing = get(interaction, messageId).path("attachments");
        return attachments.change(
                attachments.read(form, existing), interaction.channelId(), interaction.applicationId(), messageId);
    }

    /** A message that says that there will be one. */
    static MessageDraft thinking(boolean ephemeral) {
        return MessageDraft.saying("").withFlags(MessageFlags.LOADING | (ephemeral ? MessageFlags.EPHEMERAL : 0));
    }

    /** What the answer says of the interaction, and whether it is the first or a later one. */
    PostedMessage message(Handle handle, Interaction interaction, MessageDraft draft, boolean later) {
        ObjectNode extra = Json.object();
        extra.put("application_id", interaction.applicationId().toString());
        extra.put("webhook_id", interaction.applicationId().toString());
        ObjectNode metadata = interaction.origin().path("metadata").deepCopy();
        Snowflake responseId = interaction.responseId();
        if (later && responseId != null) {
            metadata.put("original_response_message_id", responseId.toString());
        }
        extra.set("interaction_metadata", metadata);
        if (!later && interaction.origin().has("interaction")) {
            extra.set("interaction", interaction.origin().path("interaction"));
        }
        Snowflake guildId = interaction.guildId();
        boolean ephemeral = (draft.flags() & MessageFlags.EPHEMERAL) != 0;
        return new PostedMessage(
                interaction.channelId(),
                guildId,
                ephemeral ? toTheUser(interaction) : place(interaction).audience(),
                accounts.user(interaction.applicationId()),
                later
                        ? MessageType.DEFAULT
                        : interaction.origin().path("message_type").asInt(),
                draft,
                mayMentionAny(interaction),
                null,
                guildId == null
                        ? null
                        : MemberRows.find(handle, guildId, interaction.applicationId())
                                .map(member -> member.bodyWithoutUser())
                                .orElse(null),
                extra);
    }

    /**
     * A message as it is now.
     *
     * @param events what tells of it, to be published after the commit
     */
    record Told(ObjectNode body, List<Event> events) {}

    /** Posts a message in the caller's transaction. */
    Told post(Handle handle, Interaction interaction, PostedMessage message) {
        Messages.Posted posted = messages.post(handle, message);
        if ((message.draft().flags() & MessageFlags.EPHEMERAL) != 0) {
            EphemeralRows.insert(handle, interaction, id(posted.body()), posted.body());
        }
        return new Told(posted.body(), List.of(posted.event()));
    }

    /**
     * Changes one of the application's messages in the caller's transaction.
     *
     * @param files what the form does with the files, as {@link #files} gave it
     * @throws ApiException {@code UNKNOWN_MESSAGE}, or if the form is wrong
     */
    Told edit(Handle handle, Interaction interaction, Snowflake messageId, Form form, @Nullable FileChange files) {
        Optional<ObjectNode> ephemeral = EphemeralRows.lock(handle, interaction, messageId);
        if (ephemeral.isEmpty()) {
            MessagePlace place = place(interaction);
            // What is edited, and is not noted as the answer after a crash, is edited again by the next try.
            MessageEdits.Edited edited = content.within(
                    handle,
                    place.shard(),
                    there -> edits.editPosted(there, place, messageId, interaction.applicationId(), form, files));
            Event event = edited.event();
            return new Told(edited.body(), event == null ? List.of() : List.of(event));
        }
        ObjectNode body = ephemeral.get();
        MessageDraft draft = draft(form);
        if (form.has("content")) {
            body.put("content", draft.content());
        }
        if (files != null) {
            body.set("attachments", files.applyTo(body.path("attachments")));
            Attachments.hide(body.path("embeds"), body.path("attachments"));
        }
        if (form.has("embeds")) {
            if (body.path("attachments") instanceof ArrayNode shown) {
                Attachments.show(draft.embeds(), shown);
            }
            body.set("embeds", draft.embeds());
        }
        if (form.has("components")) {
            body.set("components", draft.components());
        }
        body.put("flags", body.path("flags").asInt() & ~MessageFlags.LOADING);
        EphemeralRows.update(handle, messageId, body);
        return new Told(
                body, List.of(add(handle, DispatchType.MESSAGE_UPDATE, interaction, inGuild(interaction, body))));
    }

    /**
     * One of the application's messages.
     *
     * @throws ApiException {@code UNKNOWN_MESSAGE}
     */
    ObjectNode get(Interaction interaction, Snowflake messageId) {
        return database.query(handle -> EphemeralRows.find(
                        handle, messageId, interaction.applicationId(), interaction.userId(), interaction.channelId()))
                .orElseGet(() -> messages.getPosted(place(interaction), messageId, interaction.applicationId()));
    }

    /**
     * Deletes one of the application's messages.
     *
     * @throws ApiException {@code UNKNOWN_MESSAGE}
     */
    void delete(Interaction interaction, Snowflake messageId) {
        Event event = database.transaction(handle -> {
            if (EphemeralRows.lock(handle, interaction, messageId).isEmpty()) {
                return null;
            }
            EphemeralRows.delete(handle, messageId);
            ObjectNode data = Json.object();
            data.put("id", messageId.toString());
            data.put("channel_id", interaction.channelId().toString());
            return add(handle, DispatchType.MESSAGE_DELETE, interaction, inGuild(interaction, data));
        });
        if (event == null) {
            deletes.deletePosted(place(interaction), messageId, interaction.applicationId());
        } else {
            publisher.publish(event);
        }
    }

    /** The id of a message. */
    static Snowflake id(JsonNode message) {
        Snowflake id = Snowflake.parseOrNull(message.path("id").asText());
        if (id == null) {
            throw new ApiException(ErrorCode.UNKNOWN_MESSAGE);
        }
        return id;
    }

    /** An event for the user who asked, in the caller's transaction. */
    Event add(Handle handle, DispatchType type, Interaction interaction, ObjectNode data) {
        Event event = new Event(ids.next(), type, toTheUser(interaction), data);
        outbox.add(handle, event);
        return event;
    }

    private static Audience toTheUser(Interaction interaction) {
        return new Audience.User(interaction.userId(), interaction.guildId());
    }

    private static MessagePlace place(Interaction interaction) {
        Snowflake guildId = interaction.guildId();
        Snowflake channelId = interaction.channelId();
        return guildId == null
                ? new MessagePlace(
                        channelId,
                        null,
                        new Audience.DirectMessage(
                                channelId, List.of(interaction.userId(), interaction.applicationId()), false))
                : MessagePlace.inGuild(guildId, channelId);
    }

    private static ObjectNode inGuild(Interaction interaction, ObjectNode body) {
        ObjectNode data = body.deepCopy();
        if (interaction.guildId() != null) {
            data.put("guild_id", interaction.guildId().toString());
        }
        return data;
    }

    private boolean mayMentionAny(Interaction interaction) {
        try {
            return channels.access(interaction.channelId(), interaction.applicationId())
                    .may(Permission.MENTION_EVERYONE);
        } catch (ApiException hidden) {
            return false;
        }
    }
}
