package dev.parley.guild;

import dev.parley.permission.Overwrite;
import dev.parley.permission.Permission;
import dev.parley.permission.PermissionCalculator;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * A member who is about to change something in a guild: what the member may do, and who and what is below (Discord
 * documentation, "Permission Hierarchy").
 *
 * @param roles all roles of the guild
 * @param roleIds the member's own
 * @param permissions the member's permissions in the guild, before any channel's overwrites
 * @param timedOut whether a time-out takes most of them, which is done already
 */
public record Standing(
        Snowflake guildId,
        Snowflake userId,
        Snowflake ownerId,
        List<Role> roles,
        Set<Snowflake> roleIds,
        long permissions,
        boolean timedOut) {

    /** The lowest role first; of two at one position the newer is lower (Discord documentation, "Role Object"). */
    private static final Comparator<Role> HEIGHT =
            Comparator.comparingInt(Role::position).thenComparing(Role::id, Comparator.reverseOrder());

    /**
     * Takes the guild's row until the transaction ends and reads the standing. Whatever changes a guild begins so: two
     * changes at once cannot undo each other, and neither rests on what the other has just taken away.
     *
     * @throws ApiException {@code UNKNOWN_GUILD} if the user is not in the guild
     */
    public static Standing lock(Handle transaction, Snowflake guildId, Snowflake userId) {
        Snowflake ownerId = GuildRows.lock(transaction, guildId);
        Member member = MemberRows.find(transaction, guildId, userId)
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_GUILD));
        List<Role> roles = RoleRows.ofGuild(transaction, guildId);
        Set<Snowflake> roleIds = Set.copyOf(member.roles());
        long permissions = PermissionCalculator.inGuild(
                guildId,
                ownerId,
                userId,
                roleIds,
                roles.stream().collect(Collectors.toMap(Role::id, Role::permissions)));
        Instant timedOutUntil = member.timedOutUntil();
        boolean timedOut = timedOutUntil != null && timedOutUntil.isAfter(MemberRows.now(transaction));
        return new Standing(
                guildId,
                userId,
                ownerId,
                roles,
                roleIds,
                timedOut ? PermissionCalculator.timedOut(permissions) : permissions,
                timedOut);
    }

    /** Whether the member owns the guild. */
    public boolean owns() {
        return userId.equals(ownerId);
    }

    /**
     * Passes if the member may.
     *
     * @throws ApiException {@code MISSING_PERMISSIONS}
     */
    public Standing require(Permission permission) {
        return require(permission.in(permissions));
    }

    /** The member's permissions in a channel with these overwrites. */
    public long inChannel(Collection<Overwrite> overwrites) {
        return withTimeout(PermissionCalculator.inChannel(permissions, guildId, userId, roleIds, overwrites));
    }

    /** The member's permissions in a thread, if it were public, of a channel with these overwrites. */
    public long inThread(Collection<Overwrite> overwrites) {
        return withTimeout(PermissionCalculator.inThread(permissions, guildId, userId, roleIds, overwrites));
    }

    /** Whether an overwrite is about the member or a role of the member. */
    public boolean concerns(Overwrite overwrite) {
        return overwrite.type() == Overwrite.MEMBER
                ? overwrite.id().equals(userId)
                : overwrite.id().equals(guildId) || roleIds.contains(overwrite.id());
    }

    /** A role of the guild. */
    public Optional<Role> role(Snowflake roleId) {
        return roles.stream().filter(role -> role.id().equals(roleId)).findFirst();
    }

    /**
     * Passes if the role is below the member's highest one.
     *
     * @throws ApiException {@code MISSING_PERMISSIONS}
     */
    Standing requireAbove(Role role) {
        return require(owns() || HEIGHT.compare(highest(roleIds), role) > 0);
    }

    /**
     * Passes if the other member's highest role is below this member's. Nobody is above the owner, nor above oneself.
     *
     * @throws ApiException {@code MISSING_PERMISSIONS}
     */
    public Standing requireAbove(Member other) {
        return require(isAbove(other));
    }

    /** Whether the other member's highest role is below this member's. */
    public boolean isAbove(Member other) {
        boolean otherOwns = other.user().id().equals(ownerId);
        return !otherOwns && (owns() || HEIGHT.compare(highest(roleIds), highest(Set.copyOf(other.roles()))) > 0);
    }

    /**
     * Passes if the member has all of these permissions, and so may grant them.
     *
     * @throws ApiException {@code MISSING_PERMISSIONS}
     */
    Standing requireAll(long granted) {
        return require((granted & ~permissions) == 0);
    }

    /** Overwrites may have given something back. */
    private long withTimeout(long inChannel) {
        return timedOut ? PermissionCalculator.timedOut(inChannel) : inChannel;
    }

    private Standing require(boolean passes) {
        if (!passes) {
            throw new ApiException(ErrorCode.MISSING_PERMISSIONS);
        }
        return this;
    }

    private Role highest(Set<Snowflake> ids) {
        return roles.stream()
                .filter(role -> ids.contains(role.id()) || role.id().equals(guildId))
                .max(HEIGHT)
                .orElseThrow();
    }
}
