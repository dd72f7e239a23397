package dev.parley.guild;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.audit.Actor;
import dev.parley.audit.AuditAction;
import dev.parley.audit.AuditChanges;
import dev.parley.audit.AuditEntry;
import dev.parley.audit.AuditLog;
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

    private static final List<String> AUDITED = List.of("name", "permissions", "color", "hoist", "mentionable");

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Guilds guilds;
    private final AuditLog auditLog;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public Roles(
            Database database,
            SnowflakeGenerator ids,
            Guilds guilds,
            AuditLog auditLog,
            Outbox outbox,
            EventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.guilds = guilds;
        this.auditLog = auditLog;
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
     * A role of a guild.
     *
     * @throws ApiException {@code UNKNOWN_GUILD} if the user is not in the guild; {@code UNKNOWN_ROLE}
     */
    public ObjectNode get(Snowflake guildId, Snowflake userId, Snowflake roleId) {
        return guilds.get(guildId, userId).roles().stream()
                .filter(role -> role.id().equals(roleId))
                .findFirst()
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_ROLE))
                .body();
    }

    /**
     * How many members have each role, except the role of everyone.
     *
     * @return numbers by the roles' ids
     * @throws ApiException {@code UNKNOWN_GUILD} if the user is not in the guild
     */
    public ObjectNode memberCounts(Snowflake guildId, Snowflake userId) {
        return database.query(handle -> {
            guilds.require(handle, guildId, userId);
            ObjectNode counts = Json.object();
            RoleRows.ofGuild(handle, guildId).stream()
                    .filter(role -> !role.id().equals(guildId))
                    .forEach(role -> counts.put(role.id().toString(), 0));
            RoleRows.memberCounts(handle, guildId).forEach((role, count) -> counts.put(role.toString(), count));
            return counts;
        });
    }

    /**
     * Makes a role below all others, with the permissions of everyone unless the form says which.
     *
     * @return the role
     * @throws ApiException if the form is wrong, the user may not, or the guild has 250 roles
     */
    public ObjectNode create(Snowflake guildId, Actor actor, Form form) {
        List<Event> events = database.transaction(handle -> {
            Standing standing = Standing.lock(handle, guildId, actor.userId()).require(Permission.MANAGE_ROLES);
            long everyone = standing.role(guildId).map(Role::permissions).orElse(0L);
            Role role = RoleForm.apply(form, new Role(ids.next(), "new role", everyone, 1, 0, false, false, null));
            standing.requireAll(role.permissions());
            requireRoom(standing.roles());
            RoleRows.insert(handle, guildId, role);
            Guilds.accessChanges(handle, guildId);
            Event event = add(handle, DispatchType.GUILD_ROLE_CREATE, guildId, role);
            return List.of(
                    event,
                    entry(
                            handle,
                            guildId,
                            actor,
                            AuditAction.ROLE_CREATE,
                            role,
                            AuditChanges.created(role.body(), AUDITED)));
        });
        publisher.publish(events);
        return (ObjectNode) events.getFirst().data().get("role");
    }

    /**
     * Changes a role. The name of the role of everyone stays as it is.
     *
     * @return the role as it is now
     * @throws ApiException {@code UNKNOWN_ROLE}, or if the form is wrong or the user may not
     */
    public ObjectNode modify(Snowflake guildId, Actor actor, Snowflake roleId, Form form) {
        List<Event> events = database.transaction(handle -> {
            Standing standing = Standing.lock(handle, guildId, actor.userId()).require(Permission.MANAGE_ROLES);
            Role before = find(standing, roleId);
            standing.requireAbove(before);
            Role after = RoleForm.apply(form, before);
            if (before.id().equals(guildId) && !after.name().equals(before.name())) {
                throw new ApiException(ErrorCode.INVALID_ROLE);
            }
            standing.requireAll(after.permissions() & ~before.permissions());
            RoleRows.update(handle, after);
            Guilds.accessChanges(handle, guildId);
            List<Event> told = new ArrayList<>();
            told.add(add(handle, DispatchType.GUILD_ROLE_UPDATE, guildId, after));
            AuditChanges changes = AuditChanges.between(before.body(), after.body(), AUDITED);
            if (!changes.isEmpty()) {
                told.add(entry(handle, guildId, actor, AuditAction.ROLE_UPDATE, after, changes));
            }
            return told;
        });
        publisher.publish(events);
        return (ObjectNode) events.getFirst().data().get("role");
    }

    /**
     * Puts roles at other positions (Discord documentation, "Modify Guild Role Positions"). A role that is named with the
     * position that it has needs no permission above it: clients send the whole list.
     *
     * @param positions a list of {@code {id, position}}
     * @return all roles, the lowest first
     * @throws ApiException {@code UNKNOWN_ROLE}, or if the list is wrong or the user may not
     */
    public ArrayNode move(Snowflake guildId, Actor actor, JsonNode positions) {
        List<RolePosition> wanted = RolePosition.read(positions);
        record Moved(List<Role> roles, List<Event> events) {}
        Moved moved = database.transaction(handle -> {
            Standing standing = Standing.lock(handle, guildId, actor.userId()).require(Permission.MANAGE_ROLES);
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
                AuditChanges changes = AuditChanges.between(before.body(), after.body(), List.of("position"));
                events.add(entry(handle, guildId, actor, AuditAction.ROLE_UPDATE, after, changes));
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
    public void delete(Snowflake guildId, Actor actor, Snowflake roleId) {
        List<Event> events = database.transaction(handle -> {
            Standing standing = Standing.lock(handle, guildId, actor.userId()).require(Permission.MANAGE_ROLES);
            Role role = find(standing, roleId);
            if (role.botId() != null) {
                throw new ApiException(ErrorCode.INVALID_ROLE);
            }
            requireOrdinary(standing, role);
            standing.requireAbove(role);
            Event event = delete(handle, guildId, roleId);
            return List.of(
                    event,
                    entry(
                            handle,
                            guildId,
                            actor,
                            AuditAction.ROLE_DELETE,
                            role,
                            AuditChanges.deleted(role.body(), AUDITED)));
        });
        publisher.publish(events);
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

    private Event entry(
            Handle handle, Snowflake guildId, Actor actor, AuditAction action, Role role, AuditChanges changes) {
        return auditLog.append(handle, AuditEntry.of(guildId, actor, action, role.id(), changes));
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
