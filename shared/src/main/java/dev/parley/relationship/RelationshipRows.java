package dev.parley.relationship;

import dev.parley.account.Accounts;
import dev.parley.guild.MemberRows;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The table of relationships. Everything runs in the caller's transaction. */
public final class RelationshipRows {

    private static final String SELECT = "SELECT " + Accounts.USER_COLUMNS
            + ", r.type, r.since FROM relationships r JOIN users u ON u.id = r.target_id WHERE r.user_id = ?";

    private RelationshipRows() {}

    /**
     * Those whom a user may address: they share a guild or are friends, and neither has blocked the other. A deleted
     * account is none of them.
     */
    public static Set<Snowflake> reachable(Handle handle, Snowflake userId, Collection<Snowflake> others) {
        return new HashSet<>(handle.createQuery("""
                        SELECT u.id FROM users u
                        WHERE u.id = ANY (:others) AND u.deleted_at IS NULL
                          AND (EXISTS (SELECT 1 FROM members a JOIN members b USING (guild_id)
                                       WHERE a.user_id = :user AND b.user_id = u.id)
                               OR EXISTS (SELECT 1 FROM relationships f
                                          WHERE f.user_id = :user AND f.target_id = u.id AND f.type = 1))
                          AND NOT EXISTS (SELECT 1 FROM relationships b
                                          WHERE b.type = 2 AND (b.user_id, b.target_id) IN ((:user, u.id), (u.id, :user)))
                        """)
                .bind("user", userId.value())
                .bind("others", MemberRows.longs(List.copyOf(others)))
                .mapTo(Long.class)
                .map(Snowflake::new)
                .list());
    }

    /**
     * Takes the rows of two users until the transaction ends, so that what is between them changes one after the other.
     *
     * @throws ApiException {@code UNKNOWN_USER} if one of them is not there, or deleted
     */
    static void lock(Handle handle, Snowflake one, Snowflake other) {
        int found = handle.select(
                        "SELECT id FROM users WHERE id IN (?, ?) AND deleted_at IS NULL ORDER BY id FOR NO KEY UPDATE",
                        one.value(),
                        other.value())
                .mapTo(Long.class)
                .list()
                .size();
        if (found < 2) {
            throw new ApiException(ErrorCode.UNKNOWN_USER);
        }
    }

    /** All of a user's, in the order of the others' ids. */
    static List<Relationship> all(Handle handle, Snowflake userId) {
        return handle.select(SELECT + " ORDER BY r.target_id", userId.value())
                .map((rs, context) -> Relationship.read(rs))
                .list();
    }

    static int count(Handle handle, Snowflake userId) {
        return handle.select("SELECT count(*) FROM relationships WHERE user_id = ?", userId.value())
                .mapTo(Integer.class)
                .one();
    }

    static Optional<Relationship> find(Handle handle, Snowflake userId, Snowflake otherId) {
        return handle.select(SELECT + " AND r.target_id = ?", userId.value(), otherId.value())
                .map((rs, context) -> Relationship.read(rs))
                .findOne();
    }

    static void put(Handle handle, Snowflake userId, Snowflake otherId, int type) {
        handle.execute(
                "INSERT INTO relationships (user_id, target_id, type) VALUES (?, ?, ?)"
                        + " ON CONFLICT (user_id, target_id) DO UPDATE SET type = excluded.type, since = now()",
                userId.value(),
                otherId.value(),
                type);
    }

    static void delete(Handle handle, Snowflake userId, Snowflake otherId) {
        handle.execute(
                "DELETE FROM relationships WHERE user_id = ? AND target_id = ?", userId.value(), otherId.value());
    }

    /** Those who have a relationship to a user. */
    static List<Relationship> towards(Handle handle, Snowflake userId) {
        return handle.select(
                        "SELECT " + Accounts.USER_COLUMNS + ", r.type, r.since FROM relationships r"
                                + " JOIN users u ON u.id = r.user_id WHERE r.target_id = ? ORDER BY u.id",
                        userId.value())
                .map((rs, context) -> Relationship.read(rs))
                .list();
    }

    static void deleteAll(Handle handle, Snowflake userId) {
        handle.execute("DELETE FROM relationships WHERE user_id = ?", userId.value());
        handle.execute("DELETE FROM relationships WHERE target_id = ?", userId.value());
    }
}
