package dev.parley.guild;

import dev.parley.permission.Permission;
import dev.parley.permission.PermissionCalculator;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Who may time out whom, and for how long (Discord documentation, "Modify Guild Member"). */
final class Timeouts {

    private static final Duration LONGEST = Duration.ofDays(28);

    private Timeouts() {}

    /**
     * Passes if the member may be timed out.
     *
     * @param until null to end the time-out
     * @throws ApiException {@code MISSING_PERMISSIONS}, also for an administrator and for whoever is not below;
     *     {@code INVALID_FORM_BODY} if it is too long
     */
    static void requireMayTimeOut(Handle handle, Standing standing, Member member, @Nullable Instant until) {
        standing.require(Permission.MODERATE_MEMBERS).requireAbove(member);
        if (until == null) {
            return;
        }
        long permissions = PermissionCalculator.inGuild(
                standing.guildId(),
                standing.ownerId(),
                member.user().id(),
                Set.copyOf(member.roles()),
                standing.roles().stream().collect(Collectors.toMap(Role::id, Role::permissions)));
        if (Permission.ADMINISTRATOR.in(permissions)) {
            throw new ApiException(ErrorCode.MISSING_PERMISSIONS);
        }
        if (until.isAfter(MemberRows.now(handle).plus(LONGEST))) {
            throw Form.refusal(
                    "communication_disabled_until",
                    "INVALID_COMMUNICATION_DISABLED_TIMESTAMP",
                    "Invalid communication disabled timestamp");
        }
    }
}
