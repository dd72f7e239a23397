package dev.parley.guild;

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
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * A guild's name and owner, and its end.
 *
 * <p>Thread-safe.
 */
public final class GuildSettings {

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public GuildSettings(Database database, SnowflakeGenerator ids, Outbox outbox, EventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    /**
     * Changes a guild.
     *
     * @param form {@code name}, which needs MANAGE_GUILD; {@code owner_id}, a member, which only the owner may give
     * @return the guild as it is now
     * @throws ApiException {@code UNKNOWN_GUILD}; {@code UNKNOWN_MEMBER}; or if the form is wrong or the user may not
     */
    public ObjectNode modify(Snowflake guildId, Snowflake userId, Form form) {
        String name = form.has("name") ? form.requiredText("name", 2, 100) : null;
        Snowflake newOwner = form.optionalSnowflake("owner_id");
        form.check();
        Event event = database.transaction(handle -> {
            Standing standing = Standing.lock(handle, guildId, userId).require(Permission.MANAGE_GUILD);
            Guild before = GuildRows.find(handle, guildId);
            Snowflake ownerId = newOwner == null ? before.ownerId() : newOwner;
            if (!ownerId.equals(before.ownerId())) {
                requireMayOwn(handle, standing, ownerId);
                Guilds.accessChanges(handle, guildId);
            }
            GuildRows.update(handle, guildId, name == null ? before.name() : name, ownerId);
            return updated(handle, guildId);
        });
        publisher.publish(event);
        return (ObjectNode) event.data();
    }

    /**
     * Deletes a guild with everything in it.
     *
     * @throws ApiException {@code UNKNOWN_GUILD}; {@code MISSING_PERMISSIONS} if the user does not own it
     */
    public void delete(Snowflake guildId, Snowflake userId) {
        ObjectNode data = Json.object();
        data.put("id", guildId.toString());
        Event event = database.transaction(handle -> {
            if (!Standing.lock(handle, guildId, userId).owns()) {
                throw new ApiException(ErrorCode.MISSING_PERMISSIONS);
            }
            GuildRows.delete(handle, guildId);
            Event deleted = new Event(ids.next(), DispatchType.GUILD_DELETE, new Audience.GuildGone(guildId), data);
            outbox.add(handle, deleted);
            return deleted;
        });
        publisher.publish(event);
    }

    /**
     * Takes a channel that is deleted out of a guild's settings, in the caller's transaction.
     *
     * @return the events to publish after the commit; none if no setting names the channel
     */
    public List<Event> forgetChannel(Handle handle, Snowflake guildId, Snowflake channelId) {
        return GuildRows.forgetChannel(handle, guildId, channelId) ? List.of(updated(handle, guildId)) : List.of();
    }

    private Event updated(Handle handle, Snowflake guildId) {
        Event event = new Event(
                ids.next(),
                DispatchType.GUILD_UPDATE,
                new Audience.Guild(guildId, null),
                GuildRows.find(handle, guildId).body());
        outbox.add(handle, event);
        return event;
    }

    private static void requireMayOwn(Handle handle, Standing standing, Snowflake userId) {
        if (!standing.owns()) {
            throw new ApiException(ErrorCode.MISSING_PERMISSIONS);
        }
        if (MemberRows.find(handle, standing.guildId(), userId).isEmpty()) {
            throw new ApiException(ErrorCode.UNKNOWN_MEMBER);
        }
    }
}
