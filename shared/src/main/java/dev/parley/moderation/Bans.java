package dev.parley.moderation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
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
import dev.parley.guild.BanRows;
import dev.parley.guild.BanRows.Ban;
import dev.parley.guild.Guilds;
import dev.parley.guild.Member;
import dev.parley.guild.MemberRows;
import dev.parley.guild.Members;
import dev.parley.guild.Standing;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.shard.ContentDatabase;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Who may not come into a guild. Whoever bans needs BAN_MEMBERS and stands above the member; somebody who is no member can be
 * banned as well. A member who is banned hears nothing of the guild from the commit on.
 *
 * <p>Thread-safe.
 */
public final class Bans {

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Accounts accounts;
    private final Guilds guilds;
    private final Members members;
    private final AuditLog auditLog;
    private final Outbox outbox;
    private final EventPublisher publisher;
    private final MessagePurge purge;

    public Bans(
            Database database,
            ContentDatabase content,
            SnowflakeGenerator ids,
            Accounts accounts,
            Guilds guilds,
            Members members,
            AuditLog auditLog,
            Outbox outbox,
            EventPublisher publisher,
            Clock clock) {
        this.database = database;
        this.ids = ids;
        this.accounts = accounts;
        this.guilds = guilds;
        this.members = members;
        this.auditLog = auditLog;
        this.outbox = outbox;
        this.publisher = publisher;
        this.purge = new MessagePurge(database, content, ids, outbox, publisher, clock);
    }

    /**
     * Some bans of a guild, by the users' ids.
     *
     * @throws ApiException {@code UNKNOWN_GUILD} if the caller is not in the guild; {@code MISSING_PERMISSIONS}
     */
    public ArrayNode list(Snowflake guildId, Snowflake callerId, BanPage page) {
        return database.query(handle -> {
            guilds.require(handle, guildId, callerId, Permission.BAN_MEMBERS);
            Snowflake before = page.before();
            List<Ban> bans = before == null
                    ? BanRows.after(handle, guildId, page.after(), page.limit())
                    : BanRows.before(handle, guildId, before, page.limit());
            ArrayNode bodies = Json.array();
            bans.forEach(ban -> bodies.add(body(ban)));
            return bodies;
        });
    }

    /**
     * A ban.
     *
     * @throws ApiException {@code UNKNOWN_BAN}, and as {@link #list}
     */
    public ObjectNode get(Snowflake guildId, Snowflake callerId, Snowflake userId) {
        return database.query(handle -> {
            guilds.require(handle, guildId, callerId, Permission.BAN_MEMBERS);
            return body(find(handle, guildId, userId));
        });
    }

    /**
     * Bans a user; for somebody who is banned already nothing changes. The user's messages go after the commit, and may be
     * partly left if there are very many.
     *
     * @param form {@code delete_message_seconds}, up to 7 days
     * @throws ApiException {@code UNKNOWN_GUILD}; {@code UNKNOWN_USER}; {@code MISSING_PERMISSIONS}, also for the owner and
     *     whoever is not below the caller; or if the form is wrong
     */
    public void add(Snowflake guildId, Actor actor, Snowflake userId, Form form) {
        Duration period = BanForm.purged(form);
        form.check();
        User user = accounts.user(userId);
        List<Event> events = database.transaction(handle -> {
            Standing standing = Standing.lock(handle, guildId, actor.userId()).require(Permission.BAN_MEMBERS);
            return ban(handle, standing, actor, user);
        });
        publisher.publish(events);
        purge.purge(guildId, List.of(userId), period);
    }

    /**
     * Bans up to 200 users, as far as possible, which needs MANAGE_GUILD too.
     *
     * @param form {@code user_ids}; {@code delete_message_seconds}, up to 7 days
     * @return {@code {banned_users, failed_users}}; who was banned before or is not below the caller is among the latter
     * @throws ApiException {@code FAILED_TO_BAN} if nobody could be banned, and as {@link #add}
     */
    public ObjectNode addAll(Snowflake guildId, Actor actor, Form form) {
        Duration period = BanForm.purged(form);
        List<Snowflake> userIds = BanForm.users(form);
        List<Snowflake> banned = new ArrayList<>();
        List<Snowflake> failed = new ArrayList<>();
        for (Snowflake userId : userIds) {
            // One transaction a user, so that the guild's row is free in between.
            List<Event> events = database.transaction(handle -> {
                Standing standing = Standing.lock(handle, guildId, actor.userId())
                        .require(Permission.BAN_MEMBERS)
                        .require(Permission.MANAGE_GUILD);
                Optional<User> user = below(handle, standing, userId);
                return user.isEmpty() ? List.<Event>of() : ban(handle, standing, actor, user.get());
            });
            (events.isEmpty() ? failed : banned).add(userId);
            publisher.publish(events);
        }
        if (banned.isEmpty()) {
            throw new ApiException(ErrorCode.FAILED_TO_BAN);
        }
        purge.purge(guildId, banned, period);
        ObjectNode body = Json.object();
        body.set("banned_users", Json.tree(banned));
        body.set("failed_users", Json.tree(failed));
        return body;
    }

    /**
     * Lifts a ban.
     *
     * @throws ApiException {@code UNKNOWN_GUILD}; {@code UNKNOWN_BAN}; {@code MISSING_PERMISSIONS}
     */
    public void remove(Snowflake guildId, Actor actor, Snowflake userId) {
        List<Event> events = database.transaction(handle -> {
            Standing.lock(handle, guildId, actor.userId()).require(Permission.BAN_MEMBERS);
            Ban ban = find(handle, guildId, userId);
            BanRows.delete(handle, guildId, userId);
            return List.of(
                    told(handle, DispatchType.GUILD_BAN_REMOVE, guildId, ban.user()),
                    entry(handle, guildId, actor, AuditAction.MEMBER_BAN_REMOVE, userId));
        });
        publisher.publish(events);
    }

    /** Gives the events that tell of it; none if the user was banned already. */
    private List<Event> ban(Handle handle, Standing standing, Actor actor, User user) {
        Snowflake guildId = standing.guildId();
        Optional<Member> member = MemberRows.find(handle, guildId, user.id());
        member.ifPresent(standing::requireAbove);
        if (!BanRows.insert(handle, guildId, user.id(), actor.reason())) {
            return List.of();
        }
        List<Event> events = new ArrayList<>();
        member.ifPresent(present -> events.addAll(members.remove(handle, guildId, present.user())));
        events.add(told(handle, DispatchType.GUILD_BAN_ADD, guildId, user));
        events.add(entry(handle, guildId, actor, AuditAction.MEMBER_BAN_ADD, user.id()));
        return events;
    }

    /** The user, if there is one, and the caller stands above it or it is no member. */
    private static Optional<User> below(Handle handle, Standing standing, Snowflake userId) {
        Optional<Member> member = MemberRows.find(handle, standing.guildId(), userId);
        if (member.isPresent()) {
            return member.filter(standing::isAbove).map(Member::user);
        }
        return handle.select("SELECT " + Accounts.USER_COLUMNS + " FROM users u WHERE u.id = ?", userId.value())
                .map((rs, context) -> Accounts.read(rs))
                .findOne();
    }

    private Event told(Handle handle, DispatchType type, Snowflake guildId, User user) {
        ObjectNode data = Json.object();
        data.put("guild_id", guildId.toString());
        data.set("user", Json.tree(user));
        Event event = new Event(ids.next(), type, new Audience.Guild(guildId, null), data);
        outbox.add(handle, event);
        return event;
    }

    private Event entry(Handle handle, Snowflake guildId, Actor actor, AuditAction action, Snowflake userId) {
        return auditLog.append(handle, AuditEntry.of(guildId, actor, action, userId, AuditChanges.none()));
    }

    private static Ban find(Handle handle, Snowflake guildId, Snowflake userId) {
        return BanRows.find(handle, guildId, userId).orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_BAN));
    }

    private static ObjectNode body(Ban ban) {
        ObjectNode body = Json.object();
        body.put("reason", ban.reason());
        body.set("user", Json.tree(ban.user()));
        return body;
    }
}
