package dev.parley.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.guild.MemberRows;
import dev.parley.permission.Overwrite;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a guild, and who sees a channel, for many users at once.
 *
 * <p>Answers come from a copy of what the database holds, which is of one version of the guild and used only while that is
 * not older than the version that the caller has read. Since an event is committed before the caller reads the version,
 * and a change of access is committed together with its version, no event is judged by what held before a change that
 * came before it.
 *
 * <p>Thread-safe.
 */
public final class ChannelVisibility {

    /** Members, and decisions about members and channels, that are kept at the most: some 50 bytes each. */
    private static final int MAX_WEIGHT = 500_000;

    private static final int TRIES = 5;

    /** One row with everything, and of one moment. */
    private static final String SELECT = """
            SELECT g.owner_id, g.access_version
            , (SELECT json_object_agg(r.id::text, r.permissions::text) FROM roles r
               WHERE r.guild_id = g.id) AS role_permissions
            , (SELECT json_object_agg(m.user_id::text, json_build_array(
                   m.role_ids, (extract(epoch FROM m.communication_disabled_until) * 1000)::bigint)) FROM members m
               WHERE m.guild_id = g.id AND m.user_id = ANY (:users)) AS members
            , (SELECT c.type FROM channels c WHERE c.id = :channel AND c.guild_id = g.id) AS channel_type
            , (SELECT json_agg(json_build_array(o.target_id::text, o.target_type, o.allow::text, o.deny::text)
                               ORDER BY o.target_id)
               FROM channel_overwrites o
               WHERE o.channel_id = coalesce((SELECT t.parent_id FROM threads t WHERE t.id = :channel), :channel)
              ) AS overwrites
            , (SELECT array_agg(x.user_id) FROM thread_members x JOIN channels c ON c.id = x.thread_id
               WHERE x.thread_id = :channel AND c.type = 12) AS joined
            FROM guilds g WHERE g.id = :guild
            """;

    private final Database database;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock; what was not used for longest comes first.
    private final LinkedHashMap<Snowflake, GuildAccess> copies = new LinkedHashMap<>(64, 0.75f, true);

    public ChannelVisibility(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Loaded(
            long version,
            Snowflake ownerId,
            Map<Snowflake, Long> rolePermissions,
            Map<Snowflake, GuildAccess.Known> members,
            GuildAccess.Place place) {}

    /**
     * The versions of guilds as they are now, for the other questions. Guilds that are deleted are left out.
     *
     * @throws dev.parley.store.DatabaseUnavailableException if the database gives no connection
     */
    public Map<Snowflake, Long> versions(Collection<Snowflake> guildIds) {
        if (guildIds.isEmpty()) {
            return Map.of();
        }
        return database.query(handle -> {
            Map<Snowflake, Long> versions = new HashMap<>();
            handle.select("SELECT id, access_version FROM guilds WHERE id = ANY (?)", (Object)
                            MemberRows.longs(List.copyOf(guildIds)))
                    .map((rs, context) -> versions.put(new Snowflake(rs.getLong(1)), rs.getLong(2)))
                    .list();
            return versions;
        });
    }

    /** Whether users are members of a guild, for the users given. */
    public Predicate<Snowflake> members(Snowflake guildId, long version, Collection<Snowflake> users) {
        GuildAccess access = access(guildId, version, users, null);
        return access == null ? user -> false : access::isMember;
    }

    /** Whether users see a channel or a thread, for the users given: nobody does if there is none such any more. */
    public Predicate<Snowflake> seeing(
            Snowflake guildId, long version, Snowflake channelId, Collection<Snowflake> users) {
        GuildAccess access = access(guildId, version, users, channelId);
        return access == null ? user -> false : user -> access.sees(user, channelId, clock.instant());
    }

    /**
     * Whether users have all of these permissions, for the users given.
     *
     * @param channelId in this channel, where nobody has any if there is none such; null for the guild as a whole
     */
    public Predicate<Snowflake> having(
            Snowflake guildId,
            long version,
            @Nullable Snowflake channelId,
            long permissions,
            Collection<Snowflake> users) {
        GuildAccess access = access(guildId, version, users, channelId);
        return access == null ? user -> false : user -> access.has(user, channelId, permissions, clock.instant());
    }

    /** Whether users would see a channel that had other overwrites, for the users given. */
    public Predicate<Snowflake> seeing(
            Snowflake guildId, long version, List<Overwrite> overwrites, Collection<Snowflake> users) {
        GuildAccess access = access(guildId, version, users, null);
        return access == null ? user -> false : user -> access.sees(user, overwrites);
    }

    /** A copy that knows all of this; null if there is no such guild. */
    private @Nullable GuildAccess access(
            Snowflake guildId, long version, Collection<Snowflake> users, @Nullable Snowflake channelId) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            GuildAccess copy = copy(guildId, version);
            Set<Snowflake> unknown = copy == null ? new HashSet<>(users) : copy.unknown(users);
            boolean channelUnknown = channelId != null && (copy == null || !copy.knows(channelId));
            if (copy != null && unknown.isEmpty() && !channelUnknown) {
                return copy;
            }
            Loaded loaded = load(guildId, unknown, channelId);
            if (loaded == null) {
                return null;
            }
            if (copy == null || copy.version() != loaded.version()) {
                // What the old copy knew is not asked again here; the next round asks for what is still missing.
                copy = new GuildAccess(guildId, loaded.version(), loaded.ownerId(), loaded.rolePermissions());
            }
            copy.addMembers(unknown, loaded.members());
            if (channelId != null) {
                copy.addChannel(channelId, loaded.place());
            }
            remember(guildId, copy);
            if (copy.unknown(users).isEmpty()) {
                return copy;
            }
        }
        throw new IllegalStateException("The access to guild " + guildId + " kept changing");
    }

    private @Nullable GuildAccess copy(Snowflake guildId, long version) {
        lock.lock();
        try {
            GuildAccess copy = copies.get(guildId);
            return copy != null && copy.version() >= version ? copy : null;
        } finally {
            lock.unlock();
        }
    }

    private void remember(Snowflake guildId, GuildAccess copy) {
        lock.lock();
        try {
            GuildAccess other = copies.get(guildId);
            if (other == null || other.version() <= copy.version()) {
                copies.put(guildId, copy);
            }
            long weight =
                    copies.values().stream().mapToLong(GuildAccess::weight).sum();
            List<Snowflake> oldest = new ArrayList<>();
            for (Map.Entry<Snowflake, GuildAccess> entry : copies.entrySet()) {
                if (weight <= MAX_WEIGHT) {
                    break;
                }
                oldest.add(entry.getKey());
                weight -= entry.getValue().weight();
            }
            oldest.forEach(copies::remove);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Loaded load(Snowflake guildId, Set<Snowflake> users, @Nullable Snowflake channelId) {
        return database.query(handle -> handle.createQuery(SELECT)
                .bind("users", MemberRows.longs(List.copyOf(users)))
                .bind("channel", channelId == null ? 0L : channelId.value())
                .bind("guild", guildId.value())
                .map((row, context) -> new Loaded(
                        row.getLong("access_version"),
                        new Snowflake(row.getLong("owner_id")),
                        ChannelRows.rolePermissions(row.getString("role_permissions")),
                        members(row.getString("members")),
                        new GuildAccess.Place(
                                row.getObject("channel_type", Integer.class),
                                ChannelRows.overwrites(row.getString("overwrites")),
                                Set.copyOf(MemberRows.roles(row, "joined")))))
                .findOne()
                .orElse(null));
    }

    private static Map<Snowflake, GuildAccess.Known> members(@Nullable String json) {
        Map<Snowflake, GuildAccess.Known> members = new HashMap<>();
        if (json != null) {
            for (Map.Entry<String, JsonNode> member : Json.parse(json).properties()) {
                Set<Snowflake> roleIds = new HashSet<>();
                member.getValue().get(0).forEach(role -> roleIds.add(new Snowflake(role.longValue())));
                JsonNode until = member.getValue().get(1);
                members.put(
                        Snowflake.parse(member.getKey()),
                        new GuildAccess.Known(
                                roleIds.isEmpty() ? Set.of() : roleIds,
                                until.isNull() ? null : Instant.ofEpochMilli(until.longValue())));
            }
        }
        return members;
    }
}
