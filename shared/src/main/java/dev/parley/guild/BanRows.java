package dev.parley.guild;

import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of bans. Everything runs in the caller's transaction. */
public final class BanRows {

    private static final String SELECT =
            "SELECT " + Accounts.USER_COLUMNS + ", b.reason FROM bans b JOIN users u ON u.id = b.user_id ";

    private BanRows() {}

    /** A user who may not come into a guild, and what whoever banned the user gave as the reason. */
    public record Ban(User user, @Nullable String reason) {}

    /** Whether a user is banned from a guild. */
    static boolean exists(Handle handle, Snowflake guildId, Snowflake userId) {
        return handle.select(
                        "SELECT EXISTS (SELECT 1 FROM bans WHERE guild_id = ? AND user_id = ?)",
                        guildId.value(),
                        userId.value())
                .mapTo(Boolean.class)
                .one();
    }

    /** A ban, if there is one. */
    public static Optional<Ban> find(Handle handle, Snowflake guildId, Snowflake userId) {
        return handle.select(SELECT + "WHERE b.guild_id = ? AND b.user_id = ?", guildId.value(), userId.value())
                .map((rs, context) -> new Ban(Accounts.read(rs), rs.getString("reason")))
                .findOne();
    }

    /** The first bans of users with larger ids, by id. */
    public static List<Ban> after(Handle handle, Snowflake guildId, Snowflake userId, int limit) {
        return page(
                handle, "WHERE b.guild_id = ? AND b.user_id > ? ORDER BY b.user_id LIMIT ?", guildId, userId, limit);
    }

    /** The last bans of users with smaller ids, by id. */
    public static List<Ban> before(Handle handle, Snowflake guildId, Snowflake userId, int limit) {
        return page(
                        handle,
                        "WHERE b.guild_id = ? AND b.user_id < ? ORDER BY b.user_id DESC LIMIT ?",
                        guildId,
                        userId,
                        limit)
                .reversed();
    }

    /** Bans a user, and says whether the user was not banned yet. */
    public static boolean insert(Handle handle, Snowflake guildId, Snowflake userId, @Nullable String reason) {
        return handle.execute(
                        "INSERT INTO bans (guild_id, user_id, reason) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                        guildId.value(),
                        userId.value(),
                        reason)
                > 0;
    }

    /** Lifts a ban. */
    public static void delete(Handle handle, Snowflake guildId, Snowflake userId) {
        handle.execute("DELETE FROM bans WHERE guild_id = ? AND user_id = ?", guildId.value(), userId.value());
    }

    private static List<Ban> page(Handle handle, String range, Snowflake guildId, Snowflake bound, int limit) {
        return handle.select(SELECT + range, guildId.value(), bound.value(), limit)
                .map((rs, context) -> new Ban(Accounts.read(rs), rs.getString("reason")))
                .list();
    }
}
