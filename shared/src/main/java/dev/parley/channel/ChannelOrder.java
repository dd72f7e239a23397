package dev.parley.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.audit.Actor;
import dev.parley.audit.AuditAction;
import dev.parley.audit.AuditChanges;
import dev.parley.audit.AuditEntry;
import dev.parley.audit.AuditLog;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.Guilds;
import dev.parley.guild.Standing;
import dev.parley.permission.Overwrite;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The order of a guild's channels, and which category each is in.
 *
 * <p>Thread-safe.
 */
public final class ChannelOrder {

    private final Database database;
    private final SnowflakeGenerator ids;
    private final AuditLog auditLog;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public ChannelOrder(
            Database database, SnowflakeGenerator ids, AuditLog auditLog, Outbox outbox, EventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.auditLog = auditLog;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    /**
     * Puts channels elsewhere, all or none. It needs MANAGE_CHANNELS, and MANAGE_ROLES in a channel whose overwrites become
     * those of its category.
     *
     * @param positions a list of {@code {id, position, parent_id, lock_permissions}}; a channel that stands so already is
     *     not told of
     * @throws ApiException {@code UNKNOWN_GUILD} if the user is not in the guild; {@code UNKNOWN_CHANNEL}; or if the list is
     *     wrong or the user may not
     */
    public void move(Snowflake guildId, Actor actor, JsonNode positions) {
        List<ChannelPosition> wanted = ChannelPosition.read(positions);
        List<Event> events = database.transaction(handle -> {
            Standing standing = Standing.lock(handle, guildId, actor.userId()).require(Permission.MANAGE_CHANNELS);
            Map<Snowflake, Channel> channels = new HashMap<>();
            ChannelRows.ofGuild(handle, guildId).forEach(channel -> channels.put(channel.id(), channel));
            List<Event> updates = new ArrayList<>();
            for (ChannelPosition one : wanted) {
                Channel before = channels.get(one.channelId());
                if (before == null) {
                    throw new ApiException(ErrorCode.UNKNOWN_CHANNEL);
                }
                Channel after = one.of(before);
                if (!Objects.equals(after.parentId(), before.parentId())) {
                    Categories.requireRoom(after.parentId(), after.type(), List.copyOf(channels.values()));
                }
                boolean locks = one.locks() && lock(handle, standing, before, channels.get(after.parentId()));
                if (!after.equals(before) || locks) {
                    updates.addAll(store(handle, actor, before, after));
                    channels.put(before.id(), after);
                }
            }
            return updates;
        });
        publisher.publish(events);
    }

    /** Gives a channel the overwrites of its category, and says whether it had others. */
    private static boolean lock(Handle handle, Standing standing, Channel channel, @Nullable Channel category) {
        if (category == null) {
            return false;
        }
        List<Overwrite> before = channel.permissionOverwrites();
        List<Overwrite> after = category.permissionOverwrites();
        if (Set.copyOf(before).equals(Set.copyOf(after))) {
            return false;
        }
        if (!Permission.MANAGE_ROLES.in(standing.inChannel(before))) {
            throw new ApiException(ErrorCode.MISSING_PERMISSIONS);
        }
        Overwrites.requireMayChange(standing, standing.inChannel(after), before, after);
        ChannelRows.replaceOverwrites(handle, channel.id(), after);
        Guilds.accessChanges(handle, standing.guildId());
        return true;
    }

    private List<Event> store(Handle handle, Actor actor, Channel before, Channel after) {
        Snowflake guildId = Objects.requireNonNull(before.guildId());
        ChannelRows.update(handle, after);
        List<Event> events = new ArrayList<>();
        Event update = new Event(
                ids.next(),
                DispatchType.CHANNEL_UPDATE,
                new Audience.ChannelChange(guildId, before.id(), before.permissionOverwrites()),
                ChannelRows.find(handle, before.id()).body());
        outbox.add(handle, update);
        events.add(update);
        AuditChanges changes = AuditChanges.between(before.body(), after.body(), List.of("parent_id"));
        if (!changes.isEmpty()) {
            events.add(auditLog.append(
                    handle, AuditEntry.of(guildId, actor, AuditAction.CHANNEL_UPDATE, before.id(), changes)));
        }
        return events;
    }
}
