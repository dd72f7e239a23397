package dev.parley.guild;

import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.snowflake.Snowflake;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of members. Everything runs in the caller's transaction. */
public final class MemberRows {

    static final String SELECT = "SELECT " + Accounts.USER_COLUMNS
            + ", m.nick, m.role_ids, m.joined_at, m.communication_disabled_until FROM members m JOIN users u ON u.id = m.user_id ";

    private MemberRows() {}

    /** A member, if the user is one. */
    public static Optional<Member> find(Handle handle, Snowflake guildId, Snowflake userId) {
        return handle.select(SELECT + "WHERE m.guild_id = ? AND m.user_id = ?", guildId.value(), userId.value())
                .map((rs, context) -> read(rs))
                .findOne();
    }

    /** Members in the order of their ids. */
    static List<Member> page(Handle handle, Snowflake guildId, MemberPage page) {
        return handle.select(
                        // The page first and then its users, so that users of other guilds are never passed over.
                        SELECT + "WHERE m.guild_id = ? AND m.user_id = ANY (ARRAY(SELECT p.user_id FROM members p"
                                + " WHERE p.guild_id = ? AND p.user_id > ? ORDER BY p.user_id LIMIT ?))"
                                + " ORDER BY m.user_id",
                        guildId.value(),
                        guildId.value(),
                        page.after().value(),
                        page.limit())
                .map((rs, context) -> read(rs))
                .list();
    }

    /** Whether all of these users, each named once, are in a guild. */
    public static boolean allIn(Handle handle, Snowflake guildId, List<Snowflake> users) {
        return users.isEmpty()
                || users.size()
                        == handle.select(
                                        "SELECT count(*) FROM members WHERE guild_id = ? AND user_id = ANY (?)",
                                        guildId.value(),
                                        longs(users))
                                .mapTo(Integer.class)
                                .one();
    }

    static int count(Handle handle, Snowflake guildId) {
        return handle.select("SELECT count(*) FROM members WHERE guild_id = ?", guildId.value())
                .mapTo(Integer.class)
                .one();
    }

    static Member insert(Handle handle, Snowflake guildId, User user, List<Snowflake> roles) {
        Instant joinedAt = handle.select(
                        "INSERT INTO members (guild_id, user_id, role_ids) VALUES (?, ?, ?) RETURNING joined_at",
                        guildId.value(),
                        user.id().value(),
                        longs(roles))
                .map((rs, context) -> instant(rs, "joined_at"))
                .one();
        return new Member(user, null, roles, joinedAt, null);
    }

    /** Notes that a member leaves with the last session, as long as nobody gives a role. */
    public static void makeTemporary(Handle handle, Snowflake guildId, Snowflake userId) {
        handle.execute(
                "UPDATE members SET temporary = true WHERE guild_id = ? AND user_id = ?",
                guildId.value(),
                userId.value());
    }

    /** The guilds that a user is in for as long as a session lasts. */
    static List<Snowflake> temporary(Handle handle, Snowflake userId) {
        return handle.select(
                        "SELECT guild_id FROM members WHERE user_id = ? AND temporary AND role_ids = '{}'"
                                + " ORDER BY guild_id",
                        userId.value())
                .mapTo(Long.class)
                .map(Snowflake::new)
                .list();
    }

    /** Stores a member's nick, roles and time-out; whoever has had a role stays for good. */
    static void update(Handle handle, Snowflake guildId, Member member) {
        handle.execute(
                "UPDATE members SET nick = ?, role_ids = ?, communication_disabled_until = ?,"
                        + " temporary = temporary AND cardinality(?::bigint[]) = 0"
                        + " WHERE guild_id = ? AND user_id = ?",
                member.nick(),
                longs(member.roles()),
                member.timedOutUntil() == null ? null : member.timedOutUntil().atOffset(ZoneOffset.UTC),
                longs(member.roles()),
                guildId.value(),
                member.user().id().value());
    }

    static void delete(Handle handle, Snowflake guildId, Snowflake userId) {
        handle.execute("DELETE FROM members WHERE guild_id = ? AND user_id = ?", guildId.value(), userId.value());
    }

    static Member read(ResultSet row) throws SQLException {
        return new Member(
                Accounts.read(row),
                row.getString("nick"),
                roles(row, "role_ids"),
                instant(row, "joined_at"),
                instantOrNull(row, "communication_disabled_until"));
    }

    /** A column of ids. */
    public static List<Snowflake> roles(ResultSet row, String column) throws SQLException {
        java.sql.@Nullable Array array = row.getArray(column);
        return array == null
                ? List.of()
                : Arrays.stream((Long[]) array.getArray()).map(Snowflake::new).toList();
    }

    /** A column of ids, to be written. */
    public static Long[] longs(List<Snowflake> ids) {
        return ids.stream().map(Snowflake::value).toArray(Long[]::new);
    }

    /** A column of {@code timestamptz}. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A column of {@code timestamptz} that may be null. */
    public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null ? null : instant(row, column);
    }

    /** The database's time: what is compared with columns must not come from another clock. */
    public static Instant now(Handle handle) {
        return handle.select("SELECT now() AS now")
                .map((rs, context) -> instant(rs, "now"))
                .one();
    }
}
