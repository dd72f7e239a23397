package dev.parley.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.User;
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
import dev.parley.protocol.Json;
import dev.parley.shard.Content;
import dev.parley.shard.ContentDatabase;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are pinned to their channel, at most 250 of a channel.
 *
 * <p>Thread-safe.
 */
public final class Pins {

    private static final int MAX_PINS = 250;

    private final ContentDatabase content;
    private final SnowflakeGenerator ids;
    private final Accounts accounts;
    private final Channels channels;
    private final Messages messages;
    private final AuditLog auditLog;
    private final Outbox outbox;
    private final EventPublisher publisher;
    private final Clock clock;

    public Pins(
            ContentDatabase content,
            SnowflakeGenerator ids,
            Accounts accounts,
            Channels channels,
            Messages messages,
            AuditLog auditLog,
            Outbox outbox,
            EventPublisher publisher,
            Clock clock) {
        this.content = content;
        this.ids = ids;
        this.accounts = accounts;
        this.channels = channels;
        this.messages = messages;
        this.auditLog = auditLog;
        this.outbox = outbox;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Pins a message, and says so in the channel. One that is pinned stays as it is.
     *
     * @throws ApiException {@code UNKNOWN_MESSAGE}, {@code MAXIMUM_PINS}, {@code CANNOT_EXECUTE_ON_SYSTEM_MESSAGE}, {@code
     *     MISSING_PERMISSIONS}; as {@link Channels#access}
     */
    public void pin(Snowflake channelId, Snowflake messageId, Actor actor) {
        ChannelAccess access = requirePinning(channelId, actor);
        User user = access.member() == null
                ? accounts.user(actor.userId())
                : access.member().user();
        List<Event> told = content.transaction(access.channel().shard(), there -> {
            PinRows.lockChannel(there.handle(), channelId);
            Message message = lock(there, channelId, messageId);
            if (message.pinned()) {
                return List.of();
            }
            if (!MessageType.isSaid(message.type())) {
                throw new ApiException(ErrorCode.CANNOT_EXECUTE_ON_SYSTEM_MESSAGE);
            }
            PinRows.Standing standing = PinRows.standing(there.handle(), channelId);
            if (standing.count() >= MAX_PINS) {
                throw new ApiException(ErrorCode.MAXIMUM_PINS);
            }
            Instant at = next(standing.last());
            PinRows.set(there.handle(), channelId, messageId, at);
            List<Event> events = changed(there, access, message, at);
            events.add(messages.post(
                            there,
                            PostedMessage.system(access, user, MessageType.CHANNEL_PINNED_MESSAGE)
                                    .about(new MessageReference(
                                            MessageReference.REPLY,
                                            access.channel().guildId(),
                                            channelId,
                                            messageId)))
                    .event());
            note(there, access, actor, AuditAction.MESSAGE_PIN, message, events);
            return events;
        });
        publisher.publish(told);
    }

    /**
     * Takes a message's pin away. One that is not pinned stays as it is.
     *
     * @throws ApiException {@code UNKNOWN_MESSAGE}, {@code MISSING_PERMISSIONS}; as {@link Channels#access}
     */
    public void unpin(Snowflake channelId, Snowflake messageId, Actor actor) {
        ChannelAccess access = requirePinning(channelId, actor);
        List<Event> told = content.transaction(access.channel().shard(), there -> {
            PinRows.lockChannel(there.handle(), channelId);
            Message message = lock(there, channelId, messageId);
            if (!message.pinned()) {
                return List.of();
            }
            PinRows.set(there.handle(), channelId, messageId, null);
            Instant last = PinRows.standing(there.handle(), channelId).last();
            List<Event> events = changed(there, access, message, last);
            note(there, access, actor, AuditAction.MESSAGE_UNPIN, message, events);
            return events;
        });
        publisher.publish(told);
    }

    /**
     * A page of a channel's pins; empty for who may not read history.
     *
     * @return {@code items} with {@code pinned_at} and {@code message}, and whether there are more before them
     * @throws ApiException as {@link Channels#access}
     */
    public ObjectNode list(Snowflake channelId, Snowflake userId, PinPage page) {
        ChannelAccess access = channels.access(channelId, userId);
        if (!access.may(Permission.READ_MESSAGE_HISTORY)) {
            ObjectNode nothing = Json.object();
            nothing.putArray("items");
            return nothing.put("has_more", false);
        }
        return content.queryStale(access.channel().shard(), channelId, userId, there -> {
            ObjectNode body = Json.object();
            ArrayNode items = body.putArray("items");
            // One more, to know whether there are more.
            List<PinRows.Pin> pins = PinRows.before(there.handle(), channelId, page.before(), page.limit() + 1);
            List<PinRows.Pin> shown = pins.subList(0, Math.min(page.limit(), pins.size()));
            body.put("has_more", pins.size() > shown.size());
            Map<String, JsonNode> bodies = new HashMap<>();
            MessageBodies.bodies(
                            there,
                            MessageRows.find(
                                    there,
                                    channelId,
                                    shown.stream().map(PinRows.Pin::messageId).toList()))
                    .forEach(message -> bodies.put(message.path("id").asText(), message));
            for (PinRows.Pin pin : shown) {
                JsonNode message = bodies.get(pin.messageId().toString());
                // Deleted between the two statements.
                if (message != null) {
                    items.addObject().put("pinned_at", Message.time(pin.at())).set("message", message);
                }
            }
            return body;
        });
    }

    /**
     * The latest 50 pins as a list of messages, as older clients ask for them.
     *
     * @throws ApiException as {@link Channels#access}
     */
    public ArrayNode latest(Snowflake channelId, Snowflake userId) {
        ArrayNode list = Json.array();
        list(channelId, userId, PinPage.latest()).path("items").forEach(item -> list.add(item.path("message")));
        return list;
    }

    private ChannelAccess requirePinning(Snowflake channelId, Actor actor) {
        ChannelAccess access = channels.access(channelId, actor.userId());
        // PIN_MESSAGES was split from MANAGE_MESSAGES in 2026. Roles that were made before it, and clients that do not
        // show
        // it, know the older one only.
        return access.may(Permission.MANAGE_MESSAGES) ? access : access.require(Permission.PIN_MESSAGES);
    }

    private static Message lock(Content there, Snowflake channelId, Snowflake messageId) {
        return MessageRows.lock(there, channelId, messageId)
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_MESSAGE));
    }

    /** Clients page by the moment, to the millisecond, so no two of a channel are alike. */
    private Instant next(@Nullable Instant last) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return last == null || now.isAfter(last) ? now : last.plusMillis(1);
    }

    private List<Event> changed(Content there, ChannelAccess access, Message message, @Nullable Instant last) {
        MessagePlace place = MessagePlace.of(access);
        ObjectNode pins = place.data();
        pins.put("last_pin_timestamp", last == null ? null : Message.time(last));
        ObjectNode body = MessageBodies.body(there, message.withPinned(!message.pinned()));
        List<Event> events = new ArrayList<>();
        events.add(new Event(ids.next(), DispatchType.CHANNEL_PINS_UPDATE, place.audience(), pins));
        events.add(new Event(
                ids.next(),
                DispatchType.MESSAGE_UPDATE,
                place.audience(),
                MessageBodies.eventData(body, place.guildId(), null)));
        events.forEach(event -> outbox.add(there.handle(), event));
        return events;
    }

    private void note(
            Content there, ChannelAccess access, Actor actor, AuditAction action, Message message, List<Event> events) {
        Snowflake guildId = access.channel().guildId();
        if (guildId == null) {
            return;
        }
        ObjectNode options = Json.object();
        options.put("channel_id", message.channelId().toString());
        options.put("message_id", message.id().toString());
        events.add(auditLog.append(
                there, new AuditEntry(guildId, actor, action, message.author().id(), AuditChanges.none(), options)));
    }
}
