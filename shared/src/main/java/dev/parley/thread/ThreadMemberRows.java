package dev.parley.thread;

import dev.parley.channel.ThreadMember;
import dev.parley.guild.MemberRows;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of who is in which thread. Everything runs in the caller's transaction. */
final class ThreadMemberRows {

    private ThreadMemberRows() {}

    static Optional<ThreadMember> find(Handle handle, Snowflake threadId, Snowflake userId) {
        return page(handle, threadId, userId.value() - 1, 1).stream()
                .filter(member -> member.userId().equals(userId))
                .findFirst();
    }

    /** Who is in a thread, by id, behind an id. */
    static List<ThreadMember> page(Handle handle, Snowflake threadId, long after, int limit) {
        return handle.select(
                        "SELECT user_id, joined_at FROM thread_members WHERE thread_id = ? AND user_id > ?"
                                + " ORDER BY user_id LIMIT ?",
                        threadId.value(),
                        after,
                        limit)
                .map((rs, context) -> new ThreadMember(
                        threadId, new Snowflake(rs.getLong("user_id")), MemberRows.instant(rs, "joined_at")))
                .list();
    }

    static int count(Handle handle, Snowflake threadId) {
        return handle.select("SELECT count(*) FROM thread_members WHERE thread_id = ?", threadId.value())
                .mapTo(Integer.class)
                .one();
    }

    /** Puts a member of the guild, who is not there, into a thread. */
    static ThreadMember insert(Handle handle, Snowflake guildId, Snowflake threadId, Snowflake userId) {
        return handle.select(
                        "INSERT INTO thread_members (thread_id, user_id, guild_id) VALUES (?, ?, ?) RETURNING joined_at",
                        threadId.value(),
                        userId.value(),
                        guildId.value())
                .map((rs, context) -> new ThreadMember(threadId, userId, MemberRows.instant(rs, "joined_at")))
                .one();
    }

    static void delete(Handle handle, Snowflake threadId, Snowflake userId) {
        handle.execute(
                "DELETE FROM thread_members WHERE thread_id = ? AND user_id = ?", threadId.value(), userId.value());
    }
}
