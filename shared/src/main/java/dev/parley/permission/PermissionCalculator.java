package dev.parley.permission;

import dev.parley.snowflake.Snowflake;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * What a member may do (Discord documentation, "Permission Hierarchy", "Permission Overwrites" and "Implicit
 * Permissions").
 */
public final class PermissionCalculator {

    private static final long NEEDS_SEND_MESSAGES = Permission.of(
            Permission.SEND_TTS_MESSAGES,
            Permission.MENTION_EVERYONE,
            Permission.EMBED_LINKS,
            Permission.ATTACH_FILES,
            Permission.SEND_POLLS);

    private PermissionCalculator() {}

    /**
     * A member's permissions in a guild.
     *
     * @param roles the permissions of the role of everyone and of the member's roles, by role
     */
    public static long inGuild(
            Snowflake guildId,
            Snowflake ownerId,
            Snowflake userId,
            Set<Snowflake> memberRoles,
            Map<Snowflake, Long> roles) {
        if (userId.equals(ownerId)) {
            return Permission.ALL;
        }
        long permissions = roles.getOrDefault(guildId, 0L);
        for (Snowflake role : memberRoles) {
            permissions |= roles.getOrDefault(role, 0L);
        }
        return Permission.ADMINISTRATOR.in(permissions) ? Permission.ALL : permissions;
    }

    /**
     * A member's permissions in a channel.
     *
     * @param inGuild what {@link #inGuild} gave for the member
     */
    public static long inChannel(
            long inGuild,
            Snowflake guildId,
            Snowflake userId,
            Set<Snowflake> memberRoles,
            Collection<Overwrite> overwrites) {
        if (Permission.ADMINISTRATOR.in(inGuild)) {
            return Permission.ALL;
        }
        long permissions = inGuild;
        long rolesAllow = 0;
        long rolesDeny = 0;
        long memberAllow = 0;
        long memberDeny = 0;
        for (Overwrite overwrite : overwrites) {
            if (overwrite.type() == Overwrite.MEMBER) {
                if (overwrite.id().equals(userId)) {
                    memberAllow = overwrite.allow();
                    memberDeny = overwrite.deny();
                }
            } else if (overwrite.id().equals(guildId)) {
                permissions = apply(permissions, overwrite.allow(), overwrite.deny());
            } else if (memberRoles.contains(overwrite.id())) {
                rolesAllow |= overwrite.allow();
                rolesDeny |= overwrite.deny();
            }
        }
        permissions = apply(permissions, rolesAllow, rolesDeny);
        permissions = apply(permissions, memberAllow, memberDeny);
        return withoutImplied(permissions);
    }

    private static long apply(long permissions, long allow, long deny) {
        return (permissions & ~deny) | allow;
    }

    private static long withoutImplied(long permissions) {
        if (!Permission.VIEW_CHANNEL.in(permissions)) {
            return 0;
        }
        return Permission.SEND_MESSAGES.in(permissions) ? permissions : permissions & ~NEEDS_SEND_MESSAGES;
    }
}
