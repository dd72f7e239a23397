package dev.parley.guild;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.parley.audit.AuditAction;
import dev.parley.audit.AuditChanges;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the audit log tells of a member that was changed. */
final class MemberChanges {

    private static final List<String> AUDITED = List.of("nick", "communication_disabled_until");

    private MemberChanges() {}

    /** Roles have an entry of their own (Discord documentation, "Audit Log Change Exceptions"). */
    static Map<AuditAction, AuditChanges> of(Standing standing, Member before, Member after) {
        Map<AuditAction, AuditChanges> changes = new EnumMap<>(AuditAction.class);
        AuditChanges member = AuditChanges.between(before.bodyWithoutUser(), after.bodyWithoutUser(), AUDITED);
        if (!member.isEmpty()) {
            changes.put(AuditAction.MEMBER_UPDATE, member);
        }
        ArrayNode given = others(standing, after.roles(), before.roles());
        ArrayNode taken = others(standing, before.roles(), after.roles());
        AuditChanges roles = AuditChanges.none();
        if (!given.isEmpty()) {
            roles.with("$add", given);
        }
        if (!taken.isEmpty()) {
            roles.with("$remove", taken);
        }
        if (!roles.isEmpty()) {
            changes.put(AuditAction.MEMBER_ROLE_UPDATE, roles);
        }
        return changes;
    }

    private static ArrayNode others(Standing standing, List<Snowflake> roles, List<Snowflake> without) {
        ArrayNode others = Json.array();
        for (Snowflake id : roles) {
            if (!without.contains(id)) {
                String name = standing.role(id).map(Role::name).orElse("");
                others.addObject().put("id", id.toString()).put("name", name);
            }
        }
        return others;
    }
}
