package dev.parley.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.channel.Channel;
import dev.parley.channel.ChannelAccess;
import dev.parley.channel.Channels;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.guild.Member;
import dev.parley.guild.MemberRows;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Messages and their history.
 *
 * <p>Thread-safe.
 */
public final class Messages {

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Accounts accounts;
    private final Channels channels;
    private final EventPublisher publisher;

    public Messages(
            Database database, SnowflakeGenerator ids, Accounts accounts, Channels channels, EventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.accounts = accounts;
        this.channels = channels;
        this.publisher = publisher;
    }

    /**
     * Stores a message and publishes it. A message that this returned is never lost: its event is stored with it, and is
     * published again if this process ends before the queue has it. With {@code enforce_nonce}, a second try within 5 min
     * returns the first message.
     *
     * @throws ApiException if the form is wrong, or the user may not send there
     */
    public ObjectNode create(Snowflake channelId, Snowflake authorId, Form form) {
        MessageDraft draft = MessageDraft.read(form);
        ChannelAccess access = channels.access(channelId, authorId).require(Permission.SEND_MESSAGES);
        if (access.channel().type() == Channel.CATEGORY) {
            throw new ApiException(ErrorCode.WRONG_CHANNEL_TYPE);
        }
        if (!draft.embeds().isEmpty()) {
            access.require(Permission.EMBED_LINKS);
        }
        if (draft.tts()) {
            access.require(Permission.SEND_TTS_MESSAGES);
        }
        Message replied = replied(draft, access);
        Message message = message(draft, access, replied);
        ObjectNode body = message.body();
        addReferenced(body, message, replied);
        JsonNode nonce = draft.nonceNode();
        if (nonce != null) {
            body.set("nonce", nonce);
        }
        Event event = new Event(ids.next(), DispatchType.MESSAGE_CREATE, access.audience(), eventData(body, access));
        boolean stored = database.query(
                handle -> MessageRows.insert(handle, message, draft.nonce(), draft.enforceNonce(), event));
        if (!stored) {
            return first(draft, access);
        }
        publisher.publish(event);
        return body;
    }

    /**
     * A page of history, the newest message first; empty for who may not read history.
     *
     * @throws ApiException as {@link Channels#access}
     */
    public ArrayNode list(Snowflake channelId, Snowflake userId, MessagePage page) {
        ChannelAccess access = channels.access(channelId, userId);
        ArrayNode list = Json.array();
        if (!access.may(Permission.READ_MESSAGE_HISTORY)) {
            return list;
        }
        List<Message> messages = read(channelId, page);
        Map<Snowflake, Message> referenced = referenced(channelId, messages);
        for (Message message : messages) {
            list.add(body(message, referenced));
        }
        return list;
    }

    /**
     * One message.
     *
     * @throws ApiException {@code UNKNOWN_MESSAGE}, and as {@link Channels#access}
     */
    public ObjectNode get(Snowflake channelId, Snowflake messageId, Snowflake userId) {
        channels.access(channelId, userId).require(Permission.READ_MESSAGE_HISTORY);
        Message message = find(channelId, messageId).orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_MESSAGE));
        return body(message, referenced(channelId, List.of(message)));
    }

    private Message message(MessageDraft draft, ChannelAccess access, @Nullable Message replied) {
        Mentions named = Mentions.find(draft.content(), draft.allowedMentions());
        List<User> mentions = new ArrayList<>();
        for (Snowflake user : named.users()) {
            existing(user).ifPresent(mentions::add);
        }
        User author = author(access);
        if (replied != null
                && draft.allowedMentions().repliedUser()
                && mentions.stream()
                        .noneMatch(user -> user.id().equals(replied.author().id()))) {
            mentions.add(replied.author());
        }
        return new Message(
                ids.next(),
                access.channel().id(),
                author,
                replied == null ? Message.DEFAULT : Message.REPLY,
                draft.content(),
                draft.flags(),
                draft.tts(),
                named.everyone() && access.member() != null && access.may(Permission.MENTION_EVERYONE),
                mentions,
                mentionedRoles(named, access),
                draft.embeds(),
                replied == null
                        ? null
                        : new MessageReference(
                                MessageReference.REPLY,
                                access.channel().guildId(),
                                access.channel().id(),
                                replied.id()),
                null,
                false,
                Json.object());
    }

    private User author(ChannelAccess access) {
        Member member = access.member();
        return member == null ? accounts.user(access.userId()) : member.user();
    }

    private Optional<User> existing(Snowflake userId) {
        try {
            return Optional.of(accounts.user(userId));
        } catch (ApiException unknown) {
            return Optional.empty();
        }
    }

    private List<Snowflake> mentionedRoles(Mentions named, ChannelAccess access) {
        Snowflake guildId = access.channel().guildId();
        if (named.roles().isEmpty() || guildId == null) {
            return List.of();
        }
        return database.query(handle -> handle.select(
                        "SELECT id FROM roles WHERE guild_id = ? AND id = ANY (?) AND id <> guild_id"
                                + " AND (mentionable OR ?) ORDER BY id",
                        guildId.value(),
                        MemberRows.longs(named.roles()),
                        access.may(Permission.MENTION_EVERYONE))
                .mapTo(Long.class)
                .map(Snowflake::new)
                .list());
    }

    private @Nullable Message replied(MessageDraft draft, ChannelAccess access) {
        Snowflake reference = draft.reference();
        if (reference == null) {
            return null;
        }
        access.require(Permission.READ_MESSAGE_HISTORY);
        Message replied = find(access.channel().id(), reference).orElse(null);
        if (replied == null && draft.requireReference()) {
            throw Form.refusal("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message");
        }
        return replied;
    }

    private ObjectNode first(MessageDraft draft, ChannelAccess access) {
        String nonce = Objects.requireNonNull(draft.nonce());
        Snowflake channelId = access.channel().id();
        Message first = database.query(handle -> MessageRows.findByNonce(handle, channelId, access.userId(), nonce))
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_MESSAGE));
        ObjectNode body = body(first, referenced(channelId, List.of(first)));
        body.set("nonce", draft.nonceNode());
        return body;
    }

    private Optional<Message> find(Snowflake channelId, Snowflake messageId) {
        return database.query(handle -> MessageRows.find(handle, channelId, List.of(messageId))).stream()
                .findFirst();
    }

    private List<Message> read(Snowflake channelId, MessagePage page) {
        Snowflake anchor = page.anchor();
        long id = anchor == null ? Long.MAX_VALUE : anchor.value();
        return database.query(handle -> switch (page.side()) {
            case BEFORE -> MessageRows.before(handle, channelId, id, page.limit());
            case AFTER -> MessageRows.after(handle, channelId, id, page.limit()).reversed();
            case AROUND -> {
                int half = page.limit() / 2;
                List<Message> messages = new ArrayList<>(
                        MessageRows.after(handle, channelId, id, half).reversed());
                // One more, so that the message itself is among them.
                messages.addAll(
                        MessageRows.before(handle, channelId, id == Long.MAX_VALUE ? id : id + 1, page.limit() - half));
                yield messages;
            }
        });
    }

    private Map<Snowflake, Message> referenced(Snowflake channelId, List<Message> messages) {
        List<Snowflake> replied = messages.stream()
                .map(Message::reference)
                .filter(reference -> reference != null && reference.type() == MessageReference.REPLY)
                .map(reference -> Objects.requireNonNull(reference).messageId())
                .distinct()
                .toList();
        if (replied.isEmpty()) {
            return Map.of();
        }
        return database.query(handle -> MessageRows.find(handle, channelId, replied)).stream()
                .collect(Collectors.toMap(Message::id, Function.identity()));
    }

    private static ObjectNode body(Message message, Map<Snowflake, Message> referenced) {
        ObjectNode body = message.body();
        MessageReference reference = message.reference();
        addReferenced(body, message, reference == null ? null : referenced.get(reference.messageId()));
        return body;
    }

    /** A reply carries the message that it answers; null if that is deleted. */
    private static void addReferenced(ObjectNode body, Message message, @Nullable Message replied) {
        MessageReference reference = message.reference();
        if (reference != null && reference.type() == MessageReference.REPLY) {
            body.set("referenced_message", replied == null ? null : replied.body());
        }
    }

    private static ObjectNode eventData(ObjectNode body, ChannelAccess access) {
        Member member = access.member();
        Snowflake guildId = access.channel().guildId();
        if (member == null || guildId == null) {
            return body;
        }
        ObjectNode data = body.deepCopy();
        data.put("guild_id", guildId.toString());
        data.set("member", member.bodyWithoutUser());
        return data;
    }
}
