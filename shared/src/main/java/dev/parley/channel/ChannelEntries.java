package dev.parley.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.audit.Actor;
import dev.parley.audit.AuditAction;
import dev.parley.audit.AuditChanges;
import dev.parley.audit.AuditEntry;
import dev.parley.guild.Role;
import dev.parley.guild.Standing;
import dev.parley.permission.Overwrite;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the audit log tells of channels and their overwrites. */
final class ChannelEntries {

    private static final List<String> CHANGED =
            List.of("name", "topic", "position", "parent_id", "nsfw", "rate_limit_per_user");
    private static final List<String> MADE =
            List.of("name", "type", "topic", "nsfw", "rate_limit_per_user", "permission_overwrites");
    private static final List<String> OVERWRITE = List.of("id", "type", "allow", "deny");

    private ChannelEntries() {}

    /** A channel that is made. */
    static AuditEntry created(Actor actor, Channel channel) {
        return entry(actor, AuditAction.CHANNEL_CREATE, channel, AuditChanges.created(channel.body(), MADE));
    }

    /** A channel that is deleted. */
    static AuditEntry deleted(Actor actor, Channel channel) {
        return entry(actor, AuditAction.CHANNEL_DELETE, channel, AuditChanges.deleted(channel.body(), MADE));
    }

    /** A channel that is changed: one entry for itself, one for each of its overwrites; none for what is the same. */
    static List<AuditEntry> changed(Actor actor, Standing standing, Channel before, Channel after) {
        List<AuditEntry> entries = new ArrayList<>();
        AuditChanges changes = AuditChanges.between(before.body(), after.body(), CHANGED);
        if (!changes.isEmpty()) {
            entries.add(entry(actor, AuditAction.CHANNEL_UPDATE, after, changes));
        }
        for (Overwrite now : after.permissionOverwrites()) {
            Overwrite then = find(before, now.id());
            if (then == null) {
                entries.add(overwrite(
                        actor,
                        AuditAction.CHANNEL_OVERWRITE_CREATE,
                        standing,
                        after,
                        now,
                        AuditChanges.created(body(now), OVERWRITE)));
            } else if (!then.equals(now)) {
                entries.add(overwrite(
                        actor,
                        AuditAction.CHANNEL_OVERWRITE_UPDATE,
                        standing,
                        after,
                        now,
                        AuditChanges.between(body(then), body(now), OVERWRITE)));
            }
        }
        for (Overwrite then : before.permissionOverwrites()) {
            if (find(after, then.id()) == null) {
                entries.add(overwrite(
                        actor,
                        AuditAction.CHANNEL_OVERWRITE_DELETE,
                        standing,
                        after,
                        then,
                        AuditChanges.deleted(body(then), OVERWRITE)));
            }
        }
        return entries;
    }

    private static AuditEntry entry(Actor actor, AuditAction action, Channel channel, AuditChanges changes) {
        return AuditEntry.of(guildOf(channel), actor, action, channel.id(), changes);
    }

    /** The target is the channel; whom the overwrite is about is an option. */
    private static AuditEntry overwrite(
            Actor actor,
            AuditAction action,
            Standing standing,
            Channel channel,
            Overwrite overwrite,
            AuditChanges changes) {
        ObjectNode options = Json.object();
        options.put("id", overwrite.id().toString());
        options.put("type", Integer.toString(overwrite.type()));
        if (overwrite.type() == Overwrite.ROLE) {
            standing.role(overwrite.id()).map(Role::name).ifPresent(name -> options.put("role_name", name));
        }
        return new AuditEntry(guildOf(channel), actor, action, channel.id(), changes, options);
    }

    private static ObjectNode body(Overwrite overwrite) {
        ObjectNode body = Json.object();
        body.put("id", overwrite.id().toString());
        body.put("type", overwrite.type());
        body.put("allow", Long.toString(overwrite.allow()));
        body.put("deny", Long.toString(overwrite.deny()));
        return body;
    }

    private static @Nullable Overwrite find(Channel channel, Snowflake targetId) {
        return channel.permissionOverwrites().stream()
                .filter(overwrite -> overwrite.id().equals(targetId))
                .findFirst()
                .orElse(null);
    }

    private static Snowflake guildOf(Channel channel) {
        return Objects.requireNonNull(channel.guildId());
    }
}
