package dev.parley.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.image.Image;
import dev.parley.image.Images;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Direct-message channels of several: their name and icon, and who is in them. Every user may change these and bring others in;
 * the owner may put others out.
 *
 * <p>Thread-safe.
 */
public final class Groups {

    private final Database database;
    private final Channels channels;
    private final DirectChannels directs;
    private final DirectEvents events;
    private final Images images;
    private final EventPublisher publisher;

    public Groups(
            Database database,
            Channels channels,
            DirectChannels directs,
            DirectEvents events,
            Images images,
            EventPublisher publisher) {
        this.database = database;
        this.channels = channels;
        this.directs = directs;
        this.events = events;
        this.images = images;
        this.publisher = publisher;
    }

    /**
     * Changes a group (Discord documentation, "Modify Channel", group DM).
     *
     * @param form {@code name}, 1 to 100 characters, or null for none; {@code icon}, an image, or null for
     *     none
     * @return the channel as the user sees it now
     * @throws ApiException as {@link Channels#access}; {@code DIRECT_MESSAGE_CHANNEL} for a channel of two; or if the form
     *     is wrong
     */
    public ObjectNode modify(Snowflake channelId, Snowflake userId, Form form) {
        requireType(channels.access(channelId, userId), ErrorCode.DIRECT_MESSAGE_CHANNEL);
        String name = form.optionalText("name", 0, 100);
        Image image = Image.read(form, "icon", Images.MAX_BYTES);
        form.check();
        String icon = image == null ? null : images.store(Images.Owner.GROUP, channelId, image);
        List<Event> updated = database.transaction(handle -> {
            LockedGroup group = LockedGroup.take(handle, channelId, userId);
            int changed = 0;
            if (form.has("name")) {
                changed += handle.execute(
                        "UPDATE channels SET name = ? WHERE id = ? AND name IS DISTINCT FROM ?",
                        nullIfBlank(name),
                        channelId.value(),
                        nullIfBlank(name));
            }
            if (form.has("icon")) {
                changed += handle.execute(
                        "UPDATE group_channels SET icon = ? WHERE channel_id = ? AND icon IS DISTINCT FROM ?",
                        icon,
                        channelId.value(),
                        icon);
            }
            return changed == 0 ? List.<Event>of() : events.updated(handle, channelId, group.recipients());
        });
        publisher.publish(updated);
        return channels.get(channelId, userId);
    }

    /**
     * Brings somebody into a group. In a channel of two it makes a group of the three instead.
     *
     * @return the new group as the user sees it; null if there was one
     * @throws ApiException as {@link Channels#access}; {@code WRONG_CHANNEL_TYPE}; {@code INVALID_RECIPIENTS} for a bot, and
     *     for whom the user cannot address; {@code MAXIMUM_RECIPIENTS}
     */
    public @Nullable ObjectNode add(Snowflake channelId, Snowflake userId, Snowflake otherId) {
        ChannelAccess access = channels.access(channelId, userId);
        if (access.channel().type() == Channel.DIRECT && access.recipients().size() == 2) {
            Set<Snowflake> others = new LinkedHashSet<>(access.recipients());
            others.remove(userId);
            others.add(otherId);
            if (others.size() == 2) {
                return directs.openGroup(userId, others);
            }
        }
        requireType(access, ErrorCode.WRONG_CHANNEL_TYPE);
        List<Event> added = database.transaction(handle -> add(handle, channelId, userId, otherId));
        publisher.publish(added);
        return null;
    }

    /**
     * Puts somebody out of a group, or leaves it.
     *
     * @throws ApiException as {@link Channels#access}; {@code WRONG_CHANNEL_TYPE}; {@code MISSING_PERMISSIONS} if the user
     *     neither owns it nor leaves it; {@code UNKNOWN_USER} if the other is not in it
     */
    public void remove(Snowflake channelId, Snowflake userId, Snowflake otherId) {
        requireType(channels.access(channelId, userId), ErrorCode.WRONG_CHANNEL_TYPE);
        List<Event> removed = database.transaction(handle -> {
            LockedGroup group = LockedGroup.take(handle, channelId, userId);
            if (!otherId.equals(userId) && !group.group().ownerId().equals(userId)) {
                throw new ApiException(ErrorCode.MISSING_PERMISSIONS);
            }
            if (!group.recipients().contains(otherId)) {
                throw new ApiException(ErrorCode.UNKNOWN_USER);
            }
            return events.leave(handle, group, otherId);
        });
        publisher.publish(removed);
    }

    /**
     * Takes a user out of all groups, in the caller's transaction.
     *
     * @return the events to publish after the commit
     */
    public List<Event> leaveAll(Handle transaction, Snowflake userId) {
        List<Event> left = new ArrayList<>();
        List<Snowflake> groups = transaction
                .select("""
                        SELECT g.channel_id FROM channel_recipients p JOIN group_channels g USING (channel_id)
                        WHERE p.user_id = ? ORDER BY g.channel_id
                        """, userId.value())
                .mapTo(Long.class)
                .map(Snowflake::new)
                .list();
        for (Snowflake channelId : groups) {
            left.addAll(events.leave(transaction, LockedGroup.take(transaction, channelId, userId), userId));
        }
        return left;
    }

    private List<Event> add(Handle handle, Snowflake channelId, Snowflake userId, Snowflake otherId) {
        LockedGroup group = LockedGroup.take(handle, channelId, userId);
        if (group.recipients().contains(otherId)) {
            return List.of();
        }
        LockedGroup.requireInvitable(handle, userId, List.of(otherId));
        if (group.recipients().size() >= DirectChannels.MAX_RECIPIENTS) {
            throw new ApiException(ErrorCode.MAXIMUM_RECIPIENTS);
        }
        GroupRows.addRecipients(handle, channelId, List.of(otherId));
        List<Event> added = new ArrayList<>(events.created(handle, channelId, List.of(otherId)));
        User user = Accounts.users(handle, List.of(otherId)).get(otherId);
        if (user != null) {
            added.add(events.recipientAdded(handle, group, user));
        }
        return added;
    }

    private static void requireType(ChannelAccess access, ErrorCode refusal) {
        if (access.channel().type() != Channel.GROUP) {
            throw new ApiException(refusal);
        }
    }

    private static @Nullable String nullIfBlank(@Nullable String name) {
        return name == null || name.isBlank() ? null : name;
    }
}
