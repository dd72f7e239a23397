package dev.parley.guild;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.channel.ChannelRows;
import dev.parley.permission.PermissionCalculator;
import dev.parley.protocol.Json;
import dev.parley.session.Recipients;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The guilds that a user is in, as {@code GET /users/@me/guilds} lists them.
 *
 * <p>Thread-safe.
 */
public final class GuildSummaries {

    private static final String SELECT = """
            SELECT g.id, g.name, g.icon, g.owner_id, m.role_ids,
              (SELECT json_object_agg(r.id::text, r.permissions::text) FROM roles r
               WHERE r.guild_id = g.id AND (r.id = g.id OR r.id = ANY (m.role_ids))) AS role_permissions,
              CASE WHEN :counts THEN (SELECT count(*) FROM members x WHERE x.guild_id = g.id) ELSE 0 END AS member_count
            FROM members m JOIN guilds g ON g.id = m.guild_id
            WHERE m.user_id = :user AND g.id > :after AND g.id < :before
            """;

    private final Database database;
    private final Recipients recipients;

    public GuildSummaries(Database database, Recipients recipients) {
        this.database = database;
        this.recipients = recipients;
    }

    private record Row(
            Snowflake id, String name, @Nullable String icon, boolean owner, long permissions, int members) {}

    /** A page of them in the order of their ids; with {@code before} alone, those next to it. */
    public ArrayNode of(Snowflake userId, GuildPage page) {
        Snowflake before = page.before();
        Snowflake after = page.after();
        boolean backwards = before != null && after == null;
        List<Row> rows = database.query(handle -> handle.createQuery(
                        SELECT + (backwards ? " ORDER BY g.id DESC" : " ORDER BY g.id") + " LIMIT :limit")
                .bind("user", userId.value())
                .bind("counts", page.withCounts())
                .bind("after", after == null ? 0 : after.value())
                .bind("before", before == null ? Long.MAX_VALUE : before.value())
                .bind("limit", page.limit())
                .map((rs, context) -> {
                    Snowflake guildId = new Snowflake(rs.getLong("id"));
                    Snowflake ownerId = new Snowflake(rs.getLong("owner_id"));
                    return new Row(
                            guildId,
                            rs.getString("name"),
                            rs.getString("icon"),
                            ownerId.equals(userId),
                            PermissionCalculator.inGuild(
                                    guildId,
                                    ownerId,
                                    userId,
                                    Set.copyOf(MemberRows.roles(rs, "role_ids")),
                                    ChannelRows.rolePermissions(rs.getString("role_permissions"))),
                            rs.getInt("member_count"));
                })
                .list());
        List<Row> ordered = backwards ? rows.reversed() : rows;
        Map<Snowflake, Long> sessions = page.withCounts()
                ? recipients.sessionsIn(ordered.stream().map(Row::id).toList())
                : Map.of();
        ArrayNode list = Json.array();
        for (Row row : ordered) {
            ObjectNode summary = body(row);
            if (page.withCounts()) {
                summary.put("approximate_member_count", row.members());
                // Some have more than one session.
                summary.put("approximate_presence_count", (int)
                        Math.min(row.members(), sessions.getOrDefault(row.id(), 0L)));
            }
            list.add(summary);
        }
        return list;
    }

    private static ObjectNode body(Row row) {
        ObjectNode summary = Json.object();
        summary.put("id", row.id().toString());
        summary.put("name", row.name());
        summary.put("icon", row.icon());
        summary.putNull("banner");
        summary.put("owner", row.owner());
        summary.put("permissions", Long.toString(row.permissions()));
        summary.putArray("features");
        return summary;
    }
}
