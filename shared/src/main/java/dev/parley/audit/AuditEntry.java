package dev.parley.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * An entry that is about to be written.
 *
 * @param targetId what was acted on; null where the action has no target
 * @param options what the action says beside its changes (Discord documentation, "Optional Audit Entry Info"); null for
 *     nothing
 */
public record AuditEntry(
        Snowflake guildId,
        Actor actor,
        AuditAction action,
        @Nullable Snowflake targetId,
        AuditChanges changes,
        @Nullable ObjectNode options) {

    /** An entry without options. */
    public static AuditEntry of(
            Snowflake guildId, Actor actor, AuditAction action, @Nullable Snowflake targetId, AuditChanges changes) {
        return new AuditEntry(guildId, actor, action, targetId, changes, null);
    }
}
