package dev.parley.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.Outbox;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * What the users of a direct-message channel hear of it, in the channel's order of events. Each sees the others as its
 * recipients, so each gets an event of its own. Bots hear nothing of a channel that is made, as at Discord.
 *
 * <p>Everything runs in the caller's transaction; what a method returns is to be published after the commit. Thread-safe.
 */
public final class DirectEvents {

    private final SnowflakeGenerator ids;
    private final Outbox outbox;

    public DirectEvents(SnowflakeGenerator ids, Outbox outbox) {
        this.ids = ids;
        this.outbox = outbox;
    }

    /** A channel is there for these of its users. */
    List<Event> created(Handle handle, Snowflake channelId, List<Snowflake> users) {
        return toEach(handle, DispatchType.CHANNEL_CREATE, channelId, users);
    }

    /** A group has another name or owner. */
    List<Event> updated(Handle handle, Snowflake channelId, List<Snowflake> users) {
        return toEach(handle, DispatchType.CHANNEL_UPDATE, channelId, users);
    }

    /** A channel is there no more for one user. */
    Event closed(Handle handle, Snowflake channelId, Snowflake userId, ObjectNode body) {
        return add(handle, DispatchType.CHANNEL_DELETE, channelId, List.of(userId), body);
    }

    /** A user has come into a group. */
    Event recipientAdded(Handle handle, LockedGroup group, User user) {
        return add(
                handle,
                DispatchType.CHANNEL_RECIPIENT_ADD,
                group.channel().id(),
                group.recipients(),
                recipient(group, user));
    }

    /**
     * Takes a user out of a group. If the owner goes, the user with the lowest id owns it; a group without users goes.
     */
    public List<Event> leave(Handle handle, LockedGroup group, Snowflake userId) {
        Snowflake channelId = group.channel().id();
        Map<Snowflake, User> users = Accounts.users(handle, group.recipients());
        List<Event> events = new ArrayList<>();
        events.add(closed(
                handle,
                channelId,
                userId,
                DirectBodies.of(group.channel(), group.group(), group.recipients(), users, userId)));
        List<Snowflake> rest = group.recipients().stream()
                .filter(other -> !other.equals(userId))
                .toList();
        if (rest.isEmpty()) {
            ChannelRows.delete(handle, channelId);
            return events;
        }
        GroupRows.removeRecipient(handle, channelId, userId);
        User gone = users.get(userId);
        if (gone != null) {
            events.add(add(handle, DispatchType.CHANNEL_RECIPIENT_REMOVE, channelId, rest, recipient(group, gone)));
        }
        if (group.group().ownerId().equals(userId)) {
            GroupRows.setOwner(handle, channelId, rest.getFirst());
            events.addAll(updated(handle, channelId, rest));
        }
        return events;
    }

    private List<Event> toEach(Handle handle, DispatchType type, Snowflake channelId, List<Snowflake> to) {
        Channel channel = ChannelRows.find(handle, channelId);
        GroupRows.Group group = GroupRows.find(handle, channelId).orElse(null);
        List<Snowflake> recipients = GroupRows.recipients(handle, channelId);
        Map<Snowflake, User> users = Accounts.users(handle, recipients);
        List<Event> events = new ArrayList<>();
        for (Snowflake userId : to) {
            User user = users.get(userId);
            if (user != null && !user.bot()) {
                events.add(add(
                        handle,
                        type,
                        channelId,
                        List.of(userId),
                        DirectBodies.of(channel, group, recipients, users, userId)));
            }
        }
        return events;
    }

    private static ObjectNode recipient(LockedGroup group, User user) {
        ObjectNode data = Json.object();
        data.put("channel_id", group.channel().id().toString());
        data.set("user", Json.tree(user));
        return data;
    }

    private Event add(Handle handle, DispatchType type, Snowflake channelId, List<Snowflake> users, ObjectNode data) {
        Event event = new Event(ids.next(), type, new Audience.DirectMessage(channelId, users, true), data);
        outbox.add(handle, event);
        return event;
    }
}
