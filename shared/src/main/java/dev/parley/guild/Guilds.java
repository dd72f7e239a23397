package dev.parley.guild;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.User;
import dev.parley.channel.Channel;
import dev.parley.channel.ChannelRows;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.image.Image;
import dev.parley.image.Images;
import dev.parley.permission.Permission;
import dev.parley.permission.PermissionCalculator;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import dev.parley.thread.VisibleThreads;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Guilds, their members and roles.
 *
 * <p>Thread-safe.
 */
public final class Guilds {

    private static final int MAX_GUILDS = 100;

    /** Discord documentation, "System Channel Flags". */
    private static final int SUPPRESS_JOIN_NOTIFICATIONS = 1;

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Images images;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public Guilds(Database database, SnowflakeGenerator ids, Images images, Outbox outbox, EventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.images = images;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    /**
     * Makes a guild with a text channel {@code general}; its maker owns it.
     *
     * @param form {@code name}, 2 to 100 characters; {@code icon}; {@code system_channel_flags}
     * @return the guild as GUILD_CREATE carries it
     * @throws ApiException if the form is wrong, or the user is in 100 guilds already
     */
    public ObjectNode create(User owner, Form form) {
        String name = form.requiredText("name", 2, 100);
        Image icon = Image.read(form, "icon", Images.MAX_BYTES);
        Integer flags = form.optionalInteger("system_channel_flags", 0, GuildForm.SYSTEM_CHANNEL_FLAGS);
        form.check();
        ObjectNode settings = Json.object();
        if (flags != null) {
            settings.put("system_channel_flags", flags);
        }
        Snowflake guildId = ids.next();
        String iconHash = icon == null ? null : images.store(Images.Owner.GUILD, guildId, icon);
        Snowflake channelId = ids.next();
        Event event = memberEvent(guildId, owner.id());
        database.transaction(handle -> {
            requireRoom(handle, owner.id());
            handle.execute(
                    "INSERT INTO guilds (id, name, icon, owner_id, system_channel_id, settings) VALUES (?, ?, ?, ?, ?, ?)",
                    guildId.value(),
                    name,
                    iconHash,
                    owner.id().value(),
                    channelId.value(),
                    Json.text(settings));
            RoleRows.insert(
                    handle,
                    guildId,
                    new Role(guildId, "@everyone", DefaultPermissions.EVERYONE, 0, 0, false, false, null));
            ChannelRows.insert(
                    handle,
                    new Channel(channelId, Channel.TEXT, guildId, "general", null, 0, null, false, 0, null, List.of()));
            MemberRows.insert(handle, guildId, owner, List.of());
            outbox.add(handle, event);
            return guildId;
        });
        publisher.publish(event);
        return database.query(handle -> body(handle, guildId, owner.id()));
    }

    /**
     * A guild that a user is in.
     *
     * @throws ApiException {@code UNKNOWN_GUILD}, also when it exists and the user is not in it
     */
    public Guild get(Snowflake guildId, Snowflake userId) {
        return database.query(handle -> {
            require(handle, guildId, userId);
            return GuildRows.find(handle, guildId);
        });
    }

    /** The guilds that a user is in, the one joined first at the head. */
    public List<Snowflake> idsOf(Snowflake userId) {
        return database.query(handle -> handle.select(
                        "SELECT guild_id FROM members WHERE user_id = ? ORDER BY joined_at, guild_id", userId.value())
                .mapTo(Long.class)
                .map(Snowflake::new)
                .list());
    }

    /**
     * A user's membership, in the caller's transaction.
     *
     * @throws ApiException {@code UNKNOWN_GUILD} if the user is not in the guild
     */
    public Membership require(Handle handle, Snowflake guildId, Snowflake userId) {
        return membership(handle, guildId, userId, () -> RoleRows.ofGuild(handle, guildId));
    }

    private static Membership membership(
            Handle handle, Snowflake guildId, Snowflake userId, Supplier<List<Role>> roles) {
        record Row(Snowflake ownerId, List<Snowflake> roleIds, boolean timedOut) {}
        Row row = handle.select(
                        "SELECT g.owner_id, m.role_ids, m.communication_disabled_until > now() AS timed_out"
                                + " FROM guilds g JOIN members m ON m.guild_id = g.id WHERE g.id = ? AND m.user_id = ?",
                        guildId.value(),
                        userId.value())
                .map((rs, context) -> new Row(
                        new Snowflake(rs.getLong("owner_id")),
                        MemberRows.roles(rs, "role_ids"),
                        rs.getBoolean("timed_out")))
                .findOne()
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_GUILD));
        Map<Snowflake, Long> permissions = roles.get().stream().collect(Collectors.toMap(Role::id, Role::permissions));
        Set<Snowflake> roleIds = Set.copyOf(row.roleIds());
        long inGuild = PermissionCalculator.inGuild(guildId, row.ownerId(), userId, roleIds, permissions);
        return new Membership(
                guildId,
                userId,
                roleIds,
                row.timedOut() ? PermissionCalculator.timedOut(inGuild) : inGuild,
                row.timedOut());
    }

    /**
     * Passes if the user may.
     *
     * @throws ApiException {@code UNKNOWN_GUILD} if the user is not in the guild; {@code MISSING_PERMISSIONS}
     */
    public void require(Handle handle, Snowflake guildId, Snowflake userId, Permission permission) {
        if (!permission.in(require(handle, guildId, userId).permissions())) {
            throw new ApiException(ErrorCode.MISSING_PERMISSIONS);
        }
    }

    /**
     * A guild that a user is in and has a permission for.
     *
     * @throws ApiException {@code UNKNOWN_GUILD} if the user is not in the guild; {@code MISSING_PERMISSIONS}
     */
    public Guild get(Snowflake guildId, Snowflake userId, Permission permission) {
        return database.query(handle -> {
            require(handle, guildId, userId, permission);
            return GuildRows.find(handle, guildId);
        });
    }

    /**
     * A guild as GUILD_CREATE carries it to one member, in the caller's transaction: the channels and active threads that the
     * member sees, and of the members only that one (Discord documentation, "Guild Create", without the intent for presences).
     *
     * @throws ApiException {@code UNKNOWN_GUILD} if the user is not in the guild any more
     */
    ObjectNode body(Handle handle, Snowflake guildId, Snowflake userId) {
        Guild guild = GuildRows.find(handle, guildId);
        Membership membership = membership(handle, guildId, userId, guild::roles);
        Member member =
                MemberRows.find(handle, guildId, userId).orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_GUILD));
        ObjectNode body = guild.body();
        body.put("joined_at", member.joinedAt().toString());
        int memberCount = MemberRows.count(handle, guildId);
        body.put("member_count", memberCount);
        body.put("large", memberCount > GuildViewer.DEFAULT_LARGE_THRESHOLD);
        body.put("unavailable", false);
        body.putArray("members").add(member.body());
        ArrayNode channels = body.putArray("channels");
        List<Channel> all = ChannelRows.ofGuild(handle, guildId);
        for (Channel channel : all) {
            if (Permission.VIEW_CHANNEL.in(membership.inChannel(channel.permissionOverwrites()))) {
                channels.add(channel.body());
            }
        }
        ArrayNode threads = body.putArray("threads");
        VisibleThreads.active(handle, membership, all).forEach(thread -> threads.add(thread.bodyWithMember()));
        for (String empty : List.of(
                "voice_states", "presences", "stage_instances", "guild_scheduled_events", "soundboard_sounds")) {
            body.putArray(empty);
        }
        return body;
    }

    /**
     * Makes a user a member, in the caller's transaction, which keeps the guild's row from then on.
     *
     * @param roles the roles to begin with
     * @return the events to publish after the commit; none if the user was a member already
     * @throws ApiException {@code UNKNOWN_GUILD}; {@code BANNED_FROM_GUILD}; {@code MAXIMUM_GUILDS}
     */
    public List<Event> join(Handle handle, Snowflake guildId, User user, List<Snowflake> roles) {
        GuildRows.lock(handle, guildId);
        if (MemberRows.find(handle, guildId, user.id()).isPresent()) {
            return List.of();
        }
        if (BanRows.exists(handle, guildId, user.id())) {
            throw new ApiException(ErrorCode.BANNED_FROM_GUILD);
        }
        requireRoom(handle, user.id());
        Member member = MemberRows.insert(handle, guildId, user, roles);
        accessChanges(handle, guildId);
        ObjectNode added = member.body();
        added.put("guild_id", guildId.toString());
        List<Event> events = List.of(
                memberEvent(guildId, user.id()),
                new Event(ids.next(), DispatchType.GUILD_MEMBER_ADD, new Audience.Guild(guildId, null), added));
        events.forEach(event -> outbox.add(handle, event));
        return events;
    }

    /** The channel in which a guild says who has joined, in the caller's transaction; empty if it does not say so. */
    public static Optional<Snowflake> joinChannel(Handle transaction, Snowflake guildId) {
        Guild guild = GuildRows.find(transaction, guildId);
        boolean silent = (guild.settings().path("system_channel_flags").asInt() & SUPPRESS_JOIN_NOTIFICATIONS) != 0;
        return silent ? Optional.empty() : Optional.ofNullable(guild.systemChannelId());
    }

    /**
     * Adds a bot's own role below all others, in the caller's transaction, and the event that tells of it.
     *
     * @throws ApiException {@code MAXIMUM_ROLES}
     */
    public RoleAdded addManagedRole(Handle handle, Snowflake guildId, User bot, long permissions) {
        GuildRows.lock(handle, guildId);
        Roles.requireRoom(RoleRows.ofGuild(handle, guildId));
        // At the bottom: a bot must not stand above whoever let it in.
        Role role = new Role(ids.next(), bot.username(), permissions, 1, 0, false, false, bot.id());
        RoleRows.insert(handle, guildId, role);
        accessChanges(handle, guildId);
        Event event = new Event(
                ids.next(),
                DispatchType.GUILD_ROLE_CREATE,
                new Audience.Guild(guildId, null),
                Roles.eventData(guildId, role));
        outbox.add(handle, event);
        return new RoleAdded(role.id(), event);
    }

    /**
     * Takes a guild's row until the transaction ends. A transaction that needs other rows too takes this one first.
     *
     * @throws ApiException {@code UNKNOWN_GUILD}
     */
    public static void lock(Handle transaction, Snowflake guildId) {
        GuildRows.lock(transaction, guildId);
    }

    /** A role that was added, and the event to publish after the commit. */
    public record RoleAdded(Snowflake roleId, Event event) {}

    /**
     * Notes, in the caller's transaction, that who may see what in a guild changes with it: roles, overwrites, owner, who
     * has which role, who is a member. Every such change must call it. What the fan-out knows of the guild is of
     * one version of it, so that an event that is committed after the change never reaches who lost it.
     */
    public static void accessChanges(Handle transaction, Snowflake guildId) {
        transaction.execute("UPDATE guilds SET access_version = access_version + 1 WHERE id = ?", guildId.value());
    }

    /** Takes the user's row, so that two joins at once cannot both pass the count. */
    private static void requireRoom(Handle handle, Snowflake userId) {
        boolean there = handle.select(
                        "SELECT id FROM users WHERE id = ? AND deleted_at IS NULL FOR UPDATE", userId.value())
                .mapTo(Long.class)
                .findOne()
                .isPresent();
        if (!there) {
            throw new ApiException(ErrorCode.UNKNOWN_USER);
        }
        int guilds = handle.select("SELECT count(*) FROM members WHERE user_id = ?", userId.value())
                .mapTo(Integer.class)
                .one();
        if (guilds >= MAX_GUILDS) {
            throw new ApiException(ErrorCode.MAXIMUM_GUILDS);
        }
    }

    /**
     * What tells a user's sessions of a guild that they now are in. It names the guild only: the fan-out makes the snapshot
     * when it delivers, so that the session gets the guild as it is in the guild's order of events.
     */
    private Event memberEvent(Snowflake guildId, Snowflake userId) {
        ObjectNode data = Json.object();
        data.put("id", guildId.toString());
        return new Event(ids.next(), DispatchType.GUILD_CREATE, new Audience.Member(guildId, userId), data);
    }
}
