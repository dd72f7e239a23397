package dev.parley.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.Principal;
import dev.parley.account.User;
import dev.parley.channel.GroupRows.Group;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.guild.MemberRows;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.relationship.RelationshipRows;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Direct-message channels: of two users, of one, which are its saved messages, and of up to ten, which are groups. Who
 * closes a channel of two finds it again with the next message, or by opening it.
 *
 * <p>Thread-safe.
 */
public final class DirectChannels {

    /** Users in a group (Discord documentation, JSON error code 30004). */
    static final int MAX_RECIPIENTS = 10;

    /** Keeps an answer with large groups well under the 6 MB that Lambda carries. */
    private static final int MAX_LISTED = 500;

    private static final String OF_USER = "SELECT * FROM (SELECT " + ChannelRows.COLUMNS + """
            , p.closed_at, gc.owner_id AS group_owner_id, gc.icon AS group_icon,
            (SELECT array_agg(o.user_id ORDER BY o.user_id) FROM channel_recipients o
             WHERE o.channel_id = c.id) AS recipients
            FROM channel_recipients p JOIN channels c ON c.id = p.channel_id
            LEFT JOIN threads t ON t.id = c.id
            LEFT JOIN group_channels gc ON gc.channel_id = c.id
            WHERE p.user_id = :user) AS x
            WHERE closed_at IS NULL OR last_message_id > closed_at
            ORDER BY coalesce(last_message_id, id) DESC LIMIT :limit
            """;

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Channels channels;
    private final DirectEvents events;
    private final EventPublisher publisher;

    public DirectChannels(
            Database database,
            SnowflakeGenerator ids,
            Channels channels,
            DirectEvents events,
            EventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.channels = channels;
        this.events = events;
        this.publisher = publisher;
    }

    private record Listed(Channel channel, @Nullable Group group, List<Snowflake> recipients) {}

    /** The user's channels that are not closed, the one with the newest message first; at most 500. */
    public ArrayNode list(Snowflake userId) {
        ArrayNode bodies = Json.array();
        database.query(handle -> {
            List<Listed> all = handle.createQuery(OF_USER)
                    .bind("user", userId.value())
                    .bind("limit", MAX_LISTED)
                    .map((rs, context) -> {
                        long ownerId = rs.getLong("group_owner_id");
                        return new Listed(
                                ChannelRows.read(rs),
                                ownerId == 0 ? null : new Group(new Snowflake(ownerId), rs.getString("group_icon")),
                                MemberRows.roles(rs, "recipients"));
                    })
                    .list();
            Set<Snowflake> named = new HashSet<>();
            all.forEach(one -> named.addAll(one.recipients()));
            Map<Snowflake, User> users = Accounts.users(handle, named);
            all.forEach(
                    one -> bodies.add(DirectBodies.of(one.channel(), one.group(), one.recipients(), users, userId)));
            return all;
        });
        return bodies;
    }

    /** The user's own saved-messages channel, made at the first call. */
    public Snowflake savedMessages(Snowflake userId) {
        return direct(userId.toString(), List.of(userId));
    }

    /**
     * Opens a channel: with {@code recipient_id} the one of two users, with the caller's own id its saved messages; with
     * {@code recipients}, two to nine others, a new group, which only people can make and be in. Of those only friends and
     * members of the same guilds can be addressed.
     *
     * @return the channel as the caller sees it
     * @throws ApiException {@code UNKNOWN_USER}; {@code CANNOT_MESSAGE_USER}; {@code INVALID_RECIPIENTS}; {@code
     *     MAXIMUM_RECIPIENTS}; {@code BOTS_CANNOT_USE}; or if the form is wrong
     */
    public ObjectNode open(Principal caller, Form form) {
        Snowflake userId = caller.userId();
        Snowflake recipientId = form.optionalSnowflake("recipient_id");
        Set<Snowflake> others = others(form, userId);
        if (recipientId == null && others.isEmpty()) {
            form.required("recipient_id");
        }
        form.check();
        if (recipientId != null) {
            return recipientId.equals(userId)
                    ? channels.get(savedMessages(userId), userId)
                    : openDirect(userId, recipientId);
        }
        if (others.size() == 1) {
            return openDirect(userId, others.iterator().next());
        }
        if (caller.bot()) {
            throw new ApiException(ErrorCode.BOTS_CANNOT_USE);
        }
        return openGroup(userId, others);
    }

    /**
     * Closes a channel of two for one of them, or leaves a group.
     *
     * @return the channel as it was
     * @throws ApiException as {@link Channels#access}
     */
    public ObjectNode close(Snowflake channelId, Snowflake userId) {
        ObjectNode body = channels.get(channelId, userId);
        List<Event> published = database.transaction(handle -> {
            if (body.path("type").asInt() == Channel.GROUP) {
                LockedGroup group = LockedGroup.take(handle, channelId, userId);
                return events.leave(handle, group, userId);
            }
            return GroupRows.setClosed(handle, channelId, userId, ids.next())
                    ? List.of(events.closed(handle, channelId, userId, body))
                    : List.of();
        });
        publisher.publish(published);
        return body;
    }

    private static Set<Snowflake> others(Form form, Snowflake userId) {
        Set<Snowflake> others = new LinkedHashSet<>();
        JsonNode sent = form.raw("recipients");
        for (JsonNode node : sent) {
            Snowflake id = Snowflake.parseOrNull(node.asText());
            if (id == null) {
                form.error("recipients", "NUMBER_TYPE_COERCE", "Value is not snowflake.");
            } else if (!id.equals(userId)) {
                others.add(id);
            }
        }
        return others;
    }

    private ObjectNode openDirect(Snowflake userId, Snowflake otherId) {
        database.query(handle -> {
            if (!Accounts.users(handle, List.of(otherId)).containsKey(otherId)) {
                throw new ApiException(ErrorCode.UNKNOWN_USER);
            }
            if (RelationshipRows.reachable(handle, userId, List.of(otherId)).isEmpty()) {
                throw new ApiException(ErrorCode.CANNOT_MESSAGE_USER);
            }
            return otherId;
        });
        List<Snowflake> users = userId.compareTo(otherId) < 0 ? List.of(userId, otherId) : List.of(otherId, userId);
        Snowflake channelId = direct(users.get(0) + ":" + users.get(1), users);
        database.query(handle -> GroupRows.setClosed(handle, channelId, userId, null));
        return channels.get(channelId, userId);
    }

    private Snowflake direct(String key, List<Snowflake> users) {
        return byKey(key).orElseGet(() -> {
            Snowflake newId = ids.next();
            List<Event> created = database.transaction(handle -> GroupRows.insertDirect(handle, newId, key, users)
                    ? events.created(handle, newId, users)
                    : List.of());
            publisher.publish(created);
            // Somebody else may have made it at the same moment.
            return byKey(key).orElseThrow();
        });
    }

    private Optional<Snowflake> byKey(String key) {
        return database.query(handle -> handle.select("SELECT id FROM channels WHERE dm_key = ?", key)
                .mapTo(Long.class)
                .map(Snowflake::new)
                .findOne());
    }

    /** Makes a group of these users, whom the caller must be able to address. */
    ObjectNode openGroup(Snowflake userId, Set<Snowflake> others) {
        if (others.size() >= MAX_RECIPIENTS) {
            throw new ApiException(ErrorCode.MAXIMUM_RECIPIENTS);
        }
        Snowflake channelId = ids.next();
        Set<Snowflake> users = new LinkedHashSet<>(others);
        users.add(userId);
        List<Event> created = database.transaction(handle -> {
            LockedGroup.requireInvitable(handle, userId, others);
            GroupRows.insertGroup(handle, channelId, userId, List.copyOf(users));
            return events.created(handle, channelId, List.copyOf(users));
        });
        publisher.publish(created);
        return channels.get(channelId, userId);
    }
}
