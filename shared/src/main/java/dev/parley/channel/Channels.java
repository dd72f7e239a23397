package dev.parley.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.User;
import dev.parley.audit.Actor;
import dev.parley.audit.AuditLog;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.Guilds;
import dev.parley.guild.Member;
import dev.parley.guild.MemberRows;
import dev.parley.guild.Standing;
import dev.parley.permission.Permission;
import dev.parley.permission.PermissionCalculator;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.shard.ContentDatabase;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Channels of guilds, and who may do what in any channel.
 *
 * <p>Thread-safe.
 */
public final class Channels {

    /** In a guild, without threads. */
    static final int MAX_CHANNELS = 500;

    private final Database database;
    private final ContentDatabase content;
    private final SnowflakeGenerator ids;
    private final Guilds guilds;
    private final AuditLog auditLog;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public Channels(
            Database database,
            ContentDatabase content,
            SnowflakeGenerator ids,
            Guilds guilds,
            AuditLog auditLog,
            Outbox outbox,
            EventPublisher publisher) {
        this.database = database;
        this.content = content;
        this.ids = ids;
        this.guilds = guilds;
        this.auditLog = auditLog;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    /**
     * A user's access to a channel.
     *
     * @throws ApiException {@code UNKNOWN_CHANNEL} if there is none or the user is not in its guild; {@code
     *     MISSING_ACCESS} if the user is and cannot see it
     */
    public ChannelAccess access(Snowflake channelId, Snowflake userId) {
        ChannelAccess access = database.query(
                handle -> handle.select("SELECT * FROM channel_access(?, ?)", channelId.value(), userId.value())
                        .map((rs, context) -> access(rs, userId))
                        .findOne()
                        .orElse(null));
        if (access == null) {
            throw new ApiException(ErrorCode.UNKNOWN_CHANNEL);
        }
        if (!access.may(Permission.VIEW_CHANNEL)) {
            throw new ApiException(ErrorCode.MISSING_ACCESS);
        }
        return access;
    }

    /** A member's permissions in a channel of the guild, in the caller's transaction; 0 if there is no such channel. */
    public long permissions(Handle handle, Standing standing, Snowflake channelId) {
        return handle.select(
                        "SELECT " + ChannelRows.COLUMNS + " FROM " + ChannelRows.FROM
                                + " WHERE c.id = ? AND c.guild_id = ?",
                        channelId.value(),
                        standing.guildId().value())
                .map((rs, context) -> ChannelRows.read(rs))
                .findOne()
                .map(channel -> standing.inChannel(channel.permissionOverwrites()))
                .orElse(0L);
    }

    /**
     * A channel as a user sees it.
     *
     * @throws ApiException as {@link #access}
     */
    public ObjectNode get(Snowflake channelId, Snowflake userId) {
        ChannelAccess access = access(channelId, userId);
        ObjectNode body = access.member() == null
                ? database.query(handle -> DirectBodies.read(handle, access.channel(), access.recipients(), userId))
                : body(access);
        Instant lastPin = content.query(
                        access.channel().shard(),
                        there -> Optional.ofNullable(ChannelRows.lastPin(there.handle(), channelId)))
                .orElse(null);
        if (lastPin != null) {
            body.put("last_pin_timestamp", lastPin.toString());
        }
        return body;
    }

    /**
     * The channels of a guild; those that the user cannot see are among them, as on Discord.
     *
     * @throws ApiException {@code UNKNOWN_GUILD} if the user is not in the guild
     */
    public List<Channel> ofGuild(Snowflake guildId, Snowflake userId) {
        return database.query(handle -> {
            guilds.require(handle, guildId, userId);
            return ChannelRows.ofGuild(handle, guildId);
        });
    }

    /**
     * Makes a text or announcement channel, or a category, in a guild.
     *
     * @throws ApiException if the form is wrong, the user may not, or the guild has 500 channels
     */
    public ObjectNode create(Snowflake guildId, Actor actor, Form form) {
        ChannelDraft draft = ChannelDraft.read(form);
        Snowflake channelId = ids.next();
        List<Event> events = database.transaction(handle -> {
            Standing standing = Standing.lock(handle, guildId, actor.userId()).require(Permission.MANAGE_CHANNELS);
            Overwrites.requireMayChange(standing, 0, List.of(), draft.overwrites());
            List<Channel> existing = ChannelRows.ofGuild(handle, guildId);
            if (existing.size() >= MAX_CHANNELS) {
                throw new ApiException(ErrorCode.MAXIMUM_CHANNELS);
            }
            Categories.requireRoom(draft.parentId(), draft.type(), existing);
            Integer position = draft.position();
            Channel channel = new Channel(
                    channelId,
                    draft.type(),
                    guildId,
                    draft.name(),
                    draft.topic(),
                    position == null ? existing.size() : position,
                    draft.parentId(),
                    draft.nsfw(),
                    draft.rateLimitPerUser(),
                    null,
                    draft.overwrites(),
                    draft.defaultAutoArchiveDuration(),
                    draft.defaultThreadRateLimitPerUser(),
                    null);
            ChannelRows.insert(handle, channel);
            Guilds.accessChanges(handle, guildId);
            Event created = new Event(
                    ids.next(), DispatchType.CHANNEL_CREATE, new Audience.Guild(guildId, channelId), channel.body());
            outbox.add(handle, created);
            return List.of(created, auditLog.append(handle, ChannelEntries.created(actor, channel)));
        });
        publisher.publish(events);
        return (ObjectNode) events.getFirst().data();
    }

    /** Who is in a thread sees that in the thread. */
    private static ObjectNode body(ChannelAccess access) {
        ObjectNode body = access.channel().body();
        ThreadMember joined = access.threadMember();
        if (joined != null) {
            body.set("member", joined.body());
        }
        return body;
    }

    private static long inDirect(ResultSet row) throws SQLException {
        return row.getBoolean("unreachable") ? Permission.ALL & ~Permission.SEND_MESSAGES.mask() : Permission.ALL;
    }

    private static @Nullable ChannelAccess access(ResultSet row, Snowflake userId) throws SQLException {
        Channel channel = ChannelRows.read(row);
        Snowflake guildId = channel.guildId();
        if (guildId == null) {
            List<Snowflake> recipients = MemberRows.roles(row, "recipients");
            return recipients.contains(userId)
                    ? new ChannelAccess(channel, userId, inDirect(row), null, recipients, null)
                    : null;
        }
        if (row.getObject("joined_at") == null) {
            return null;
        }
        User user = User.of(
                userId,
                row.getString("username"),
                row.getString("global_name"),
                row.getString("avatar"),
                row.getBoolean("bot"));
        Member member = new Member(
                user,
                row.getString("nick"),
                MemberRows.roles(row, "role_ids"),
                MemberRows.instant(row, "joined_at"),
                MemberRows.instantOrNull(row, "communication_disabled_until"));
        Set<Snowflake> roleIds = Set.copyOf(member.roles());
        long inGuild = PermissionCalculator.inGuild(
                guildId,
                new Snowflake(row.getLong("owner_id")),
                userId,
                roleIds,
                ChannelRows.rolePermissions(row.getString("role_permissions")));
        Instant joinedThread = MemberRows.instantOrNull(row, "thread_joined_at");
        long permissions = channel.isThread()
                ? PermissionCalculator.inThread(
                        inGuild, guildId, userId, roleIds, ChannelRows.overwrites(row.getString("parent_overwrites")))
                : PermissionCalculator.inChannel(inGuild, guildId, userId, roleIds, channel.permissionOverwrites());
        if (row.getBoolean("timed_out")) {
            permissions = PermissionCalculator.timedOut(permissions);
        }
        if (channel.type() == Channel.PRIVATE_THREAD) {
            permissions = PermissionCalculator.inPrivateThread(permissions, joinedThread != null);
        }
        return new ChannelAccess(
                channel,
                userId,
                permissions,
                member,
                List.of(),
                joinedThread == null ? null : new ThreadMember(channel.id(), userId, joinedThread));
    }
}
