package dev.parley.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.attachment.AttachmentForm;
import dev.parley.attachment.Attachments;
import dev.parley.attachment.FileChange;
import dev.parley.automod.AutoMod;
import dev.parley.channel.Channel;
import dev.parley.channel.ChannelAccess;
import dev.parley.channel.Channels;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.Member;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.shard.Content;
import dev.parley.shard.ContentDatabase;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Changes of messages that are there. Each takes the message's row first: of two at once, the second changes what the first
 * has left, and is told of last.
 *
 * <p>Thread-safe.
 */
public final class MessageEdits {

    private final ContentDatabase content;
    private final SnowflakeGenerator ids;
    private final Channels channels;
    private final Attachments attachments;
    private final AutoMod autoMod;
    private final Outbox outbox;
    private final EventPublisher publisher;
    private final Clock clock;

    public MessageEdits(
            ContentDatabase content,
            SnowflakeGenerator ids,
            Channels channels,
            Attachments attachments,
            AutoMod autoMod,
            Outbox outbox,
            EventPublisher publisher,
            Clock clock) {
        this.content = content;
        this.ids = ids;
        this.channels = channels;
        this.attachments = attachments;
        this.autoMod = autoMod;
        this.outbox = outbox;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** A message as it is now, and what tells of that; null if nothing has changed. */
    public record Edited(ObjectNode body, @Nullable Event event) {}

    /** Who changes a message: what is shown of the author, and whether the content may mention everyone. */
    private record Editor(boolean mentionsAny, @Nullable ObjectNode member) {}

    /**
     * Changes a message. Its author may change all of it; who manages messages may hide and show another's embeds.
     *
     * @return the message as it is now
     * @throws ApiException if the form is wrong; {@code UNKNOWN_MESSAGE}; {@code CANNOT_EDIT_OTHERS_MESSAGE}; {@code
     *     CANNOT_EXECUTE_ON_SYSTEM_MESSAGE}, also for a forward; {@code CANNOT_SEND_EMPTY_MESSAGE} if nothing would be left;
     *     {@code MAXIMUM_ATTACHMENTS}; {@code THREAD_ARCHIVED}; as {@link Channels#access}
     */
    public ObjectNode edit(Snowflake channelId, Snowflake messageId, Snowflake userId, Form form) {
        MessageEdit read = MessageEdit.read(form);
        ChannelAccess access = channels.access(channelId, userId).requireActive();
        String said = read.content();
        if (said != null) {
            autoMod.review(access, said);
        }
        MessagePlace place = MessagePlace.of(access);
        MessageEdit edit = FileChange.isIn(form) ? read.with(files(access, messageId, form)) : read;
        return publish(place, content.transaction(place.shard(), there -> {
            Message before = lock(there, place, messageId);
            boolean own = before.isOf(userId);
            if (own) {
                requireEmbedding(edit, access);
            } else {
                requireSuppressing(edit, access);
            }
            Member member = own ? access.member() : null;
            return change(
                    there,
                    place,
                    before,
                    edit,
                    new Editor(
                            access.may(Permission.MENTION_EVERYONE), member == null ? null : member.bodyWithoutUser()));
        }));
    }

    /**
     * Changes a message without asking whether anybody may. What the message was waiting for is there then: it is not {@code
     * LOADING} any more.
     *
     * @param authorId who the message must be of
     * @return the message as it is now
     * @throws ApiException if the form is wrong; {@code UNKNOWN_MESSAGE}, also if it is another's; {@code
     *     CANNOT_SEND_EMPTY_MESSAGE} if nothing would be left
     */
    public ObjectNode editPosted(MessagePlace place, Snowflake messageId, Snowflake authorId, Form form) {
        MessageEdit.read(form);
        FileChange files = FileChange.isIn(form) ? filesOfPosted(place, messageId, authorId, form) : null;
        return publish(
                place,
                content.transaction(
                        place.shard(), there -> editPosted(there, place, messageId, authorId, form, files)));
    }

    /**
     * As above, in the caller's transaction; the event, if there is one, is to be published after the commit.
     *
     * @param files what the form does with the files, which is stored already; null if it says nothing of them
     */
    public Edited editPosted(
            Content there,
            MessagePlace place,
            Snowflake messageId,
            Snowflake authorId,
            Form form,
            @Nullable FileChange files) {
        MessageEdit edit = MessageEdit.read(form).with(files);
        Message before = lock(there, place, messageId);
        if (!before.author().id().equals(authorId)) {
            throw new ApiException(ErrorCode.UNKNOWN_MESSAGE);
        }
        return change(there, place, before, edit, new Editor(true, null));
    }

    /**
     * Publishes a message of an announcement channel to the channels that follow it.
     *
     * @return the message as it is now
     * @throws ApiException {@code WRONG_CHANNEL_TYPE}, {@code UNKNOWN_MESSAGE}, {@code ALREADY_CROSSPOSTED}, {@code
     *     INVALID_MESSAGE_TYPE}; {@code MISSING_PERMISSIONS} without SEND_MESSAGES, and for another's message without
     *     MANAGE_MESSAGES; as {@link Channels#access}
     */
    public ObjectNode crosspost(Snowflake channelId, Snowflake messageId, Snowflake userId) {
        ChannelAccess access = channels.access(channelId, userId);
        if (access.channel().type() != Channel.ANNOUNCEMENT) {
            throw new ApiException(ErrorCode.WRONG_CHANNEL_TYPE);
        }
        access.require(Permission.SEND_MESSAGES);
        MessagePlace place = MessagePlace.of(access);
        return publish(place, content.transaction(place.shard(), there -> {
            Message before = lock(there, place, messageId);
            if (!before.isOf(userId)) {
                access.require(Permission.MANAGE_MESSAGES);
            }
            if (before.has(MessageFlags.CROSSPOSTED)) {
                throw new ApiException(ErrorCode.ALREADY_CROSSPOSTED);
            }
            if (!MessageType.isSaid(before.type())) {
                throw new ApiException(ErrorCode.INVALID_MESSAGE_TYPE);
            }
            return store(there, place, before.withFlags(before.flags() | MessageFlags.CROSSPOSTED), null);
        }));
    }

    /** Stores the new files of a message of the user's own. */
    private FileChange files(ChannelAccess access, Snowflake messageId, Form form) {
        Snowflake channelId = access.channel().id();
        Message message = find(MessagePlace.of(access), messageId);
        if (!message.isOf(access.userId())) {
            throw new ApiException(ErrorCode.CANNOT_EDIT_OTHERS_MESSAGE);
        }
        AttachmentForm files = attachments.read(form, message.extra().path("attachments"));
        if (!files.isEmpty()) {
            access.require(Permission.ATTACH_FILES);
        }
        return attachments.change(files, channelId, access.userId(), messageId);
    }

    private FileChange filesOfPosted(MessagePlace place, Snowflake messageId, Snowflake authorId, Form form) {
        Message message = find(place, messageId);
        if (!message.author().id().equals(authorId)) {
            throw new ApiException(ErrorCode.UNKNOWN_MESSAGE);
        }
        AttachmentForm files = attachments.read(form, message.extra().path("attachments"));
        return attachments.change(files, place.channelId(), authorId, messageId);
    }

    private Message find(MessagePlace place, Snowflake messageId) {
        return content.query(place.shard(), there -> MessageRows.find(there, place.channelId(), messageId))
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_MESSAGE));
    }

    private static Message lock(Content there, MessagePlace place, Snowflake messageId) {
        return MessageRows.lock(there, place.channelId(), messageId)
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_MESSAGE));
    }

    private static void requireEmbedding(MessageEdit edit, ChannelAccess access) {
        if (edit.embeds() != null && !edit.embeds().isEmpty()) {
            access.require(Permission.EMBED_LINKS);
        }
    }

    private static void requireSuppressing(MessageEdit edit, ChannelAccess access) {
        if (access.channel().guildId() == null || !edit.isOfFlagsOnly()) {
            throw new ApiException(ErrorCode.CANNOT_EDIT_OTHERS_MESSAGE);
        }
        access.require(Permission.MANAGE_MESSAGES);
    }

    private Edited change(Content there, MessagePlace place, Message before, MessageEdit edit, Editor editor) {
        if (!MessageType.isSaid(before.type()) || (before.has(MessageFlags.HAS_SNAPSHOT) && !edit.isOfFlagsOnly())) {
            throw new ApiException(ErrorCode.CANNOT_EXECUTE_ON_SYSTEM_MESSAGE);
        }
        Message after = apply(there, place, before, edit, editor);
        if (after.isEmpty()) {
            throw new ApiException(ErrorCode.CANNOT_SEND_EMPTY_MESSAGE);
        }
        if (after.equals(before)) {
            return new Edited(MessageBodies.body(there, before), null);
        }
        return store(there, place, after, editor.member());
    }

    private Message apply(Content there, MessagePlace place, Message before, MessageEdit edit, Editor editor) {
        String said = Objects.requireNonNullElse(edit.content(), before.content());
        Mentioned mentioned = edit.allowedMentions() == null
                ? new Mentioned(before.mentions(), before.mentionRoles(), before.mentionEveryone())
                : mentioned(there, place, before, said, edit.allowedMentions(), editor.mentionsAny());
        ObjectNode extra = extra(before, edit);
        JsonNode embeds = embeds(before, edit, extra);
        boolean edited = !said.equals(before.content())
                || !embeds.equals(before.embeds())
                || !extra.path("attachments").equals(before.extra().path("attachments"));
        // An answer that was thought about appears for the first time; it is not edited.
        boolean appears = before.has(MessageFlags.LOADING);
        Instant editedAt = edited && !appears ? clock.instant() : before.editedAt();
        return new Message(
                before.id(),
                before.channelId(),
                before.author(),
                before.type(),
                said,
                flags(before.flags() & ~MessageFlags.LOADING, edit.flags()),
                before.tts(),
                mentioned.everyone(),
                mentioned.users(),
                mentioned.roles(),
                embeds,
                before.reference(),
                editedAt,
                before.pinned(),
                extra);
    }

    private static ObjectNode extra(Message before, MessageEdit edit) {
        ObjectNode extra = before.extra().deepCopy();
        if (edit.components() != null) {
            extra.set("components", edit.components());
        }
        FileChange files = edit.files();
        if (files != null) {
            ArrayNode changed = files.applyTo(extra.path("attachments"));
            if (changed.isEmpty()) {
                extra.remove("attachments");
            } else {
                extra.set("attachments", changed);
            }
        }
        return extra;
    }

    private static JsonNode embeds(Message before, MessageEdit edit, ObjectNode extra) {
        ArrayNode embeds = edit.embeds();
        if (embeds == null && edit.files() == null) {
            return before.embeds();
        }
        if (embeds == null) {
            JsonNode left = before.embeds().deepCopy();
            Attachments.hide(left, extra.path("attachments"));
            return left;
        }
        if (extra.path("attachments") instanceof ArrayNode files) {
            Attachments.show(embeds, files);
        }
        return embeds;
    }

    /** Who is mentioned anew, without regard to whom the message allowed when it was sent (same page). */
    private static Mentioned mentioned(
            Content there, MessagePlace place, Message before, String said, AllowedMentions allowed, boolean any) {
        Mentioned mentioned = there.inDirectory(
                directory -> Mentioned.find(directory, Mentions.find(said, allowed), place.guildId(), any));
        MessageReference reference = before.reference();
        if (before.type() != MessageType.REPLY || reference == null || !allowed.repliedUser()) {
            return mentioned;
        }
        List<Message> answered = MessageRows.find(there, place.channelId(), List.of(reference.messageId()));
        return answered.isEmpty() ? mentioned : mentioned.with(answered.getFirst());
    }

    private static int flags(int before, @Nullable Integer sent) {
        return sent == null ? before : (before & ~MessageFlags.SUPPRESS_EMBEDS) | (sent & MessageFlags.SUPPRESS_EMBEDS);
    }

    private Edited store(Content there, MessagePlace place, Message after, @Nullable ObjectNode member) {
        MessageRows.update(there.handle(), after);
        ObjectNode body = MessageBodies.body(there, after);
        Event event = new Event(
                ids.next(),
                DispatchType.MESSAGE_UPDATE,
                place.audience(),
                MessageBodies.eventData(body, place.guildId(), member));
        outbox.add(there.handle(), event);
        return new Edited(body, event);
    }

    private ObjectNode publish(MessagePlace place, Edited edited) {
        Event event = edited.event();
        if (event != null) {
            publisher.publish(outbox.upTo(place.shard(), event));
        }
        return edited.body();
    }
}
