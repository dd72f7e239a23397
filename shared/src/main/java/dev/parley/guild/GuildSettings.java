package dev.parley.guild;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.audit.Actor;
import dev.parley.audit.AuditAction;
import dev.parley.audit.AuditChanges;
import dev.parley.audit.AuditEntry;
import dev.parley.audit.AuditLog;
import dev.parley.channel.Channel;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.image.Image;
import dev.parley.image.Images;
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
 * What a guild is set to, and its end.
 *
 * <p>Thread-safe.
 */
public final class GuildSettings {

    private static final List<String> AUDITED = List.of(
            "name",
            "icon",
            "description",
            "owner_id",
            "system_channel_id",
            "system_channel_flags",
            "rules_channel_id",
            "public_updates_channel_id",
            "safety_alerts_channel_id",
            "afk_timeout",
            "verification_level",
            "default_message_notifications",
            "explicit_content_filter",
            "preferred_locale",
            "premium_progress_bar_enabled",
            "widget_enabled",
            "widget_channel_id");

    private final Database database;
    private final SnowflakeGenerator ids;
    private final AuditLog auditLog;
    private final Images images;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public GuildSettings(
            Database database,
            SnowflakeGenerator ids,
            Images images,
            AuditLog auditLog,
            Outbox outbox,
            EventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.images = images;
        this.auditLog = auditLog;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    /**
     * Changes a guild, which needs MANAGE_GUILD; only the owner may name another one.
     *
     * @param form the fields that change; {@code owner_id} is a member
     * @return the guild as it is now
     * @throws ApiException {@code UNKNOWN_GUILD}; {@code UNKNOWN_MEMBER}; or if the form is wrong, names no text channel of
     *     the guild, or the user may not
     */
    public ObjectNode modify(Snowflake guildId, Actor actor, Form form) {
        GuildForm wanted = GuildForm.read(form);
        Image newIcon = Image.read(form, "icon", Images.MAX_BYTES);
        form.check();
        String icon = newIcon == null ? null : icon(guildId, actor.userId(), newIcon);
        List<Event> events = database.transaction(handle -> {
            Standing standing = Standing.lock(handle, guildId, actor.userId()).require(Permission.MANAGE_GUILD);
            Guild before = GuildRows.find(handle, guildId);
            Guild after = wanted.apply(before, icon);
            if (!after.ownerId().equals(before.ownerId())) {
                requireMayOwn(handle, standing, after.ownerId());
                Guilds.accessChanges(handle, guildId);
            }
            requireChannels(handle, guildId, wanted);
            return store(handle, actor, before, after);
        });
        publisher.publish(events);
        return (ObjectNode) events.getFirst().data();
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
        Guild before = GuildRows.find(handle, guildId);
        Guild after = before.without(channelId);
        if (after.equals(before)) {
            return List.of();
        }
        GuildRows.update(handle, after);
        return List.of(updated(handle, after));
    }

    /** Stores a guild; what was changed gets an entry. */
    List<Event> store(Handle handle, Actor actor, Guild before, Guild after) {
        GuildRows.update(handle, after);
        List<Event> events = new ArrayList<>();
        events.add(updated(handle, after));
        AuditChanges changes = AuditChanges.between(before.body(), after.body(), AUDITED);
        if (!changes.isEmpty()) {
            events.add(auditLog.append(
                    handle, AuditEntry.of(after.id(), actor, AuditAction.GUILD_UPDATE, after.id(), changes)));
        }
        return events;
    }

    private Event updated(Handle handle, Guild guild) {
        Event event =
                new Event(ids.next(), DispatchType.GUILD_UPDATE, new Audience.Guild(guild.id(), null), guild.body());
        outbox.add(handle, event);
        return event;
    }

    private static void requireChannels(Handle handle, Snowflake guildId, GuildForm form) {
        ObjectNode named = form.settings().deepCopy().retain(GuildForm.CHANNELS);
        Snowflake systemChannelId = form.systemChannelId();
        if (systemChannelId != null) {
            named.put("system_channel_id", systemChannelId.toString());
        }
        named.properties().forEach(field -> {
            if (!field.getValue().isNull()
                    && !isTextChannel(
                            handle, guildId, Snowflake.parse(field.getValue().asText()))) {
                throw Form.refusal(field.getKey(), "CHANNEL_INVALID", "Not a text channel of the guild.");
            }
        });
    }

    /** Whether a channel is one of a guild's text channels, in the caller's transaction. */
    static boolean isTextChannel(Handle handle, Snowflake guildId, Snowflake channelId) {
        return handle.select(
                        "SELECT EXISTS (SELECT 1 FROM channels WHERE id = ? AND guild_id = ? AND type = ?)",
                        channelId.value(),
                        guildId.value(),
                        Channel.TEXT)
                .mapTo(Boolean.class)
                .one();
    }

    /** Stores an icon of somebody who may change it now; whether that still holds is asked again when it is set. */
    private String icon(Snowflake guildId, Snowflake userId, Image image) {
        database.transaction(handle -> Standing.lock(handle, guildId, userId).require(Permission.MANAGE_GUILD));
        return images.store(Images.Owner.GUILD, guildId, image);
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
