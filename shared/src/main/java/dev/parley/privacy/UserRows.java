package dev.parley.privacy;

import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.fanout.Event;
import dev.parley.guild.MemberRows;
import dev.parley.snowflake.Snowflake;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What the tables of users, applications and channels know of a user who goes. */
final class UserRows {

    private UserRows() {}

    /** The user and the bots of its applications. */
    static List<Snowflake> withBots(Handle handle, Snowflake userId) {
        List<Snowflake> all = new ArrayList<>();
        all.add(userId);
        all.addAll(handle.select("SELECT id FROM applications WHERE owner_id = ? ORDER BY id", userId.value())
                .mapTo(Long.class)
                .map(Snowflake::new)
                .list());
        return all;
    }

    /** Takes the rows of users until the transaction ends: none of them joins or makes anything meanwhile. */
    static void lock(Handle handle, List<Snowflake> userIds) {
        handle.select("SELECT id FROM users WHERE id = ANY (?) ORDER BY id FOR UPDATE", (Object)
                        MemberRows.longs(userIds))
                .mapTo(Long.class)
                .list();
    }

    /** The channels in which users have saved messages. */
    static List<Snowflake> savedMessages(Handle handle, List<Snowflake> userIds) {
        return handle.select("SELECT id FROM channels WHERE dm_key = ANY (?)", (Object)
                        userIds.stream().map(Snowflake::toString).toArray(String[]::new))
                .mapTo(Long.class)
                .map(Snowflake::new)
                .list();
    }

    static boolean ownGuilds(Handle handle, List<Snowflake> userIds) {
        return handle.select("SELECT EXISTS (SELECT 1 FROM guilds WHERE owner_id = ANY (?))", (Object)
                        MemberRows.longs(userIds))
                .mapTo(Boolean.class)
                .one();
    }

    /** Leaves nothing of a user but its id, under a name that says so. The key can be nobody's: names have no colon. */
    static User anonymize(Handle handle, Snowflake userId) {
        handle.execute(
                "UPDATE users SET username = ?, username_key = ?, global_name = NULL, avatar = NULL, email = NULL,"
                        + " email_key = NULL, password_hash = NULL, last_seen = 'epoch', deleted_at = now() WHERE id = ?",
                "deleted_user_" + Long.toString(userId.value(), Character.MAX_RADIX),
                "deleted:" + userId,
                userId.value());
        return Accounts.users(handle, List.of(userId)).values().iterator().next();
    }

    /** Removes what is about the user alone. */
    static List<Event> eraseOwn(Handle handle, Snowflake userId) {
        long id = userId.value();
        handle.execute("DELETE FROM read_states WHERE user_id = ?", id);
        handle.execute("DELETE FROM user_settings WHERE user_id = ?", id);
        handle.execute("DELETE FROM interactions WHERE user_id = ?", id);
        handle.execute("DELETE FROM ephemeral_messages WHERE user_id = ?", id);
        handle.execute("DELETE FROM uploads WHERE user_id = ?", id);
        // The channel of the saved messages; channels with others stay, and show the user as it is shown now.
        handle.execute("DELETE FROM channels WHERE dm_key = ?", userId.toString());
        handle.execute("DELETE FROM applications WHERE id = ?", id);
        return List.of();
    }

    /** Takes out of the audit logs what was changed of the user: nicks, for example. That it was changed stays. */
    static List<Event> eraseFromAuditLogs(Handle handle, Snowflake userId) {
        handle.execute("UPDATE audit_log SET changes = '[]' WHERE target_id = ?", userId.value());
        return List.of();
    }
}
