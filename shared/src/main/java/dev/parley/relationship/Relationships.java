package dev.parley.relationship;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.Normalization;
import dev.parley.account.Principal;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
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
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Friends, and who is blocked. Each of two has a row of their own about the other, so that both can block; who has blocked
 * somebody is told to nobody else. Only people have relationships.
 *
 * <p>Thread-safe.
 */
public final class Relationships {

    private static final int MAX = 1000;

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Accounts accounts;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public Relationships(
            Database database, SnowflakeGenerator ids, Accounts accounts, Outbox outbox, EventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.accounts = accounts;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    /**
     * All of the caller's, at most 1,000.
     *
     * @throws ApiException {@code BOTS_CANNOT_USE}
     */
    public ArrayNode list(Principal caller) {
        Snowflake userId = person(caller);
        ArrayNode bodies = Json.array();
        database.query(handle -> RelationshipRows.all(handle, userId))
                .forEach(relationship -> bodies.add(relationship.body()));
        return bodies;
    }

    /**
     * Blocks somebody ({@code type} 2), or asks somebody to be a friend or says yes to that ({@code type} 1, or none).
     * What changes nothing is told to nobody.
     *
     * @throws ApiException {@code UNKNOWN_USER}; {@code FRIEND_REQUEST_TO_SELF}; {@code FRIEND_REQUEST_BLOCKED} if one has
     *     blocked the other; {@code BOTS_CANNOT_HAVE_FRIENDS}; {@code MAXIMUM_FRIENDS}; {@code BOTS_CANNOT_USE}
     */
    public void put(Principal caller, Snowflake otherId, Form form) {
        Integer type = form.optionalInteger("type", Relationship.FRIEND, Relationship.BLOCKED);
        form.check();
        Snowflake userId = person(caller);
        if (otherId.equals(userId)) {
            throw new ApiException(ErrorCode.FRIEND_REQUEST_TO_SELF);
        }
        boolean blocks = type != null && type == Relationship.BLOCKED;
        if (!blocks && accounts.user(otherId).bot()) {
            throw new ApiException(ErrorCode.BOTS_CANNOT_HAVE_FRIENDS);
        }
        List<Event> events = database.transaction(handle -> {
            RelationshipRows.lock(handle, userId, otherId);
            return blocks ? block(handle, userId, otherId) : befriend(handle, userId, otherId);
        });
        publisher.publish(events);
    }

    /**
     * Asks somebody to be a friend.
     *
     * @param form {@code username}
     * @throws ApiException as {@link #put}
     */
    public void request(Principal caller, Form form) {
        String username = form.requiredText("username", 1, 32);
        form.check();
        Snowflake otherId = database.query(handle -> handle.select(
                                "SELECT id FROM users WHERE username_key = ? AND NOT bot", Normalization.key(username))
                        .mapTo(Long.class)
                        .map(Snowflake::new)
                        .findOne())
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_USER));
        put(caller, otherId, new Form(Json.object()));
    }

    /**
     * Ends what is between the caller and somebody: a block, a friendship, a request of either. Nothing happens if there
     * is nothing; another's block stays.
     *
     * @throws ApiException {@code UNKNOWN_USER}; {@code BOTS_CANNOT_USE}
     */
    public void remove(Principal caller, Snowflake otherId) {
        Snowflake userId = person(caller);
        List<Event> ended = database.transaction(handle -> {
            RelationshipRows.lock(handle, userId, otherId);
            Optional<Relationship> mine = RelationshipRows.find(handle, userId, otherId);
            List<Event> events = new ArrayList<>();
            if (mine.isPresent()) {
                boolean blocked = mine.get().type() == Relationship.BLOCKED;
                events.addAll(drop(handle, userId, otherId, true));
                events.addAll(blocked ? List.of() : drop(handle, otherId, userId, false));
            }
            return events;
        });
        publisher.publish(ended);
    }

    /**
     * Ends all that is between a user and others, in the caller's transaction.
     *
     * @return the events to publish after the commit
     */
    public List<Event> removeAll(Handle transaction, Snowflake userId) {
        List<Event> events = new ArrayList<>();
        for (Relationship theirs : RelationshipRows.towards(transaction, userId)) {
            ObjectNode data = Json.object();
            data.put("id", userId.toString());
            data.put("type", theirs.type());
            data.putNull("nickname");
            events.add(add(
                    transaction, DispatchType.RELATIONSHIP_REMOVE, theirs.user().id(), data));
        }
        RelationshipRows.deleteAll(transaction, userId);
        return events;
    }

    private List<Event> block(Handle handle, Snowflake userId, Snowflake otherId) {
        if (typeOf(handle, userId, otherId) == Relationship.BLOCKED) {
            return List.of();
        }
        List<Event> events = new ArrayList<>();
        events.add(set(handle, userId, otherId, Relationship.BLOCKED));
        events.addAll(drop(handle, otherId, userId, false));
        return events;
    }

    private List<Event> befriend(Handle handle, Snowflake userId, Snowflake otherId) {
        int mine = typeOf(handle, userId, otherId);
        if (mine == Relationship.BLOCKED || typeOf(handle, otherId, userId) == Relationship.BLOCKED) {
            throw new ApiException(ErrorCode.FRIEND_REQUEST_BLOCKED);
        }
        return switch (mine) {
            case Relationship.FRIEND, Relationship.OUTGOING -> List.of();
            case Relationship.INCOMING ->
                List.of(
                        set(handle, userId, otherId, Relationship.FRIEND),
                        set(handle, otherId, userId, Relationship.FRIEND));
            default ->
                List.of(
                        set(handle, userId, otherId, Relationship.OUTGOING),
                        set(handle, otherId, userId, Relationship.INCOMING));
        };
    }

    private static int typeOf(Handle handle, Snowflake holder, Snowflake about) {
        return RelationshipRows.find(handle, holder, about)
                .map(Relationship::type)
                .orElse(0);
    }

    private Event set(Handle handle, Snowflake holder, Snowflake about, int type) {
        RelationshipRows.put(handle, holder, about, type);
        if (RelationshipRows.count(handle, holder) > MAX) {
            throw new ApiException(ErrorCode.MAXIMUM_FRIENDS);
        }
        ObjectNode data =
                RelationshipRows.find(handle, holder, about).orElseThrow().body();
        return add(handle, DispatchType.RELATIONSHIP_ADD, holder, data);
    }

    /** Removes what a user has about another; a block only if it is meant. */
    private List<Event> drop(Handle handle, Snowflake holder, Snowflake about, boolean blocksToo) {
        Optional<Relationship> dropped = RelationshipRows.find(handle, holder, about)
                .filter(relationship -> blocksToo || relationship.type() != Relationship.BLOCKED);
        if (dropped.isEmpty()) {
            return List.of();
        }
        RelationshipRows.delete(handle, holder, about);
        return List.of(add(
                handle, DispatchType.RELATIONSHIP_REMOVE, holder, dropped.get().key()));
    }

    private Event add(Handle handle, DispatchType type, Snowflake userId, ObjectNode data) {
        Event event = new Event(ids.next(), type, new Audience.User(userId, null), data);
        outbox.add(handle, event);
        return event;
    }

    private static Snowflake person(Principal caller) {
        if (caller.bot()) {
            throw new ApiException(ErrorCode.BOTS_CANNOT_USE);
        }
        return caller.userId();
    }
}
