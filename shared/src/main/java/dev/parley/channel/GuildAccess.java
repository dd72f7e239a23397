package dev.parley.channel;

import dev.parley.permission.Overwrite;
import dev.parley.permission.Permission;
import dev.parley.permission.PermissionCalculator;
import dev.parley.snowflake.Snowflake;
import java.time.Instant;
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
    private final Map<Snowflake, Optional<Known>> members = new ConcurrentHashMap<>();
    private final Map<Snowflake, Sight> channels = new ConcurrentHashMap<>();

    /**
     * What is known of a member.
     *
     * @param timedOutUntil when the member may act again; null, or in the past, for a member who may
     */
    record Known(Set<Snowflake> roles, @Nullable Instant timedOutUntil) {}

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
        return members.size() * (1 + channels.size()) + channels.size() + rolePermissions.size();
    }

    /** Those of the users of whom nothing is known yet. */
    Set<Snowflake> unknown(Collection<Snowflake> users) {
        Set<Snowflake> unknown = new HashSet<>();
        for (Snowflake user : users) {
            if (!members.containsKey(user)) {
                unknown.add(user);
            }
        }
        return unknown;
    }

    boolean knows(Snowflake channelId) {
        return channels.containsKey(channelId);
    }

    /** Notes what users are; who is asked for and not among them is no member. */
    void addMembers(Collection<Snowflake> asked, Map<Snowflake, Known> found) {
        asked.forEach(user -> members.put(user, Optional.ofNullable(found.get(user))));
    }

    void addChannel(Snowflake channelId, boolean exists, List<Overwrite> overwrites) {
        channels.put(channelId, new Sight(exists, overwrites, new ConcurrentHashMap<>()));
    }

    boolean isMember(Snowflake userId) {
        return known(userId) != null;
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
     * @param now the time, by which time-outs are judged
     */
    boolean has(Snowflake userId, @Nullable Snowflake channelId, long permissions, Instant now) {
        long held;
        if (channelId == null) {
            held = inGuild(userId);
        } else {
            Sight sight = channels.get(channelId);
            held = sight == null || !sight.exists() ? 0 : permissions(userId, sight.overwrites());
        }
        long left = isTimedOut(userId, now) ? PermissionCalculator.timedOut(held) : held;
        return (left & permissions) == permissions;
    }

    private boolean isTimedOut(Snowflake userId, Instant now) {
        Known known = known(userId);
        Instant until = known == null ? null : known.timedOutUntil();
        return until != null && until.isAfter(now);
    }

    private long permissions(Snowflake userId, Collection<Overwrite> overwrites) {
        Known known = known(userId);
        return known == null
                ? 0
                : PermissionCalculator.inChannel(inGuild(userId), guildId, userId, known.roles(), overwrites);
    }

    private long inGuild(Snowflake userId) {
        Known known = known(userId);
        return known == null
                ? 0
                : PermissionCalculator.inGuild(guildId, ownerId, userId, known.roles(), rolePermissions);
    }

    private @Nullable Known known(Snowflake userId) {
        return members.getOrDefault(userId, Optional.empty()).orElse(null);
    }
}
