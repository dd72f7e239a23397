package dev.parley.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.guild.MemberRows;
import dev.parley.permission.Overwrite;
import dev.parley.permission.Permission;
import dev.parley.permission.PermissionCalculator;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Where a search looks: the channels whose history the user may read, and the private threads in them that the user is in
 * or manages.
 *
 * @param places the channels and private threads
 * @param only of these channels and threads alone; null for everything in the places, their public threads included
 */
record SearchPlaces(List<Long> places, @Nullable Set<Long> only) {

    private static final long NEEDED = Permission.of(Permission.VIEW_CHANNEL, Permission.READ_MESSAGE_HISTORY);

    private static final String MEMBER = """
            SELECT g.owner_id, m.role_ids, m.communication_disabled_until > now() AS timed_out,
              (SELECT json_object_agg(r.id::text, r.permissions::text) FROM roles r
               WHERE r.guild_id = g.id AND (r.id = g.id OR r.id = ANY (m.role_ids))) AS permissions
            FROM guilds g JOIN members m ON m.guild_id = g.id AND m.user_id = :user WHERE g.id = :guild
            """;

    private static final String CHANNELS = """
            SELECT c.id, c.nsfw,
              (SELECT json_agg(json_build_array(o.target_id::text, o.target_type, o.allow::text, o.deny::text))
               FROM channel_overwrites o WHERE o.channel_id = c.id) AS overwrites
            FROM channels c WHERE c.guild_id = :guild AND c.type NOT IN (%s)
            """.formatted(PostingRows.THREADS);

    /** Threads are named by themselves and found in their channels. */
    private static final String NAMED_THREADS = "SELECT id, parent_id FROM channels WHERE guild_id = :guild"
            + " AND id = ANY (:ids) AND type IN (" + PostingRows.PUBLIC_THREADS + ")";

    /** Of one search, the newest: whoever manages threads sees all that there ever were. */
    private static final int MOST_PRIVATE_THREADS = 500;

    private static final String PRIVATE_THREADS = """
            SELECT DISTINCT id FROM (
              SELECT t.id FROM thread_members m JOIN threads t ON t.id = m.thread_id
              WHERE m.guild_id = :guild AND m.user_id = :user AND t.parent_id = ANY (:readable)
              UNION ALL
              SELECT t.id FROM threads t WHERE t.parent_id = ANY (:managed)) x
            WHERE (NOT :named OR id = ANY (:ids))
              AND EXISTS (SELECT 1 FROM channels c WHERE c.id = x.id AND c.type IN (%s))
            ORDER BY id DESC LIMIT :most
            """.formatted(PostingRows.PRIVATE_THREADS);

    private record Standing(
            Snowflake ownerId, Set<Snowflake> roles, Map<Snowflake, Long> permissions, boolean timedOut) {}

    /**
     * Finds them, in the caller's transaction.
     *
     * @throws ApiException {@code UNKNOWN_GUILD} if the user is not in the guild
     */
    static SearchPlaces find(Handle handle, Snowflake guildId, Snowflake userId, SearchQuery query) {
        Standing standing = handle.createQuery(MEMBER)
                .bind("user", userId.value())
                .bind("guild", guildId.value())
                .map((rs, context) -> new Standing(
                        new Snowflake(rs.getLong("owner_id")),
                        Set.copyOf(MemberRows.roles(rs, "role_ids")),
                        permissions(rs.getString("permissions")),
                        rs.getBoolean("timed_out")))
                .findOne()
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_GUILD));
        long inGuild = PermissionCalculator.inGuild(
                guildId, standing.ownerId(), userId, standing.roles(), standing.permissions());
        Map<Long, Long> named = namedThreads(handle, guildId, query);
        List<Long> places = new ArrayList<>();
        List<Long> readable = new ArrayList<>();
        List<Long> managed = new ArrayList<>();
        handle.createQuery(CHANNELS)
                .bind("guild", guildId.value())
                .map((rs, context) -> {
                    long id = rs.getLong("id");
                    long may = PermissionCalculator.inChannel(
                            inGuild, guildId, userId, standing.roles(), overwrites(rs.getString("overwrites")));
                    boolean asked = query.channels().isEmpty()
                            || query.channels().contains(new Snowflake(id))
                            || named.containsValue(id);
                    if ((may & NEEDED) == NEEDED && (query.includeNsfw() || !rs.getBoolean("nsfw"))) {
                        if (asked) {
                            places.add(id);
                        }
                        readable.add(id);
                        if (Permission.MANAGE_THREADS.in(
                                standing.timedOut() ? PermissionCalculator.timedOut(may) : may)) {
                            managed.add(id);
                        }
                    }
                    return id;
                })
                .list();
        places.addAll(handle.createQuery(PRIVATE_THREADS)
                .bind("guild", guildId.value())
                .bind("user", userId.value())
                .bind("readable", readable.toArray(Long[]::new))
                .bind("managed", managed.toArray(Long[]::new))
                .bind("named", !query.channels().isEmpty())
                .bind("ids", MemberRows.longs(List.copyOf(query.channels())))
                .bind("most", MOST_PRIVATE_THREADS)
                .mapTo(Long.class)
                .list());
        return new SearchPlaces(places, query.channels().isEmpty() || !haveThreads(handle, places) ? null : ids(query));
    }

    private static Set<Long> ids(SearchQuery query) {
        return query.channels().stream().map(Snowflake::value).collect(Collectors.toSet());
    }

    /** Without threads there is nothing in a channel but its own, and the index need not be asked more than once. */
    private static boolean haveThreads(Handle handle, List<Long> places) {
        return handle.select(
                        "SELECT EXISTS (SELECT 1 FROM channels WHERE parent_id = ANY (?) AND type IN ("
                                + PostingRows.PUBLIC_THREADS + "))",
                        (Object) places.toArray(Long[]::new))
                .mapTo(Boolean.class)
                .one();
    }

    private static Map<Long, Long> namedThreads(Handle handle, Snowflake guildId, SearchQuery query) {
        Map<Long, Long> threads = new HashMap<>();
        if (!query.channels().isEmpty()) {
            handle.createQuery(NAMED_THREADS)
                    .bind("guild", guildId.value())
                    .bind("ids", MemberRows.longs(List.copyOf(query.channels())))
                    .map((rs, context) -> threads.put(rs.getLong(1), rs.getLong(2)))
                    .list();
        }
        return threads;
    }

    private static Map<Snowflake, Long> permissions(@Nullable String json) {
        Map<Snowflake, Long> permissions = new HashMap<>();
        if (json != null) {
            Json.parse(json)
                    .properties()
                    .forEach(role -> permissions.put(
                            Snowflake.parse(role.getKey()),
                            Long.valueOf(role.getValue().asText())));
        }
        return permissions;
    }

    private static List<Overwrite> overwrites(@Nullable String json) {
        List<Overwrite> overwrites = new ArrayList<>();
        if (json != null) {
            for (JsonNode node : Json.parse(json)) {
                overwrites.add(new Overwrite(
                        Snowflake.parse(node.get(0).asText()),
                        node.get(1).asInt(),
                        Long.parseLong(node.get(2).asText()),
                        Long.parseLong(node.get(3).asText())));
            }
        }
        return overwrites;
    }
}
