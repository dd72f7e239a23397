package dev.parley.guild;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
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
import org.jdbi.v3.core.Handle;

/**
 * The roles of guilds. Who changes one needs MANAGE_ROLES and a higher role, and grants no permission that it does not have
 * (Discord documentation, "Permission Hierarchy").
 *
 * <p>Thread-safe.
 */
public final class Roles {

    /** The one of everyone included. */
    static final int MAX_ROLES = 250;

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Guilds guilds;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public Roles(Database database, SnowflakeGenerator ids, Guilds guilds, Outbox outbox, EventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.guilds = guilds;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    /**
     * The roles of a guild, the lowest first.
     *
     * @throws ApiException {@code UNKNOWN_GUILD} if the user is not in the guild
     */
    public ArrayNode list(Snowflake guildId, Snowflake userId) {
        return bodies(guilds.get(guildId, userId).roles());
    }

    /**
     * Makes a role below all others, with the permissions of everyone unless the form says which.
     *
     * @return the role
     * @throws ApiException if the form is wrong, the user may not, or the guild has 250 roles
     */
    public ObjectNode create(Snowflake guildId, Snowflake userId, Form form) {
        Event event = database.transaction(handle -> {
            Standing standing = Standing.lock(handle, guildId, userId).require(Permission.MANAGE_ROLES);
            long everyone = standing.role(guildId).map(Role::permissions).orElse(0L);
            Role role = RoleForm.apply(form, new Role(ids.next(), "new role", everyone, 1, 0, false, false, null));
            standing.requireAll(role.permissions());
            requireRoom(standing.roles());
            RoleRows.insert(handle, guildId, role);
            Guilds.accessChanges(handle, guildId);
            return add(handle, DispatchType.GUILD_ROLE_CREATE, guildId, role);
        });
        publisher.publish(event);
        return (ObjectNode) event.data().get("role");
    }

    /**
     * Changes a role. The name of the role of everyone stays as it is.
     *
     * @return the role as it is now
     * @throws ApiException {@code UNKNOWN_ROLE}, or if the form is wrong or the user may not
     */
    public ObjectNode modify(Snowflake guildId, Snowflake userId, Snowflake roleId, Form form) {
        Event event = database.transaction(handle -> {
            Standing standing = Standing.lock(handle, guildId, userId).require(Permission.MANAGE_ROLES);
            Role before = find(standing, roleId);
            standing.requireAbove(before);
            Role after = RoleForm.apply(form, before);
            if (before.id().equals(guildId) && !after.name().equals(before.name())) {
                throw new ApiException(ErrorCode.INVALID_ROLE);
            }
            standing.requireAll(after.permissions() & ~before.permissions());
            RoleRows.update(handle, after);
            Guilds.accessChanges(handle, guildId);
            return add(handle, DispatchType.GUILD_ROLE_UPDATE, guildId, after);
        });
        publisher.publish(event);
        return (ObjectNode) event.data().get("role");
    }

    /**
     * Puts roles at other positions (Discord documentation, "Modify Guild Role Positions"). A role that is named with the
     * position that it has needs no permission above it: clients send the whole list.
     *
     * @param positions a list of {@code {id, position}}
     * @return all roles, the lowest first
     * @throws ApiException {@code UNKNOWN_ROLE}, or if the list is wrong or the user may not
     */
    public ArrayNode move(Snowflake guildId, Snowflake userId, JsonNode positions) {
        List<RolePosition> wanted = RolePosition.read(positions);
        record Moved(List<Role> roles, List<Event> events) {}
        Moved moved = database.transaction(handle -> {
            Standing standing = Standing.lock(handle, guildId, userId).require(Permission.MANAGE_ROLES);
            List<Event> events = new ArrayList<>();
            for (RolePosition one : wanted) {
                Role before = find(standing, one.roleId());
                if (before.position() == one.position()) {
                    continue;
                }
                requireOrdinary(standing, before);
                Role after = before.at(one.position());
                standing.requireAbove(before).requireAbove(after);
                RoleRows.update(handle, after);
                events.add(add(handle, DispatchType.GUILD_ROLE_UPDATE, guildId, after));
            }
            return new Moved(RoleRows.ofGuild(handle, guildId), events);
        });
        publisher.publish(moved.events());
        return bodies(moved.roles());
    }

    /**
     * Removes a role, also from the members that have it and the channels that name it.
     *
     * @throws ApiException {@code UNKNOWN_ROLE}; {@code INVALID_ROLE} for the role of everyone and a bot's own; or if the
     *     user may not
     */
    public void delete(Snowflake guildId, Snowflake userId, Snowflake roleId) {
        Event event = database.transaction(handle -> {
            Standing standing = Standing.lock(handle, guildId, userId).require(Permission.MANAGE_ROLES);
            Role role = find(standing, roleId);
            if (role.botId() != null) {
                throw new ApiException(ErrorCode.INVALID_ROLE);
            }
            requireOrdinary(standing, role);
            standing.requireAbove(role);
            return delete(handle, guildId, roleId);
        });
        publisher.publish(event);
    }

    /** Removes the role that was made for a bot, in the caller's transaction, and gives the events that tell of it. */
    List<Event> deleteManaged(Handle handle, Snowflake guildId, Snowflake botId) {
        List<Event> events = new ArrayList<>();
        for (Role role : RoleRows.ofGuild(handle, guildId)) {
            if (botId.equals(role.botId())) {
                events.add(delete(handle, guildId, role.id()));
            }
        }
        return events;
    }

    /**
     * Passes if the guild can have one more.
     *
     * @throws ApiException {@code MAXIMUM_ROLES}
     */
    static void requireRoom(List<Role> existing) {
        if (existing.size() >= MAX_ROLES) {
            throw new ApiException(ErrorCode.MAXIMUM_ROLES);
        }
    }

    /** What tells a guild's members of a role. */
    static ObjectNode eventData(Snowflake guildId, Role role) {
        ObjectNode data = Json.object();
        data.put("guild_id", guildId.toString());
        data.set("role", role.body());
        return data;
    }

    private Event delete(Handle handle, Snowflake guildId, Snowflake roleId) {
        RoleRows.delete(handle, guildId, roleId);
        Guilds.accessChanges(handle, guildId);
        ObjectNode data = Json.object();
        data.put("guild_id", guildId.toString());
        data.put("role_id", roleId.toString());
        return add(handle, DispatchType.GUILD_ROLE_DELETE, guildId, data);
    }

    private Event add(Handle handle, DispatchType type, Snowflake guildId, Role role) {
        return add(handle, type, guildId, eventData(guildId, role));
    }

    private Event add(Handle handle, DispatchType type, Snowflake guildId, ObjectNode data) {
        Event event = new Event(ids.next(), type, new Audience.Guild(guildId, null), data);
        outbox.add(handle, event);
        return event;
    }

    private static Role find(Standing standing, Snowflake roleId) {
        return standing.role(roleId).orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_ROLE));
    }

    private static void requireOrdinary(Standing standing, Role role) {
        if (role.id().equals(standing.guildId())) {
            throw new ApiException(ErrorCode.INVALID_ROLE);
        }
    }

    private static ArrayNode bodies(List<Role> roles) {
        ArrayNode bodies = Json.array();
        roles.forEach(role -> bodies.add(role.body()));
        return bodies;
    }
}
