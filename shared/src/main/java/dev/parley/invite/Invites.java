package dev.parley.invite;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.audit.Actor;
import dev.parley.audit.AuditAction;
import dev.parley.audit.AuditChanges;
import dev.parley.audit.AuditEntry;
import dev.parley.audit.AuditLog;
import dev.parley.channel.Channel;
import dev.parley.channel.ChannelAccess;
import dev.parley.channel.Channels;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.GuildCounts;
import dev.parley.guild.Guilds;
import dev.parley.guild.MemberRows;
import dev.parley.guild.Standing;
import dev.parley.message.JoinMessages;
import dev.parley.permission.Permission;
import dev.parley.presence.Presences;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Invites to guilds. That one is made or deleted hears who may manage its channel.
 *
 * <p>Thread-safe.
 */
public final class Invites {

    private static final String CODE_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int CODE_LENGTH = 10;
    private static final int MAX_INVITES = 1000;

    private static final List<String> AUDITED =
            List.of("code", "channel_id", "inviter_id", "uses", "max_uses", "max_age", "temporary");

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Supplier<SecureRandom> random;
    private final Accounts accounts;
    private final Channels channels;
    private final Guilds guilds;
    private final GuildCounts counts;
    private final JoinMessages joinMessages;
    private final AuditLog auditLog;
    private final Outbox outbox;
    private final EventPublisher publisher;
    private final Presences presences;

    public Invites(
            Database database,
            SnowflakeGenerator ids,
            Supplier<SecureRandom> random,
            Accounts accounts,
            Channels channels,
            Guilds guilds,
            GuildCounts counts,
            JoinMessages joinMessages,
            AuditLog auditLog,
            Outbox outbox,
            EventPublisher publisher,
            Presences presences) {
        this.database = database;
        this.ids = ids;
        this.random = random;
        this.accounts = accounts;
        this.channels = channels;
        this.guilds = guilds;
        this.counts = counts;
        this.joinMessages = joinMessages;
        this.auditLog = auditLog;
        this.outbox = outbox;
        this.publisher = publisher;
        this.presences = presences;
    }

    /**
     * Makes an invite; asked again for the same kind, it gives the same one unless {@code unique} is set.
     *
     * @throws ApiException if the form is wrong, the user may not invite to the channel, or the guild has 1,000 invites
     */
    public ObjectNode create(Snowflake channelId, Actor actor, Form form) {
        InviteDraft draft = InviteDraft.read(form);
        Snowflake userId = actor.userId();
        ChannelAccess access = channels.access(channelId, userId);
        Channel channel = access.channel();
        Snowflake guildId = channel.guildId();
        if (guildId == null || channel.isThread()) {
            throw new ApiException(ErrorCode.WRONG_CHANNEL_TYPE);
        }
        access.require(Permission.CREATE_INSTANT_INVITE);
        String code = newCode();
        record Made(Invite invite, List<Event> events) {}
        Made made = database.transaction(handle -> {
            // The guild's row keeps the count, and the same invite from being made twice.
            Guilds.lock(handle, guildId);
            Optional<Invite> same =
                    draft.unique() ? Optional.empty() : InviteRows.same(handle, channelId, userId, draft);
            if (same.isPresent()) {
                return new Made(same.get(), List.of());
            }
            if (InviteRows.count(handle, guildId) >= MAX_INVITES) {
                throw new ApiException(ErrorCode.MAXIMUM_INVITES);
            }
            InviteRows.insert(handle, code, guildId, channelId, userId, draft);
            Invite invite = InviteRows.find(handle, code).orElseThrow();
            AuditChanges changes = AuditChanges.created(invite.audited(), AUDITED);
            return new Made(
                    invite,
                    List.of(
                            told(handle, DispatchType.INVITE_CREATE, invite, invite.created()),
                            entry(handle, invite, actor, AuditAction.INVITE_CREATE, changes)));
        });
        publisher.publish(made.events());
        return made.invite().bodyWithMetadata();
    }

    /**
     * An invite as anybody sees it.
     *
     * @param withCounts whether to say about how many members the guild has and how many of them are online
     * @throws ApiException {@code UNKNOWN_INVITE} if there is none, or it has ended
     */
    public ObjectNode get(String code, boolean withCounts) {
        Invite invite = database.query(handle -> find(InviteRows.find(handle, code)));
        ObjectNode body = invite.body();
        if (withCounts) {
            counts.addTo(body, invite.guildId());
        }
        return body;
    }

    /**
     * The invites to a channel, for which the user needs MANAGE_CHANNELS there.
     *
     * @throws ApiException {@code UNKNOWN_CHANNEL}; {@code DIRECT_MESSAGE_CHANNEL}; {@code MISSING_PERMISSIONS}
     */
    public ArrayNode ofChannel(Snowflake channelId, Snowflake userId) {
        ChannelAccess access = channels.access(channelId, userId);
        if (access.channel().guildId() == null) {
            throw new ApiException(ErrorCode.DIRECT_MESSAGE_CHANNEL);
        }
        access.require(Permission.MANAGE_CHANNELS);
        ArrayNode bodies = Json.array();
        database.query(handle -> InviteRows.ofChannel(handle, channelId))
                .forEach(invite -> bodies.add(invite.bodyWithMetadata()));
        return bodies;
    }

    /**
     * The invites to a guild, for which the user needs MANAGE_GUILD, or VIEW_AUDIT_LOG, which gives them without their
     * metadata (Discord documentation, "Get Guild Invites").
     *
     * @throws ApiException {@code UNKNOWN_GUILD}; {@code MISSING_PERMISSIONS}
     */
    public ArrayNode ofGuild(Snowflake guildId, Snowflake userId) {
        return database.query(handle -> {
            long permissions = guilds.require(handle, guildId, userId).permissions();
            boolean manages = Permission.MANAGE_GUILD.in(permissions);
            if (!manages && !Permission.VIEW_AUDIT_LOG.in(permissions)) {
                throw new ApiException(ErrorCode.MISSING_PERMISSIONS);
            }
            ArrayNode bodies = Json.array();
            InviteRows.ofGuild(handle, guildId)
                    .forEach(invite -> bodies.add(manages ? invite.bodyWithMetadata() : invite.body()));
            return bodies;
        });
    }

    /**
     * Joins the guild of an invite; for a member nothing changes and no use is counted.
     *
     * @throws ApiException {@code UNKNOWN_INVITE}; {@code BOTS_CANNOT_USE}; {@code BANNED_FROM_GUILD}; {@code
     *     MAXIMUM_GUILDS}
     */
    public ObjectNode accept(String code, Snowflake userId) {
        User user = accounts.user(userId);
        if (user.bot()) {
            throw new ApiException(ErrorCode.BOTS_CANNOT_USE);
        }
        record Joined(Invite invite, List<Event> events) {}
        Joined joined = database.transaction(handle -> {
            // The guild's row first, as everywhere: a guild that is deleted at the same moment wants both, too.
            Snowflake guildId = find(InviteRows.find(handle, code)).guildId();
            Guilds.lock(handle, guildId);
            Invite invite = find(InviteRows.lock(handle, code));
            List<Event> events = new ArrayList<>(guilds.join(handle, guildId, user, List.of()));
            if (!events.isEmpty()) {
                InviteRows.use(handle, invite);
                events.addAll(joinMessages.add(handle, guildId, user));
                if (invite.temporary()) {
                    MemberRows.makeTemporary(handle, guildId, userId);
                }
            }
            return new Joined(invite, events);
        });
        publisher.publish(joined.events());
        if (!joined.events().isEmpty()) {
            presences.joined(userId, joined.invite().guildId());
        }
        ObjectNode body = joined.invite().body();
        body.put("new_member", !joined.events().isEmpty());
        return body;
    }

    /**
     * Deletes an invite, for which the user needs MANAGE_CHANNELS in its channel or MANAGE_GUILD.
     *
     * @return the invite as it was
     * @throws ApiException {@code UNKNOWN_INVITE}; {@code MISSING_ACCESS} for who is not in the guild; {@code
     *     MISSING_PERMISSIONS}
     */
    public ObjectNode delete(String code, Actor actor) {
        Invite invite = database.query(handle -> find(InviteRows.find(handle, code)));
        List<Event> events = database.transaction(handle -> {
            Snowflake guildId = invite.guildId();
            Guilds.lock(handle, guildId);
            if (MemberRows.find(handle, guildId, actor.userId()).isEmpty()) {
                throw new ApiException(ErrorCode.MISSING_ACCESS);
            }
            Standing standing = Standing.lock(handle, guildId, actor.userId());
            if (!Permission.MANAGE_GUILD.in(standing.permissions())
                    && !Permission.MANAGE_CHANNELS.in(channels.permissions(handle, standing, invite.channelId()))) {
                throw new ApiException(ErrorCode.MISSING_PERMISSIONS);
            }
            Invite now = find(InviteRows.lock(handle, code));
            InviteRows.delete(handle, code);
            AuditChanges changes = AuditChanges.deleted(now.audited(), AUDITED);
            return List.of(
                    told(handle, DispatchType.INVITE_DELETE, now, now.deleted()),
                    entry(handle, now, actor, AuditAction.INVITE_DELETE, changes));
        });
        publisher.publish(events);
        return invite.body();
    }

    private Event told(Handle handle, DispatchType type, Invite invite, ObjectNode data) {
        Event event = new Event(
                ids.next(),
                type,
                new Audience.Privileged(invite.guildId(), invite.channelId(), Permission.MANAGE_CHANNELS.mask()),
                data);
        outbox.add(handle, event);
        return event;
    }

    private Event entry(Handle handle, Invite invite, Actor actor, AuditAction action, AuditChanges changes) {
        return auditLog.append(handle, AuditEntry.of(invite.guildId(), actor, action, null, changes));
    }

    private static Invite find(Optional<Invite> invite) {
        return invite.orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_INVITE));
    }

    private String newCode() {
        SecureRandom source = random.get();
        StringBuilder code = new StringBuilder(CODE_LENGTH);
        for (int i = 0; i < CODE_LENGTH; i++) {
            code.append(CODE_LETTERS.charAt(source.nextInt(CODE_LETTERS.length())));
        }
        return code.toString();
    }
}
