package dev.parley.guild;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.parley.account.Normalization;
import dev.parley.account.User;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import dev.parley.store.StaleReads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Finds members of a guild: all, by name, by id.
 *
 * <p>Thread-safe.
 */
public final class MemberSearch {

    private static final int PAGE = 5_000;

    /** A role in JSON: 19 digits, quotes, a comma. */
    private static final int ROLE_BYTES = 22;

    /** The most that a member takes beside its texts and roles. */
    private static final int FIXED_BYTES = Json.bytes(new Member(
                                    User.of(new Snowflake(Long.MAX_VALUE), "", null, null, false),
                                    null,
                                    List.of(),
                                    Instant.parse("2000-01-01T00:00:00.123456789Z"),
                                    Instant.parse("2000-01-01T00:00:00.123456789Z"))
                            .body())
                    .length
            + 1;

    private static final String SIZES = """
            SELECT m.user_id, cardinality(m.role_ids) AS roles
            , octet_length(to_json(u.username)::text)
              + coalesce(octet_length(to_json(u.global_name)::text), 0)
              + coalesce(octet_length(to_json(u.avatar)::text), 0)
              + coalesce(octet_length(to_json(m.nick)::text), 0) AS texts
            FROM members m JOIN users u ON u.id = m.user_id
            WHERE m.guild_id = :guild AND m.user_id > :after
            ORDER BY m.user_id LIMIT :limit
            """;

    /** Both halves read an index in its order and stop at the limit. */
    private static final String BY_NAME = "WITH found AS ("
            + "(SELECT m.user_id, m.username_key AS key FROM members m"
            + " WHERE m.guild_id = :guild AND m.username_key COLLATE \"C\" ^@ :username"
            + " ORDER BY m.username_key COLLATE \"C\" LIMIT :limit)"
            + " UNION ALL "
            + "(SELECT m.user_id, lower(m.nick) AS key FROM members m"
            + " WHERE m.guild_id = :guild AND m.nick IS NOT NULL AND lower(m.nick) COLLATE \"C\" ^@ lower(:nick)"
            + " ORDER BY lower(m.nick) COLLATE \"C\" LIMIT :limit))"
            + " SELECT user_id FROM found GROUP BY user_id ORDER BY min(key COLLATE \"C\"), user_id LIMIT :limit";

    private final Database database;
    private final StaleReads staleReads;

    public MemberSearch(Database database, StaleReads staleReads) {
        this.database = database;
        this.staleReads = staleReads;
    }

    /**
     * Members whose username or nick begins so, in any case, as a member sees them.
     *
     * @throws ApiException {@code UNKNOWN_GUILD} if the caller is not in the guild
     */
    public ArrayNode search(Snowflake guildId, Snowflake callerId, MemberQuery query) {
        if (!isMember(guildId, callerId)) {
            throw new ApiException(ErrorCode.UNKNOWN_GUILD);
        }
        ArrayNode bodies = Json.array();
        staleReads
                .query(guildId, callerId, handle -> named(handle, guildId, query.prefix(), query.limit()))
                .forEach(member -> bodies.add(member.body()));
        return bodies;
    }

    /** Whether a user is in a guild. */
    public boolean isMember(Snowflake guildId, Snowflake userId) {
        return database.query(handle -> MemberRows.find(handle, guildId, userId).isPresent());
    }

    /**
     * The members of a guild, by id, in parts. Nothing but where the parts begin and end is kept, so that a guild may be of
     * any size: their sizes are asked first, and each part is read when it is wanted.
     *
     * @param most members at the most
     * @param reserve bytes to leave free in a part for each member
     */
    public MemberChunks all(Snowflake guildId, int most, int reserve) {
        List<Range> ranges = ranges(guildId, most, reserve);
        return new MemberChunks() {
            @Override
            public int count() {
                return ranges.size();
            }

            @Override
            public List<Member> get(int index) {
                return read(guildId, ranges.get(index));
            }
        };
    }

    /**
     * Members whose username or nick begins so, in any case.
     *
     * @param limit members at the most
     */
    public List<Member> named(Snowflake guildId, String prefix, int limit) {
        return database.query(handle -> named(handle, guildId, prefix, limit));
    }

    private static List<Member> named(Handle handle, Snowflake guildId, String prefix, int limit) {
        List<Snowflake> found = handle.createQuery(BY_NAME)
                .bind("guild", guildId.value())
                .bind("username", Normalization.key(prefix))
                .bind("nick", prefix)
                .bind("limit", limit)
                .mapTo(Long.class)
                .map(Snowflake::new)
                .list();
        return MemberList.of(handle, guildId, found);
    }

    /** Those of the users who are members, by id. */
    public List<Member> of(Snowflake guildId, Collection<Snowflake> userIds) {
        return database.query(handle -> MemberList.of(handle, guildId, userIds));
    }

    /** The users of a part: after the first, up to the last. */
    private record Range(long after, long last) {}

    private record Size(long userId, int bytes) {}

    private List<Range> ranges(Snowflake guildId, int most, int reserve) {
        List<Range> ranges = new ArrayList<>();
        long after = 0;
        long last = 0;
        int members = 0;
        int bytes = 0;
        int left = most;
        List<Size> page;
        do {
            page = sizes(guildId, last, Math.min(PAGE, left));
            for (Size size : page) {
                int more = size.bytes() + reserve;
                if (members > 0 && (members == MemberChunks.MOST || bytes + more > MemberChunks.BYTES)) {
                    ranges.add(new Range(after, last));
                    after = last;
                    members = 0;
                    bytes = 0;
                }
                members++;
                bytes += more;
                last = size.userId();
            }
            left -= page.size();
        } while (page.size() == PAGE && left > 0);
        if (members > 0) {
            ranges.add(new Range(after, last));
        }
        return ranges;
    }

    private List<Size> sizes(Snowflake guildId, long after, int limit) {
        return database.query(handle -> handle.createQuery(SIZES)
                .bind("guild", guildId.value())
                .bind("after", after)
                .bind("limit", limit)
                .map((rs, context) -> new Size(
                        rs.getLong("user_id"), FIXED_BYTES + rs.getInt("texts") + rs.getInt("roles") * ROLE_BYTES))
                .list());
    }

    private List<Member> read(Snowflake guildId, Range range) {
        return database.query(handle -> handle.select(
                        MemberRows.SELECT
                                + "WHERE m.guild_id = ? AND m.user_id > ? AND m.user_id <= ? ORDER BY m.user_id LIMIT ?",
                        guildId.value(),
                        range.after(),
                        range.last(),
                        MemberChunks.MOST)
                .map((rs, context) -> MemberRows.read(rs))
                .list());
    }
}
