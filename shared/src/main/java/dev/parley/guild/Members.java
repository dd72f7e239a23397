package dev.parley.guild;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.User;
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
import dev.parley.store.StaleReads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/**
 * The members of guilds: their nicks, roles and time-outs, and how they leave.
 *
 * <p>Thread-safe.
 */
public final class Members {

    private final Database database;
    private final StaleReads staleReads;
    private final SnowflakeGenerator ids;
    private final Guilds guilds;
    private final Roles roles;
    private final AuditLog auditLog;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public Members(
            Database database,
            StaleReads staleReads,
            SnowflakeGenerator ids,
            Guilds guilds,
            Roles roles,
            AuditLog auditLog,
            Outbox outbox,
            EventPublisher publisher) {
        this.database = database;
        this.staleReads = staleReads;
        this.ids = ids;
        this.guilds = guilds;
        this.roles = roles;
        this.auditLog = auditLog;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    /**
     * A member as another one sees it.
     *
     * @throws ApiException {@code UNKNOWN_GUILD} if the caller is not in the guild; {@code UNKNOWN_MEMBER}
     */
    public ObjectNode get(Snowflake guildId, Snowflake callerId, Snowflake userId) {
        return database.query(handle -> {
            guilds.require(handle, guildId, callerId);
            return find(handle, guildId, userId).body();
        });
    }

    /**
     * Some members of a guild.
     *
     * @throws ApiException {@code UNKNOWN_GUILD} if the caller is not in the guild
     */
    public ArrayNode list(Snowflake guildId, Snowflake callerId, MemberPage page) {
        database.query(handle -> guilds.require(handle, guildId, callerId));
        return staleReads.query(guildId, callerId, handle -> {
            ArrayNode bodies = Json.array();
            MemberRows.page(handle, guildId, page).forEach(member -> bodies.add(member.body()));
            return bodies;
        });
    }

    /**
     * Changes a member's nick, roles and time-out. A nick needs MANAGE_NICKNAMES and a higher role than the member's, one's
     * own nick CHANGE_NICKNAME; a role that is given or taken needs MANAGE_ROLES and a role above it; a time-out, of 28
     * days at the most, needs MODERATE_MEMBERS and a higher role than the member's, who must be no administrator.
     *
     * @return the member as it is now
     * @throws ApiException {@code UNKNOWN_MEMBER}; {@code UNKNOWN_ROLE}; or if the form is wrong or the caller may not
     */
    public ObjectNode modify(Snowflake guildId, Actor actor, Snowflake userId, Form form) {
        return modify(guildId, actor, userId, MemberForm.read(form));
    }

    /**
     * Changes one's own nick.
     *
     * @return the member as it is now
     * @throws ApiException if the form is wrong or the caller may not
     */
    public ObjectNode modifySelf(Snowflake guildId, Actor actor, Form form) {
        return modify(guildId, actor, actor.userId(), MemberForm.read(form).nickOnly());
    }

    /**
     * Gives a member a role.
     *
     * @throws ApiException {@code UNKNOWN_MEMBER}; {@code UNKNOWN_ROLE}; or if the caller may not
     */
    public void addRole(Snowflake guildId, Actor actor, Snowflake userId, Snowflake roleId) {
        changeRoles(guildId, actor, userId, roleId, had -> {
            List<Snowflake> has = new ArrayList<>(had);
            has.add(roleId);
            return has.stream().distinct().toList();
        });
    }

    /**
     * Takes a role from a member.
     *
     * @throws ApiException {@code UNKNOWN_MEMBER}; {@code UNKNOWN_ROLE}; or if the caller may not
     */
    public void removeRole(Snowflake guildId, Actor actor, Snowflake userId, Snowflake roleId) {
        changeRoles(
                guildId,
                actor,
                userId,
                roleId,
                had -> had.stream().filter(role -> !role.equals(roleId)).toList());
    }

    /**
     * Puts a member out, who may come back. A bot's own role goes with it.
     *
     * @throws ApiException {@code UNKNOWN_MEMBER}; {@code MISSING_PERMISSIONS}, also for the owner and for whoever is not
     *     below the caller
     */
    public void kick(Snowflake guildId, Actor actor, Snowflake userId) {
        List<Event> events = database.transaction(handle -> {
            Standing standing = Standing.lock(handle, guildId, actor.userId()).require(Permission.KICK_MEMBERS);
            Member member = find(handle, guildId, userId);
            standing.requireAbove(member);
            List<Event> told = new ArrayList<>(remove(handle, guildId, member.user()));
            told.add(auditLog.append(
                    handle, AuditEntry.of(guildId, actor, AuditAction.MEMBER_KICK, userId, AuditChanges.none())));
            return told;
        });
        publisher.publish(events);
    }

    /**
     * Leaves a guild. A bot's own role goes with it.
     *
     * @throws ApiException {@code UNKNOWN_GUILD}; {@code INVALID_GUILD} if the user owns it
     */
    public void leave(Snowflake guildId, Snowflake userId) {
        List<Event> events = database.transaction(handle -> {
            if (Standing.lock(handle, guildId, userId).owns()) {
                throw new ApiException(ErrorCode.INVALID_GUILD);
            }
            return remove(handle, guildId, find(handle, guildId, userId).user());
        });
        publisher.publish(events);
    }

    private ObjectNode modify(Snowflake guildId, Actor actor, Snowflake userId, MemberForm form) {
        record Modified(Member member, List<Event> events) {}
        Modified modified = database.transaction(handle -> {
            Standing standing = Standing.lock(handle, guildId, actor.userId());
            Member before = find(handle, guildId, userId);
            if (form.renamed()) {
                requireMayRename(standing, before);
            }
            List<Snowflake> wanted = form.roles();
            if (wanted != null) {
                standing.require(Permission.MANAGE_ROLES);
            }
            Member after = before.with(
                    form.renamed() ? form.nick() : before.nick(),
                    wanted == null ? before.roles() : change(standing, before.roles(), wanted));
            if (form.timed()) {
                Timeouts.requireMayTimeOut(handle, standing, before, form.timedOutUntil());
                after = after.timedOutUntil(form.timedOutUntil());
            }
            return new Modified(after, update(handle, standing, actor, before, after));
        });
        publisher.publish(modified.events());
        return modified.member().body();
    }

    private void changeRoles(
            Snowflake guildId, Actor actor, Snowflake userId, Snowflake roleId, UnaryOperator<List<Snowflake>> change) {
        List<Event> events = database.transaction(handle -> {
            Standing standing = Standing.lock(handle, guildId, actor.userId()).require(Permission.MANAGE_ROLES);
            Member before = find(handle, guildId, userId);
            requireAssignable(standing, roleId);
            Member after = before.with(before.nick(), change.apply(before.roles()));
            return update(handle, standing, actor, before, after);
        });
        publisher.publish(events);
    }

    /** Stores a member and gives the events that tell of it: none if nothing is different. */
    private List<Event> update(Handle handle, Standing standing, Actor actor, Member before, Member after) {
        if (after.equals(before)) {
            return List.of();
        }
        Snowflake guildId = standing.guildId();
        MemberRows.update(handle, guildId, after);
        if (!after.roles().equals(before.roles()) || !Objects.equals(after.timedOutUntil(), before.timedOutUntil())) {
            Guilds.accessChanges(handle, guildId);
        }
        ObjectNode data = after.body();
        data.put("guild_id", guildId.toString());
        List<Event> events = new ArrayList<>();
        events.add(add(handle, new Event(ids.next(), DispatchType.GUILD_MEMBER_UPDATE, everyone(guildId), data)));
        MemberChanges.of(standing, before, after).forEach((action, changes) -> {
            Snowflake userId = after.user().id();
            events.add(auditLog.append(handle, AuditEntry.of(guildId, actor, action, userId, changes)));
        });
        return events;
    }

    /**
     * Takes a user out of a guild, in the caller's transaction, which has the guild's row. A bot's own role goes with it.
     *
     * @return the events to publish after the commit
     */
    public List<Event> remove(Handle handle, Snowflake guildId, User user) {
        MemberRows.delete(handle, guildId, user.id());
        Guilds.accessChanges(handle, guildId);
        ObjectNode guild = Json.object();
        guild.put("id", guildId.toString());
        ObjectNode removed = Json.object();
        removed.put("guild_id", guildId.toString());
        removed.set("user", Json.tree(user));
        List<Event> events = new ArrayList<>();
        events.add(add(
                handle,
                new Event(ids.next(), DispatchType.GUILD_DELETE, new Audience.Departed(guildId, user.id()), guild)));
        events.add(add(handle, new Event(ids.next(), DispatchType.GUILD_MEMBER_REMOVE, everyone(guildId), removed)));
        if (user.bot()) {
            events.addAll(roles.deleteManaged(handle, guildId, user.id()));
        }
        return events;
    }

    /**
     * Times a member out without asking whether anybody may, in the caller's transaction, which has the guild's row.
     *
     * @param duration from now on
     * @return the events to publish after the commit; none for who is gone, or timed out for longer already
     */
    public List<Event> timeOut(Handle handle, Snowflake guildId, Snowflake userId, Duration duration) {
        Member before = MemberRows.find(handle, guildId, userId).orElse(null);
        if (before == null) {
            return List.of();
        }
        Instant until = MemberRows.now(handle).plus(duration);
        Instant already = before.timedOutUntil();
        if (already != null && !already.isBefore(until)) {
            return List.of();
        }
        Member after = before.timedOutUntil(until);
        MemberRows.update(handle, guildId, after);
        Guilds.accessChanges(handle, guildId);
        ObjectNode data = after.body();
        data.put("guild_id", guildId.toString());
        return List.of(add(handle, new Event(ids.next(), DispatchType.GUILD_MEMBER_UPDATE, everyone(guildId), data)));
    }

    private Event add(Handle handle, Event event) {
        outbox.add(handle, event);
        return event;
    }

    private static Audience everyone(Snowflake guildId) {
        return new Audience.Guild(guildId, null);
    }

    private static Member find(Handle handle, Snowflake guildId, Snowflake userId) {
        return MemberRows.find(handle, guildId, userId).orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_MEMBER));
    }

    private static void requireMayRename(Standing standing, Member member) {
        if (!member.user().id().equals(standing.userId())) {
            standing.require(Permission.MANAGE_NICKNAMES).requireAbove(member);
        } else if (!Permission.MANAGE_NICKNAMES.in(standing.permissions())) {
            standing.require(Permission.CHANGE_NICKNAME);
        }
    }

    /** The roles of a member after a change, in which only the roles that come or go need a right. */
    private static List<Snowflake> change(Standing standing, List<Snowflake> had, List<Snowflake> wanted) {
        List<Snowflake> has =
                wanted.stream().filter(role -> !role.equals(standing.guildId())).toList();
        has.stream().filter(role -> !had.contains(role)).forEach(role -> requireAssignable(standing, role));
        had.stream().filter(role -> !has.contains(role)).forEach(role -> requireAssignable(standing, role));
        return has;
    }

    private static void requireAssignable(Standing standing, Snowflake roleId) {
        Role role = standing.role(roleId).orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_ROLE));
        if (roleId.equals(standing.guildId())) {
            throw new ApiException(ErrorCode.INVALID_ROLE);
        }
        standing.requireAbove(role);
        if (role.botId() != null) {
            throw new ApiException(ErrorCode.MISSING_PERMISSIONS);
        }
    }
}
