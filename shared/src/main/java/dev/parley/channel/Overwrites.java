package dev.parley.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.guild.Standing;
import dev.parley.permission.Overwrite;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The overwrites of a channel: how clients write them, and who may set which. */
final class Overwrites {

    /** The most that one channel has. */
    static final int MAX = 100;

    private Overwrites() {}

    /** The overwrites of a form, none if they are absent or null; mistakes are noted in the form. */
    static List<Overwrite> read(Form form) {
        JsonNode list = form.raw("permission_overwrites");
        List<Overwrite> overwrites = new ArrayList<>();
        if (list.isMissingNode() || list.isNull()) {
            return overwrites;
        }
        if (!list.isArray() || list.size() > MAX) {
            form.error("permission_overwrites", "BASE_TYPE_BAD_LENGTH", "Must be a list of 100 or fewer.");
            return overwrites;
        }
        Set<Snowflake> seen = new HashSet<>();
        for (JsonNode node : list) {
            Snowflake id = Snowflake.parseOrNull(node.path("id").asText());
            int type = node.path("type").asInt(-1);
            Long allow = bits(node.path("allow"));
            Long deny = bits(node.path("deny"));
            boolean known = type == Overwrite.ROLE || type == Overwrite.MEMBER;
            if (id == null || !known || allow == null || deny == null || !seen.add(id)) {
                form.error("permission_overwrites", "MODEL_TYPE_CONVERT", "Not a list of overwrites, one a target.");
                return overwrites;
            }
            overwrites.add(new Overwrite(id, type, allow, deny));
        }
        return overwrites;
    }

    /**
     * Passes if the member may make these overwrites of a channel those ones. It may allow and deny what it has itself, in
     * the guild or in the channel's category; or anything if an overwrite of the channel gives it MANAGE_ROLES. That one
     * only administrators give (Discord documentation, "Edit Channel Permissions" and "Create Guild Channel").
     *
     * @param inCategory the member's permissions in the category; 0 without one
     * @throws ApiException {@code MISSING_PERMISSIONS}
     */
    static void requireMayChange(Standing standing, long inCategory, List<Overwrite> before, List<Overwrite> after) {
        if (Permission.ADMINISTRATOR.in(standing.permissions())) {
            return;
        }
        boolean trusted = before.stream()
                .anyMatch(overwrite -> standing.concerns(overwrite) && Permission.MANAGE_ROLES.in(overwrite.allow()));
        long mine = trusted ? Permission.ALL : standing.permissions() | inCategory;
        long settable = mine & ~Permission.MANAGE_ROLES.mask();
        if ((added(before, after) & ~settable) != 0) {
            throw new ApiException(ErrorCode.MISSING_PERMISSIONS);
        }
    }

    /** What one list allows or denies and the other does not. */
    private static long added(List<Overwrite> before, List<Overwrite> after) {
        long added = 0;
        for (Overwrite now : after) {
            long allowed = 0;
            long denied = 0;
            for (Overwrite then : before) {
                if (then.id().equals(now.id()) && then.type() == now.type()) {
                    allowed = then.allow();
                    denied = then.deny();
                }
            }
            added |= (now.allow() & ~allowed) | (now.deny() & ~denied);
        }
        return added;
    }

    private static @Nullable Long bits(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? Long.valueOf(0) : Permission.parseOrNull(node);
    }
}
