package dev.parley.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.Outbox;
import dev.parley.permission.Permission;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What was done in guilds, by whom and why. An entry is written in the transaction that does it, so there is no action
 * without its entry and no entry without its action.
 *
 * <p>Thread-safe.
 */
public final class AuditLog {

    private final SnowflakeGenerator ids;
    private final Outbox outbox;

    public AuditLog(SnowflakeGenerator ids, Outbox outbox) {
        this.ids = ids;
        this.outbox = outbox;
    }

    /**
     * Writes an entry in the caller's transaction.
     *
     * @return what tells those who may read the log; to be published after the commit, behind the action's own event
     */
    public Event append(Handle transaction, AuditEntry entry) {
        Snowflake id = ids.next();
        ObjectNode options = entry.options();
        transaction
                .createUpdate("""
                        INSERT INTO audit_log (guild_id, id, user_id, target_id, action_type, reason, changes, options)
                        VALUES (:guild, :id, :user, :target, :action, :reason, :changes, :options)
                        """)
                .bind("guild", entry.guildId().value())
                .bind("id", id.value())
                .bind("user", entry.actor().userId().value())
                .bind("target", value(entry.targetId()))
                .bind("action", entry.action().code())
                .bind("reason", entry.actor().reason())
                .bind("changes", Json.text(entry.changes().body()))
                .bind("options", options == null ? null : Json.text(options))
                .execute();
        ObjectNode data = body(id, entry);
        data.put("guild_id", entry.guildId().toString());
        Event event = new Event(
                ids.next(),
                DispatchType.GUILD_AUDIT_LOG_ENTRY_CREATE,
                new Audience.Privileged(entry.guildId(), null, Permission.VIEW_AUDIT_LOG.mask()),
                data);
        outbox.add(transaction, event);
        return event;
    }

    private static ObjectNode body(Snowflake id, AuditEntry entry) {
        ObjectNode body = Json.object();
        body.put("id", id.toString());
        body.put("user_id", entry.actor().userId().toString());
        Snowflake targetId = entry.targetId();
        body.put("target_id", targetId == null ? null : targetId.toString());
        body.put("action_type", entry.action().code());
        if (!entry.changes().isEmpty()) {
            body.set("changes", entry.changes().body());
        }
        if (entry.options() != null) {
            body.set("options", entry.options());
        }
        if (entry.actor().reason() != null) {
            body.put("reason", entry.actor().reason());
        }
        return body;
    }

    private static @Nullable Long value(@Nullable Snowflake id) {
        return id == null ? null : id.value();
    }
}
