package dev.parley.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.Outbox;
import dev.parley.permission.Permission;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Json;
import dev.parley.shard.Content;
import dev.parley.shard.DeferredChange;
import dev.parley.shard.DeferredChange.Kind;
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
        Event event = event(entry);
        insert(transaction, row(event, entry));
        outbox.add(transaction, event);
        return event;
    }

    /**
     * Writes an entry about content with the caller's transaction of that content, which may be on another cluster.
     *
     * @return as {@link #append(Handle, AuditEntry)}
     */
    public Event append(Content content, AuditEntry entry) {
        Event event = event(entry);
        ObjectNode data = Json.object();
        data.set("row", row(event, entry));
        data.put("payload", Outbox.encode(event));
        content.write(DeferredChange.ofDirectory(Kind.AUDIT_LOG_ENTRY, event.id(), data));
        return event;
    }

    /** Makes the change that an entry about content is. */
    public static void appendDeferred(Handle transaction, ObjectNode data) {
        insert(transaction, (ObjectNode) data.path("row"));
        Outbox.insert(transaction, Outbox.decode(data.path("payload").asText()));
    }

    private Event event(AuditEntry entry) {
        ObjectNode data = body(ids.next(), entry);
        data.put("guild_id", entry.guildId().toString());
        return new Event(
                ids.next(),
                DispatchType.GUILD_AUDIT_LOG_ENTRY_CREATE,
                new Audience.Privileged(entry.guildId(), null, Permission.VIEW_AUDIT_LOG.mask()),
                data);
    }

    private static ObjectNode row(Event event, AuditEntry entry) {
        ObjectNode options = entry.options();
        ObjectNode row = Json.object();
        row.put("guild", entry.guildId().value());
        row.put("id", Snowflake.parse(event.data().path("id").asText()).value());
        row.put("user", entry.actor().userId().value());
        row.put("target", value(entry.targetId()));
        row.put("action", entry.action().code());
        row.put("reason", entry.actor().reason());
        row.put("changes", Json.text(entry.changes().body()));
        row.put("options", options == null ? null : Json.text(options));
        return row;
    }

    private static void insert(Handle transaction, ObjectNode row) {
        transaction
                .createUpdate("""
                        INSERT INTO audit_log (guild_id, id, user_id, target_id, action_type, reason, changes, options)
                        VALUES (:guild, :id, :user, :target, :action, :reason, :changes, :options)
                        """)
                .bind("guild", row.path("guild").longValue())
                .bind("id", row.path("id").longValue())
                .bind("user", row.path("user").longValue())
                .bind(
                        "target",
                        row.path("target").isNull() ? null : row.path("target").longValue())
                .bind("action", row.path("action").intValue())
                .bind("reason", row.path("reason").textValue())
                .bind("changes", row.path("changes").asText())
                .bind("options", row.path("options").textValue())
                .execute();
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
