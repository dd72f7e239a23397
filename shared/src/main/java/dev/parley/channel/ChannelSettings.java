package dev.parley.channel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.audit.Actor;
import dev.parley.audit.AuditLog;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.GuildSettings;
import dev.parley.guild.Guilds;
import dev.parley.guild.MemberRows;
import dev.parley.permission.Overwrite;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import dev.parley.thread.VisibleThreads;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Changes of a guild's channels, with who may see them, and their end. Neither direct-message channels nor threads are
 * changed so.
 *
 * <p>Thread-safe.
 */
public final class ChannelSettings {

    /** Of one THREAD_LIST_SYNC, the newest, so that the event stays well below what a queue takes. */
    private static final int MOST_THREADS = 100;

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Channels channels;
    private final GuildSettings guildSettings;
    private final AuditLog auditLog;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public ChannelSettings(
            Database database,
            SnowflakeGenerator ids,
            Channels channels,
            GuildSettings guildSettings,
            AuditLog auditLog,
            Outbox outbox,
            EventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.channels = channels;
        this.guildSettings = guildSettings;
        this.auditLog = auditLog;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    /**
     * Changes a channel, for which the user needs MANAGE_CHANNELS, and MANAGE_ROLES for the overwrites.
     *
     * @return the channel as it is now
     * @throws ApiException as {@link Channels#access}; {@code DIRECT_MESSAGE_CHANNEL}; or if the form is wrong or the user
     *     may not
     */
    public ObjectNode modify(Snowflake channelId, Actor actor, Form form) {
        Snowflake guildId = guildOf(channelId, actor.userId());
        List<Event> events = database.transaction(handle -> {
            ChannelUnderLock locked = ChannelUnderLock.take(handle, guildId, channelId, actor.userId())
                    .require(Permission.MANAGE_CHANNELS);
            Channel before = locked.channel();
            Channel after = ChannelForm.apply(form, before);
            if (!Objects.equals(after.parentId(), before.parentId())) {
                Categories.requireRoom(after.parentId(), after.type(), locked.siblings());
            }
            ChannelRows.update(handle, after);
            if (!Set.copyOf(after.permissionOverwrites()).equals(Set.copyOf(before.permissionOverwrites()))) {
                replaceOverwrites(handle, locked, after.permissionOverwrites());
            }
            return changed(handle, actor, locked);
        });
        publisher.publish(events);
        return (ObjectNode) events.getFirst().data();
    }

    /**
     * Deletes a channel with its messages and invites. The channels of a category stay, without it.
     *
     * @return the channel as it was
     * @throws ApiException as {@link Channels#access}; {@code DIRECT_MESSAGE_CHANNEL}; or if the user may not
     */
    public ObjectNode delete(Snowflake channelId, Actor actor) {
        Snowflake guildId = guildOf(channelId, actor.userId());
        record Deleted(Channel channel, List<Event> events) {}
        Deleted deleted = database.transaction(handle -> {
            ChannelUnderLock locked = ChannelUnderLock.take(handle, guildId, channelId, actor.userId())
                    .require(Permission.MANAGE_CHANNELS);
            Channel channel = locked.channel();
            List<Event> events = new ArrayList<>();
            for (Channel child : locked.children()) {
                Channel freed = child.withoutParent();
                ChannelRows.update(handle, freed);
                events.add(add(
                        handle, DispatchType.CHANNEL_UPDATE, new Audience.Guild(guildId, freed.id()), freed.body()));
            }
            ChannelRows.delete(handle, channelId);
            Guilds.accessChanges(handle, guildId);
            events.add(add(
                    handle,
                    DispatchType.CHANNEL_DELETE,
                    new Audience.ChannelChange(guildId, channelId, channel.permissionOverwrites()),
                    channel.body()));
            events.add(auditLog.append(handle, ChannelEntries.deleted(actor, channel)));
            events.addAll(guildSettings.forgetChannel(handle, guildId, channelId));
            return new Deleted(channel, events);
        });
        publisher.publish(deleted.events());
        return deleted.channel().body();
    }

    /**
     * Sets what a channel allows and denies a role or a member, for which the user needs MANAGE_ROLES there.
     *
     * @param targetId the role or the member
     * @param form {@code type}, {@code allow} and {@code deny}; without a type, what has the id
     * @throws ApiException as {@link Channels#access}; {@code DIRECT_MESSAGE_CHANNEL}; {@code UNKNOWN_OVERWRITE} if no such
     *     role or member is in the guild; {@code MAXIMUM_OVERWRITES}; or if the form is wrong or the user may not
     */
    public void putOverwrite(Snowflake channelId, Actor actor, Snowflake targetId, Form form) {
        Integer type = form.optionalInteger("type", Overwrite.ROLE, Overwrite.MEMBER);
        Long allow = Permission.read(form, "allow");
        Long deny = Permission.read(form, "deny");
        form.check();
        Snowflake guildId = guildOf(channelId, actor.userId());
        List<Event> events = database.transaction(handle -> {
            ChannelUnderLock locked = ChannelUnderLock.take(handle, guildId, channelId, actor.userId())
                    .require(Permission.MANAGE_ROLES);
            boolean role =
                    locked.standing().roles().stream().anyMatch(one -> one.id().equals(targetId));
            int known = role ? Overwrite.ROLE : Overwrite.MEMBER;
            List<Overwrite> after = without(locked.channel(), targetId);
            after.add(new Overwrite(
                    targetId, type == null ? known : type, allow == null ? 0 : allow, deny == null ? 0 : deny));
            if (after.size() > Overwrites.MAX) {
                throw new ApiException(ErrorCode.MAXIMUM_OVERWRITES);
            }
            replaceOverwrites(handle, locked, after);
            return changed(handle, actor, locked);
        });
        publisher.publish(events);
    }

    /**
     * Removes what a channel allows and denies a role or a member, for which the user needs MANAGE_ROLES there.
     *
     * @throws ApiException as {@link Channels#access}; {@code DIRECT_MESSAGE_CHANNEL}; {@code UNKNOWN_OVERWRITE}; or if the
     *     user may not
     */
    public void deleteOverwrite(Snowflake channelId, Actor actor, Snowflake targetId) {
        Snowflake guildId = guildOf(channelId, actor.userId());
        List<Event> events = database.transaction(handle -> {
            ChannelUnderLock locked = ChannelUnderLock.take(handle, guildId, channelId, actor.userId())
                    .require(Permission.MANAGE_ROLES);
            List<Overwrite> after = without(locked.channel(), targetId);
            if (after.size() == locked.channel().permissionOverwrites().size()) {
                throw new ApiException(ErrorCode.UNKNOWN_OVERWRITE);
            }
            replaceOverwrites(handle, locked, after);
            return changed(handle, actor, locked);
        });
        publisher.publish(events);
    }

    private Snowflake guildOf(Snowflake channelId, Snowflake userId) {
        Channel channel = channels.access(channelId, userId).channel();
        Snowflake guildId = channel.guildId();
        if (guildId == null) {
            throw new ApiException(ErrorCode.DIRECT_MESSAGE_CHANNEL);
        }
        if (channel.isThread()) {
            throw new ApiException(ErrorCode.WRONG_CHANNEL_TYPE);
        }
        return guildId;
    }

    private static void replaceOverwrites(Handle handle, ChannelUnderLock locked, List<Overwrite> after) {
        locked.require(Permission.MANAGE_ROLES);
        List<Overwrite> before = locked.channel().permissionOverwrites();
        Overwrites.requireMayChange(locked.standing(), locked.inCategory(), before, after);
        requireTargets(handle, locked, after);
        ChannelRows.replaceOverwrites(handle, locked.channel().id(), after);
        Guilds.accessChanges(handle, locked.standing().guildId());
    }

    /** Those of members who have left stay: clients send the whole list. */
    private static void requireTargets(Handle handle, ChannelUnderLock locked, List<Overwrite> after) {
        Set<Snowflake> roles = new HashSet<>();
        locked.standing().roles().forEach(role -> roles.add(role.id()));
        List<Snowflake> newMembers = new ArrayList<>();
        for (Overwrite overwrite : after) {
            boolean isNew = locked.channel().permissionOverwrites().stream()
                    .noneMatch(one -> one.id().equals(overwrite.id()) && one.type() == overwrite.type());
            if (isNew && overwrite.type() == Overwrite.MEMBER) {
                newMembers.add(overwrite.id());
            } else if (isNew && !roles.contains(overwrite.id())) {
                throw new ApiException(ErrorCode.UNKNOWN_OVERWRITE);
            }
        }
        if (!MemberRows.allIn(handle, locked.standing().guildId(), newMembers)) {
            throw new ApiException(ErrorCode.UNKNOWN_OVERWRITE);
        }
    }

    private static List<Overwrite> without(Channel channel, Snowflake targetId) {
        List<Overwrite> others = new ArrayList<>(channel.permissionOverwrites());
        others.removeIf(overwrite -> overwrite.id().equals(targetId));
        return others;
    }

    private List<Event> changed(Handle handle, Actor actor, ChannelUnderLock locked) {
        Channel before = locked.channel();
        Channel after = ChannelRows.find(handle, before.id());
        List<Event> events = new ArrayList<>();
        events.add(add(
                handle,
                DispatchType.CHANNEL_UPDATE,
                new Audience.ChannelChange(locked.standing().guildId(), before.id(), before.permissionOverwrites()),
                after.body()));
        if (!after.permissionOverwrites().equals(before.permissionOverwrites())) {
            threads(handle, locked).ifPresent(events::add);
        }
        ChannelEntries.changed(actor, locked.standing(), before, after)
                .forEach(entry -> events.add(auditLog.append(handle, entry)));
        return events;
    }

    /**
     * The threads of a channel for whoever sees it only now (Discord documentation, "Thread List Sync"); empty if it has none.
     * Of the private ones nobody is told: who joins one sees it then.
     */
    private Optional<Event> threads(Handle handle, ChannelUnderLock locked) {
        Channel channel = locked.channel();
        List<Channel> active = VisibleThreads.activeOf(handle, channel.id(), MOST_THREADS);
        if (active.isEmpty()) {
            return Optional.empty();
        }
        Snowflake guildId = locked.standing().guildId();
        ObjectNode data = Json.object();
        data.put("guild_id", guildId.toString());
        data.putArray("channel_ids").add(channel.id().toString());
        ArrayNode threads = data.putArray("threads");
        active.forEach(thread -> threads.add(thread.body()));
        data.putArray("members");
        return Optional.of(add(
                handle,
                DispatchType.THREAD_LIST_SYNC,
                new Audience.ChannelChange(guildId, channel.id(), channel.permissionOverwrites()),
                data));
    }

    private Event add(Handle handle, DispatchType type, Audience audience, ObjectNode data) {
        Event event = new Event(ids.next(), type, audience, data);
        outbox.add(handle, event);
        return event;
    }
}
