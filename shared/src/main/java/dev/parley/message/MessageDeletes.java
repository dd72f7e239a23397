package dev.parley.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.audit.Actor;
import dev.parley.audit.AuditAction;
import dev.parley.audit.AuditChanges;
import dev.parley.audit.AuditEntry;
import dev.parley.audit.AuditLog;
import dev.parley.channel.ChannelAccess;
import dev.parley.channel.Channels;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.shard.Content;
import dev.parley.shard.ContentDatabase;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.thread.ThreadActivity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Deletes messages.
 *
 * <p>Thread-safe.
 */
public final class MessageDeletes {

    private static final int MIN_BULK = 2;
    private static final int MAX_BULK = 100;

    /** Older messages are deleted one by one (Discord documentation, "Bulk Delete Messages"). */
    private static final Duration MAX_BULK_AGE = Duration.ofDays(14);

    private final ContentDatabase content;
    private final SnowflakeGenerator ids;
    private final Channels channels;
    private final AuditLog auditLog;
    private final Outbox outbox;
    private final EventPublisher publisher;
    private final Clock clock;

    public MessageDeletes(
            ContentDatabase content,
            SnowflakeGenerator ids,
            Channels channels,
            AuditLog auditLog,
            Outbox outbox,
            EventPublisher publisher,
            Clock clock) {
        this.content = content;
        this.ids = ids;
        this.channels = channels;
        this.auditLog = auditLog;
        this.outbox = outbox;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Deletes a message. Another's needs MANAGE_MESSAGES and is noted in the audit log; in a direct-message channel everybody
     * deletes only their own.
     *
     * @throws ApiException {@code UNKNOWN_MESSAGE}, {@code MISSING_PERMISSIONS}, {@code DIRECT_MESSAGE_CHANNEL}, {@code
     *     CANNOT_EXECUTE_ON_SYSTEM_MESSAGE}; as {@link Channels#access}
     */
    public void delete(Snowflake channelId, Snowflake messageId, Actor actor) {
        ChannelAccess access = channels.access(channelId, actor.userId());
        MessagePlace place = MessagePlace.of(access);
        List<Event> deleted = content.transaction(place.shard(), there -> {
            Message message = lock(there, place, messageId);
            boolean own = message.isOf(actor.userId());
            if (!own) {
                requireManaging(access);
            }
            List<Event> events = new ArrayList<>(List.of(remove(there, place, message)));
            Snowflake guildId = place.guildId();
            if (!own && guildId != null) {
                ObjectNode options = place.data();
                options.remove("guild_id");
                options.put("count", "1");
                events.add(auditLog.append(
                        there,
                        new AuditEntry(
                                guildId,
                                actor,
                                AuditAction.MESSAGE_DELETE,
                                message.author().id(),
                                AuditChanges.none(),
                                options)));
            }
            return events;
        });
        publisher.publish(deleted);
    }

    /**
     * Deletes a message without asking whether anybody may.
     *
     * @param authorId who the message must be of
     * @throws ApiException {@code UNKNOWN_MESSAGE}, also if it is another's
     */
    public void deletePosted(MessagePlace place, Snowflake messageId, Snowflake authorId) {
        Event deleted = content.transaction(place.shard(), there -> {
            Message message = lock(there, place, messageId);
            if (!message.author().id().equals(authorId)) {
                throw new ApiException(ErrorCode.UNKNOWN_MESSAGE);
            }
            return remove(there, place, message);
        });
        publisher.publish(deleted);
    }

    /**
     * Deletes messages of a guild's channel together. Ids of messages that are not there are passed over, and count.
     *
     * @param form {@code messages}, 2 to 100 different ids, none older than 14 days
     * @throws ApiException {@code INVALID_BULK_DELETE_COUNT}, {@code MESSAGE_TOO_OLD_TO_BULK_DELETE}, {@code
     *     MISSING_PERMISSIONS} without MANAGE_MESSAGES, {@code DIRECT_MESSAGE_CHANNEL}, {@code
     *     CANNOT_EXECUTE_ON_SYSTEM_MESSAGE}; as {@link Channels#access}
     */
    public void deleteBulk(Snowflake channelId, Actor actor, Form form) {
        List<Snowflake> asked = asked(form);
        ChannelAccess access = channels.access(channelId, actor.userId());
        requireManaging(access);
        MessagePlace place = MessagePlace.of(access);
        Instant oldest = clock.instant().minus(MAX_BULK_AGE);
        if (asked.stream().anyMatch(id -> id.timestamp().isBefore(oldest))) {
            throw new ApiException(ErrorCode.MESSAGE_TOO_OLD_TO_BULK_DELETE);
        }
        List<Event> deleted = content.transaction(place.shard(), there -> {
            List<Message> found = MessageRows.lock(there, channelId, asked);
            found.forEach(MessageDeletes::requireDeletable);
            return found.isEmpty() ? List.of() : removeAll(there, place, actor, found);
        });
        publisher.publish(deleted);
    }

    private List<Event> removeAll(Content there, MessagePlace place, Actor actor, List<Message> messages) {
        List<Snowflake> removed = messages.stream().map(Message::id).toList();
        MessageRows.delete(there.handle(), place.channelId(), removed);
        ObjectNode data = place.data();
        ArrayNode list = data.putArray("ids");
        removed.forEach(id -> list.add(id.toString()));
        List<Event> events = new ArrayList<>();
        Event event = event(there, place, DispatchType.MESSAGE_DELETE_BULK, data);
        events.add(event);
        ThreadActivity.deleted(there, place.channelId(), event.id(), removed.size());
        Snowflake guildId = place.guildId();
        if (guildId != null) {
            ObjectNode options = Json.object().put("count", Integer.toString(removed.size()));
            events.add(auditLog.append(
                    there,
                    new AuditEntry(
                            guildId,
                            actor,
                            AuditAction.MESSAGE_BULK_DELETE,
                            place.channelId(),
                            AuditChanges.none(),
                            options)));
        }
        return events;
    }

    private Event remove(Content there, MessagePlace place, Message message) {
        requireDeletable(message);
        MessageRows.delete(there.handle(), place.channelId(), List.of(message.id()));
        ObjectNode data = place.data();
        data.put("id", message.id().toString());
        Event event = event(there, place, DispatchType.MESSAGE_DELETE, data);
        ThreadActivity.deleted(there, place.channelId(), event.id(), 1);
        return event;
    }

    private Event event(Content there, MessagePlace place, DispatchType type, ObjectNode data) {
        Event event = new Event(ids.next(), type, place.audience(), data);
        outbox.add(there.handle(), event);
        return event;
    }

    private static Message lock(Content there, MessagePlace place, Snowflake messageId) {
        return MessageRows.lock(there, place.channelId(), messageId)
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_MESSAGE));
    }

    private static void requireManaging(ChannelAccess access) {
        if (access.channel().guildId() == null) {
            throw new ApiException(ErrorCode.DIRECT_MESSAGE_CHANNEL);
        }
        access.require(Permission.MANAGE_MESSAGES);
    }

    private static void requireDeletable(Message message) {
        if (!MessageType.isDeletable(message.type())) {
            throw new ApiException(ErrorCode.CANNOT_EXECUTE_ON_SYSTEM_MESSAGE);
        }
    }

    private static List<Snowflake> asked(Form form) {
        JsonNode list = form.raw("messages");
        if (!list.isArray()) {
            form.required("messages");
            form.check();
        }
        if (list.size() < MIN_BULK || list.size() > MAX_BULK) {
            throw new ApiException(ErrorCode.INVALID_BULK_DELETE_COUNT);
        }
        Set<Snowflake> ids = new LinkedHashSet<>();
        for (int i = 0; i < list.size(); i++) {
            Snowflake id = Snowflake.parseOrNull(list.get(i).asText());
            List<String> path = List.of("messages", Integer.toString(i));
            if (id == null) {
                form.error(path, "NUMBER_TYPE_COERCE", "Value is not snowflake.");
            } else if (!ids.add(id)) {
                form.error(path, "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value");
            }
        }
        form.check();
        return List.copyOf(ids);
    }
}
