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

    /**
     * A channel, or a thread.
     *
     * @param type the channel's type; null if there is none such
     * @param overwrites the channel's own, or those of the channel that the thread is in
     * @param joined who is in a private thread; of no meaning for others
     */
    record Place(@Nullable Integer type, List<Overwrite> overwrites, Set<Snowflake> joined) {

        boolean isThread() {
            return type != null
                    && (type == Channel.ANNOUNCEMENT_THREAD || type == Channel.PUBLIC_THREAD || isPrivate());
        }

        boolean isPrivate() {
            return type != null && type == Channel.PRIVATE_THREAD;
        }
    }

    /** What is known of one channel, and for whom it was decided already. */
    private record Sight(Place place, Map<Snowflake, Boolean> decided) {}

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

    void addChannel(Snowflake channelId, Place place) {
        channels.put(channelId, new Sight(place, new ConcurrentHashMap<>()));
    }

    boolean isMember(Snowflake userId) {
        return known(userId) != null;
    }

    /**
     * Whether a user sees a channel; both must be known.
     *
     * @param now the time, by which time-outs are judged: they take the right to manage threads, too
     */
    boolean sees(Snowflake userId, Snowflake channelId, Instant now) {
        Sight sight = channels.get(channelId);
        if (sight == null || sight.place().type() == null) {
            return false;
        }
        return sight.place().isPrivate()
                ? has(userId, channelId, Permission.VIEW_CHANNEL.mask(), now)
                : sight.decided()
                        .computeIfAbsent(
                                userId, user -> sees(user, sight.place().overwrites()));
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
        Sight sight = channelId == null ? null : channels.get(channelId);
        long held;
        if (sight != null) {
            held = permissions(userId, sight.place());
        } else {
            held = channelId == null ? inGuild(userId) : 0;
        }
        if (isTimedOut(userId, now)) {
            held = PermissionCalculator.timedOut(held);
        }
        if (sight != null && sight.place().isPrivate()) {
            held = PermissionCalculator.inPrivateThread(
                    held, sight.place().joined().contains(userId));
        }
        return (held & permissions) == permissions;
    }

    /** Before a time-out, and as if a private thread were public. */
    private long permissions(Snowflake userId, Place place) {
        Known known = known(userId);
        if (known == null || place.type() == null) {
            return 0;
        }
        return place.isThread()
                ? PermissionCalculator.inThread(inGuild(userId), guildId, userId, known.roles(), place.overwrites())
                : permissions(userId, place.overwrites());
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
