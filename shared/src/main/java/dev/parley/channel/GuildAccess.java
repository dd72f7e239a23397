package dev.parley.channel;

import dev.parley.permission.Overwrite;
import dev.parley.permission.Permission;
import dev.parley.permission.PermissionCalculator;
import dev.parley.snowflake.Snowflake;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of who may see what in a guild, all of it of one version. It grows as more is asked.
 *
 * <p>Thread-safe.
 */
final class GuildAccess {

    private final Snowflake guildId;
    private final long version;
    private final Snowflake ownerId;
    private final Map<Snowflake, Long> rolePermissions;
    private final Map<Snowflake, Optional<Set<Snowflake>>> memberRoles = new ConcurrentHashMap<>();
    private final Map<Snowflake, Sight> channels = new ConcurrentHashMap<>();

    /** What is known of one channel: its overwrites, and for whom it was decided already. */
    private record Sight(boolean exists, List<Overwrite> overwrites, Map<Snowflake, Boolean> decided) {}

    GuildAccess(Snowflake guildId, long version, Snowflake ownerId, Map<Snowflake, Long> rolePermissions) {
        this.guildId = guildId;
        this.version = version;
        this.ownerId = ownerId;
        this.rolePermissions = rolePermissions;
    }

    long version() {
        return version;
    }

    /** About how many things it holds. */
    int weight() {
        return memberRoles.size() * (1 + channels.size()) + channels.size() + rolePermissions.size();
    }

    /** Those of the users of whom nothing is known yet. */
    Set<Snowflake> unknown(Collection<Snowflake> users) {
        Set<Snowflake> unknown = new HashSet<>();
        for (Snowflake user : users) {
            if (!memberRoles.containsKey(user)) {
                unknown.add(user);
            }
        }
        return unknown;
    }

    boolean knows(Snowflake channelId) {
        return channels.containsKey(channelId);
    }

    /** Notes the roles of users; who is asked for and not among them is no member. */
    void addMembers(Collection<Snowflake> asked, Map<Snowflake, Set<Snowflake>> found) {
        asked.forEach(user -> memberRoles.put(user, Optional.ofNullable(found.get(user))));
    }

    void addChannel(Snowflake channelId, boolean exists, List<Overwrite> overwrites) {
        channels.put(channelId, new Sight(exists, overwrites, new ConcurrentHashMap<>()));
    }

    boolean isMember(Snowflake userId) {
        return memberRoles.getOrDefault(userId, Optional.empty()).isPresent();
    }

    /** Whether a user sees a channel; both must be known. */
    boolean sees(Snowflake userId, Snowflake channelId) {
        Sight sight = channels.get(channelId);
        return sight != null
                && sight.exists()
                && sight.decided().computeIfAbsent(userId, user -> sees(user, sight.overwrites()));
    }

    /** Whether a user would see a channel with such overwrites; the user must be known. */
    boolean sees(Snowflake userId, Collection<Overwrite> overwrites) {
        return Permission.VIEW_CHANNEL.in(permissions(userId, overwrites));
    }

    /**
     * Whether a user has all of these permissions; the user must be known.
     *
     * @param channelId a known channel; null for the guild as a whole
     */
    boolean has(Snowflake userId, @Nullable Snowflake channelId, long permissions) {
        if (channelId == null) {
            return (inGuild(userId) & permissions) == permissions;
        }
        Sight sight = channels.get(channelId);
        return sight != null
                && sight.exists()
                && (permissions(userId, sight.overwrites()) & permissions) == permissions;
    }

    private long permissions(Snowflake userId, Collection<Overwrite> overwrites) {
        Set<Snowflake> roles =
                memberRoles.getOrDefault(userId, Optional.empty()).orElse(null);
        return roles == null ? 0 : PermissionCalculator.inChannel(inGuild(userId), guildId, userId, roles, overwrites);
    }

    private long inGuild(Snowflake userId) {
        Set<Snowflake> roles =
                memberRoles.getOrDefault(userId, Optional.empty()).orElse(null);
        return roles == null ? 0 : PermissionCalculator.inGuild(guildId, ownerId, userId, roles, rolePermissions);
    }
}
