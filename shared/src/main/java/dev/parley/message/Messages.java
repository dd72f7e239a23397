package dev.parley.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.attachment.AttachmentForm;
import dev.parley.attachment.Attachments;
import dev.parley.automod.AutoMod;
import dev.parley.channel.Channel;
import dev.parley.channel.ChannelAccess;
import dev.parley.channel.Channels;
import dev.parley.channel.NewestMessages;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.Member;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.reaction.ReactionCounts;
import dev.parley.shard.Content;
import dev.parley.shard.ContentDatabase;
import dev.parley.shard.LogicalShard;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import dev.parley.thread.ThreadActivity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages and their history.
 *
 * <p>Thread-safe.
 */
public final class Messages {

    private static final Logger log = LoggerFactory.getLogger(Messages.class);

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Accounts accounts;
    private final Channels channels;
    private final SlowMode slowMode;
    private final ContentDatabase content;
    private final Forwards forwards;
    private final Outbox outbox;
    private final ReactionCounts reactions;
    private final Attachments attachments;
    private final ThreadActivity threadActivity;
    private final AutoMod autoMod;
    private final EventPublisher publisher;
    private final NewestMessages newestMessages;

    public Messages(
            Database database,
            SnowflakeGenerator ids,
            Accounts accounts,
            Channels channels,
            SlowMode slowMode,
            ContentDatabase content,
            Outbox outbox,
            ReactionCounts reactions,
            Attachments attachments,
            ThreadActivity threadActivity,
            AutoMod autoMod,
            EventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.accounts = accounts;
        this.channels = channels;
        this.slowMode = slowMode;
        this.content = content;
        forwards = new Forwards(content, channels);
        newestMessages = new NewestMessages(content);
        this.outbox = outbox;
        this.reactions = reactions;
        this.attachments = attachments;
        this.threadActivity = threadActivity;
        this.autoMod = autoMod;
        this.publisher = publisher;
    }

    /**
     * Stores a message and publishes it. A message that this returned is never lost: its event is stored with it, and is
     * published again if this process ends before the queue has it. With {@code enforce_nonce}, a second try within 5 min
     * returns the first message.
     *
     * @throws ApiException if the form is wrong, or the user may not send there; {@code SLOWMODE} if the user has to wait
     */
    public ObjectNode create(Snowflake channelId, Snowflake authorId, Form form) {
        MessageDraft draft = MessageDraft.read(form);
        AttachmentForm files = attachments.read(form);
        ChannelAccess access = channels.access(channelId, authorId).requireSend();
        if (!draft.embeds().isEmpty()) {
            access.require(Permission.EMBED_LINKS);
        }
        if (draft.tts()) {
            access.require(Permission.SEND_TTS_MESSAGES);
        }
        if (!files.isEmpty()) {
            access.require(Permission.ATTACH_FILES);
        }
        ReferenceDraft reference = draft.reference();
        boolean isForward = reference != null && reference.forwards();
        Message replied = isForward ? null : replied(draft, access);
        autoMod.review(access, draft.content());
        Duration wait = slowMode.take(access);
        if (!wait.isZero()) {
            // A second try of what was sent already is no second message.
            return find(draft, access).orElseThrow(() -> new ApiException(ErrorCode.SLOWMODE, wait));
        }
        Message message;
        try {
            message = isForward
                    ? forward(draft, access)
                    : withFiles(message(draft, access, replied), files, draft.embeds());
        } catch (ApiException refusal) {
            // A second try of a message whose first one was stored has nothing left to upload.
            return find(draft, access).orElseThrow(() -> refusal);
        }
        ObjectNode body = MessageBodies.body(message, replied);
        JsonNode nonce = draft.nonceNode();
        if (nonce != null) {
            body.set("nonce", nonce);
        }
        Member member = access.member();
        Event event = new Event(
                ids.next(),
                DispatchType.MESSAGE_CREATE,
                access.audience(),
                MessageBodies.eventData(
                        body, access.channel().guildId(), member == null ? null : member.bodyWithoutUser()));
        List<Event> events = store(message, draft, access, event);
        if (events.isEmpty()) {
            return find(draft, access).orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_MESSAGE));
        }
        publisher.publish(events);
        if (access.channel().guildId() == null) {
            reopen(channelId, message.id());
        }
        return body;
    }

    /**
     * Loads what {@link #create} needs, before a snapshot is taken: it goes the same way with a message of nobody in a channel
     * that is none, and takes the transaction back. Nothing is stored, and nothing is published.
     */
    public void prime() {
        Form form = new Form(Json.object().put("content", "a message"));
        MessageDraft draft = MessageDraft.read(form);
        attachments.read(form);
        Rehearsal rehearsal = new Rehearsal();
        try {
            channels.access(Rehearsal.NOWHERE, Rehearsal.NOWHERE);
        } catch (ApiException unknown) {
            log.debug("As expected, there is no such channel");
        }
        ChannelAccess access = rehearsal.access();
        autoMod.review(access, draft.content());
        Message message = message(draft, access, null);
        Event event = rehearsal.event(MessageBodies.body(message, null));
        try {
            content.query(
                    access.channel().shard(),
                    there -> there.handle().inTransaction(handle -> {
                        insert(there, message, draft, access, event);
                        throw new Rehearsal.TakenBack();
                    }));
        } catch (Rehearsal.TakenBack | JdbiException takenBack) {
            log.debug("As expected, nothing was stored");
        }
    }

    /**
     * Stores the files of a message that is to be posted, outside of any transaction.
     *
     * @param authorId whose uploads count
     * @return null if the form has none
     * @throws ApiException as {@link Attachments#read(Form)} and {@link Attachments#store}
     */
    public @Nullable PostedFiles storeFiles(Form form, Snowflake channelId, Snowflake authorId) {
        AttachmentForm files = attachments.read(form);
        if (files.isEmpty()) {
            return null;
        }
        Snowflake messageId = ids.next();
        return new PostedFiles(messageId, attachments.store(files, channelId, authorId, messageId));
    }

    /**
     * Stores a message without asking whether anybody may send it, and publishes it. An ephemeral one is published to its
     * audience and stored nowhere.
     *
     * @return the message
     */
    public ObjectNode post(PostedMessage posted) {
        Posted result = (posted.draft().flags() & MessageFlags.EPHEMERAL) == 0
                ? content.transaction(posted.shard(), there -> post(there, posted))
                : database.transaction(handle -> post(handle, posted));
        publisher.publish(result.event());
        return result.body();
    }

    /**
     * As above, in the caller's transaction of the directory, beside what the message tells of. Where the messages are on
     * another cluster, the message is there once that transaction is committed.
     *
     * @return the message, and its event, which is to be published after the commit
     */
    public Posted post(Handle transaction, PostedMessage posted) {
        Message message = prepare(transaction, posted);
        ObjectNode body = content.read(transaction, posted.shard(), there -> MessageBodies.body(there, message));
        Posted result = posted(posted, body);
        if ((message.flags() & MessageFlags.EPHEMERAL) != 0) {
            outbox.add(transaction, result.event());
        } else if (content.isWithDirectory(posted.shard())) {
            MessageRows.insert(transaction, message, posted.guildId(), null, false, result.event());
        } else {
            content.write(transaction, MessageRows.deferred(message, posted.guildId(), result.event()));
            if (posted.guildId() == null) {
                newestMessages.reopen(transaction, posted.channelId(), message.id());
            }
        }
        return result;
    }

    /** As above, in the caller's transaction of the content that the message is to be part of. */
    Posted post(Content there, PostedMessage posted) {
        Message message = there.inDirectory(directory -> prepare(directory, posted));
        Posted result = posted(posted, MessageBodies.body(there, message));
        MessageRows.insert(there.handle(), message, posted.guildId(), null, false, result.event());
        return result;
    }

    /** Whom the message mentions is read from the directory. */
    private Message prepare(Handle directory, PostedMessage posted) {
        MessageDraft draft = posted.draft();
        Mentioned mentioned = Mentioned.find(
                directory,
                Mentions.find(draft.content(), draft.allowedMentions()),
                posted.guildId(),
                posted.mentionsAny());
        ObjectNode extra = draft.extra();
        extra.setAll(posted.extra());
        PostedFiles files = posted.files();
        if (files != null) {
            Attachments.show(draft.embeds(), files.attachments());
            extra.set("attachments", files.attachments());
        }
        return new Message(
                files == null ? ids.next() : files.messageId(),
                posted.channelId(),
                posted.author(),
                posted.type(),
                draft.content(),
                draft.flags(),
                draft.tts(),
                mentioned.everyone(),
                mentioned.users(),
                mentioned.roles(),
                draft.embeds(),
                posted.reference(),
                null,
                false,
                extra);
    }

    private Posted posted(PostedMessage posted, ObjectNode body) {
        Event event = new Event(
                ids.next(),
                DispatchType.MESSAGE_CREATE,
                posted.audience(),
                MessageBodies.eventData(body, posted.guildId(), posted.member()));
        return new Posted(body, event);
    }

    /**
     * A message that was posted in a transaction.
     *
     * @param body the message as clients see it
     * @param event what tells of it
     */
    public record Posted(ObjectNode body, Event event) {}

    /**
     * A page of history, the newest message first; empty for who may not read history.
     *
     * @throws ApiException as {@link Channels#access}
     */
    public ArrayNode list(Snowflake channelId, Snowflake userId, MessagePage page) {
        ChannelAccess access = channels.access(channelId, userId);
        if (!access.may(Permission.READ_MESSAGE_HISTORY)) {
            return Json.array();
        }
        ArrayNode list = content.queryStale(access.channel().shard(), channelId, userId, there -> {
            ArrayNode bodies = MessageBodies.bodies(there, read(there, channelId, page));
            reactions.addTo(there.handle(), bodies, channelId, userId);
            return bodies;
        });
        addThreads(list);
        return list;
    }

    /**
     * One message.
     *
     * @throws ApiException {@code UNKNOWN_MESSAGE}, and as {@link Channels#access}
     */
    public ObjectNode get(Snowflake channelId, Snowflake messageId, Snowflake userId) {
        Channel channel = channels.access(channelId, userId)
                .require(Permission.READ_MESSAGE_HISTORY)
                .channel();
        ObjectNode body = content.query(
                channel.shard(),
                there -> MessageBodies.body(
                        there,
                        MessageRows.find(there, channelId, messageId)
                                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_MESSAGE))));
        reactions.addTo(List.of(body), channel, userId);
        addThreads(List.of(body));
        return body;
    }

    private Message withFiles(Message message, AttachmentForm files, ArrayNode embeds) {
        if (files.isEmpty()) {
            return message;
        }
        ArrayNode stored =
                attachments.store(files, message.channelId(), message.author().id(), message.id());
        Attachments.show(embeds, stored);
        return message.with("attachments", stored);
    }

    private void addThreads(Iterable<? extends JsonNode> messages) {
        if (StartedThreads.areIn(messages)) {
            database.query(handle -> {
                StartedThreads.add(handle, messages);
                return messages;
            });
        }
    }

    /** Stores a message, and gives what tells of it and of what it does to its thread; nothing if the nonce stands. */
    private List<Event> store(Message message, MessageDraft draft, ChannelAccess access, Event event) {
        LogicalShard shard = access.channel().shard();
        if (!access.channel().isThread()) {
            boolean stored = content.query(shard, there -> insert(there, message, draft, access, event));
            return stored ? List.of(event) : List.of();
        }
        return content.transaction(shard, there -> {
            ThreadActivity.lock(there, access);
            List<Event> events = new ArrayList<>();
            if (insert(there, message, draft, access, event)) {
                events.addAll(threadActivity.posted(there, access, message.id()));
                events.add(event);
            }
            return events;
        });
    }

    /** Who has closed the channel finds it with the answer to the message, and if this fails, with its delivery. */
    private void reopen(Snowflake channelId, Snowflake messageId) {
        try {
            newestMessages.reopen(channelId, messageId);
        } catch (RuntimeException e) {
            log.warn("Channel {} is not opened again yet; the delivery of message {} does it", channelId, messageId, e);
        }
    }

    private static boolean insert(
            Content there, Message message, MessageDraft draft, ChannelAccess access, Event event) {
        return MessageRows.insert(
                there.handle(), message, access.channel().guildId(), draft.nonce(), draft.enforceNonce(), event);
    }

    /**
     * One message, without asking who reads it.
     *
     * @param authorId who the message must be of
     * @throws ApiException {@code UNKNOWN_MESSAGE}, also if it is another's
     */
    public ObjectNode getPosted(MessagePlace place, Snowflake messageId, Snowflake authorId) {
        return content.query(
                place.shard(),
                there -> MessageBodies.body(
                        there,
                        MessageRows.find(there, place.channelId(), messageId)
                                .filter(message -> message.author().id().equals(authorId))
                                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_MESSAGE))));
    }

    private Message message(MessageDraft draft, ChannelAccess access, @Nullable Message replied) {
        Mentions named = Mentions.find(draft.content(), draft.allowedMentions());
        Snowflake guildId = access.channel().guildId();
        Mentioned mentioned = named.isEmpty()
                ? Mentioned.NOBODY
                : database.query(
                        handle -> Mentioned.find(handle, named, guildId, access.may(Permission.MENTION_EVERYONE)));
        if (replied != null && draft.allowedMentions().repliedUser()) {
            mentioned = mentioned.with(replied);
        }
        return new Message(
                ids.next(),
                access.channel().id(),
                author(access),
                replied == null ? MessageType.DEFAULT : MessageType.REPLY,
                draft.content(),
                draft.flags(),
                draft.tts(),
                mentioned.everyone(),
                mentioned.users(),
                mentioned.roles(),
                draft.embeds(),
                replied == null
                        ? null
                        : new MessageReference(
                                MessageReference.REPLY,
                                guildId,
                                access.channel().id(),
                                replied.id()),
                null,
                false,
                draft.extra());
    }

    private Message forward(MessageDraft draft, ChannelAccess access) {
        Forwards.Forwarded forwarded = forwards.forward(draft, access.userId());
        return new Message(
                ids.next(),
                access.channel().id(),
                author(access),
                MessageType.DEFAULT,
                "",
                draft.flags() | MessageFlags.HAS_SNAPSHOT,
                false,
                false,
                List.of(),
                List.of(),
                Json.array(),
                forwarded.reference(),
                null,
                false,
                forwarded.extra());
    }

    private User author(ChannelAccess access) {
        Member member = access.member();
        return member == null ? accounts.user(access.userId()) : member.user();
    }

    private @Nullable Message replied(MessageDraft draft, ChannelAccess access) {
        ReferenceDraft reference = draft.reference();
        if (reference == null) {
            return null;
        }
        access.require(Permission.READ_MESSAGE_HISTORY);
        Snowflake channelId = access.channel().id();
        if (reference.channelId() != null && !reference.channelId().equals(channelId)) {
            throw Form.refusal(
                    "message_reference",
                    "REPLIES_CANNOT_REPLY_ACROSS_CHANNELS",
                    "Cannot reply to a message in a different channel");
        }
        Message replied = content.query(
                        access.channel().shard(), there -> MessageRows.find(there, channelId, reference.messageId()))
                .orElse(null);
        if (replied == null && reference.required()) {
            throw Form.refusal("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message");
        }
        if (replied != null && !MessageType.isSaid(replied.type())) {
            throw Form.refusal(
                    "message_reference", "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE", "Cannot reply to a system message");
        }
        return replied;
    }

    /** The message that took the nonce; nothing if none did, or the nonce need not be new. */
    private Optional<ObjectNode> find(MessageDraft draft, ChannelAccess access) {
        String nonce = draft.nonce();
        if (nonce == null || !draft.enforceNonce()) {
            return Optional.empty();
        }
        Optional<ObjectNode> found = content.query(
                access.channel().shard(),
                there -> MessageRows.findByNonce(there, access.channel().id(), access.userId(), nonce)
                        .map(message -> MessageBodies.body(there, message)));
        found.ifPresent(body -> body.set("nonce", draft.nonceNode()));
        return found;
    }

    private static List<Message> read(Content there, Snowflake channelId, MessagePage page) {
        Snowflake anchor = page.anchor();
        long id = anchor == null ? Long.MAX_VALUE : anchor.value();
        return switch (page.side()) {
            case BEFORE -> MessageRows.before(there, channelId, id, page.limit());
            case AFTER -> MessageRows.after(there, channelId, id, page.limit()).reversed();
            case AROUND -> {
                int half = page.limit() / 2;
                List<Message> messages = new ArrayList<>(
                        MessageRows.after(there, channelId, id, half).reversed());
                // One more, so that the message itself is among them.
                messages.addAll(
                        MessageRows.before(there, channelId, id == Long.MAX_VALUE ? id : id + 1, page.limit() - half));
                yield messages;
            }
        };
    }
}
