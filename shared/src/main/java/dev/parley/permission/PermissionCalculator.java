package dev.parley.permission;

import dev.parley.snowflake.Snowflake;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * What a member may do (Discord documentation, "Permission Hierarchy", "Permission Overwrites", "Implicit Permissions",
 * "Inherited Permissions (Threads)" and "Permissions For Timed Out Members"). The steps follow each other: guild, then
 * channel or thread, then what a time-out leaves, then what a private thread hides.
 */
public final class PermissionCalculator {

    private static final long NEEDS_SEND_MESSAGES = Permission.of(
            Permission.SEND_TTS_MESSAGES,
            Permission.MENTION_EVERYONE,
            Permission.EMBED_LINKS,
            Permission.ATTACH_FILES,
            Permission.SEND_POLLS);

    private static final long LEFT_WHEN_TIMED_OUT =
            Permission.of(Permission.VIEW_CHANNEL, Permission.READ_MESSAGE_HISTORY);

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
        return Permission.ADMINISTRATOR.in(inGuild)
                ? Permission.ALL
                : withoutImplied(overwritten(inGuild, guildId, userId, memberRoles, overwrites));
    }

    /**
     * A member's permissions in a thread that the member may look into. They are those of the channel that the thread is
     * in, except that SEND_MESSAGES_IN_THREADS takes the place of SEND_MESSAGES: the result has either both or none.
     *
     * @param inGuild what {@link #inGuild} gave for the member
     * @param overwrites those of the channel that the thread is in
     */
    public static long inThread(
            long inGuild,
            Snowflake guildId,
            Snowflake userId,
            Set<Snowflake> memberRoles,
            Collection<Overwrite> overwrites) {
        if (Permission.ADMINISTRATOR.in(inGuild)) {
            return Permission.ALL;
        }
        long inChannel = overwritten(inGuild, guildId, userId, memberRoles, overwrites);
        long sending = Permission.SEND_MESSAGES.mask();
        return withoutImplied(
                Permission.SEND_MESSAGES_IN_THREADS.in(inChannel) ? inChannel | sending : inChannel & ~sending);
    }

    /**
     * What is left of permissions while the member is timed out. Nobody can time out owners and administrators.
     *
     * @param permissions of the member, in the guild, a channel or a thread
     */
    public static long timedOut(long permissions) {
        return Permission.ADMINISTRATOR.in(permissions) ? permissions : permissions & LEFT_WHEN_TIMED_OUT;
    }

    /**
     * What permissions are worth in a private thread: nothing to who has not joined it and does not manage threads.
     *
     * @param permissions of the member in the thread, as they would be if it were public
     * @param joined whether the member is in the thread
     */
    public static long inPrivateThread(long permissions, boolean joined) {
        return joined || Permission.MANAGE_THREADS.in(permissions) ? permissions : 0;
    }

    private static long overwritten(
            long inGuild,
            Snowflake guildId,
            Snowflake userId,
            Set<Snowflake> memberRoles,
            Collection<Overwrite> overwrites) {
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
        // Only roles make administrators: what a channel's overwrites say of it counts nothing.
        return permissions & ~Permission.ADMINISTRATOR.mask();
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
