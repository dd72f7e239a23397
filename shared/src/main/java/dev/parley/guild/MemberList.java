package dev.parley.guild;

import dev.parley.snowflake.Snowflake;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Many members at once. Everything runs in the caller's transaction. */
final class MemberList {

    /** The highest {@code large_threshold}: more members are never listed as all. */
    private static final int MOST_LISTED = 250;

    private MemberList() {}

    /** All members of a small guild, by id. */
    static List<Member> all(Handle handle, Snowflake guildId) {
        return handle.select(
                        MemberRows.SELECT + "WHERE m.guild_id = ? ORDER BY m.user_id LIMIT ?",
                        guildId.value(),
                        MOST_LISTED)
                .map((rs, context) -> MemberRows.read(rs))
                .list();
    }

    /** Those of the users who are members, by id. */
    static List<Member> of(Handle handle, Snowflake guildId, Collection<Snowflake> userIds) {
        return userIds.isEmpty()
                ? List.of()
                : handle.select(
                                MemberRows.SELECT + "WHERE m.guild_id = ? AND m.user_id = ANY (?) ORDER BY m.user_id",
                                guildId.value(),
                                MemberRows.longs(List.copyOf(userIds)))
                        .map((rs, context) -> MemberRows.read(rs))
                        .list();
    }
}
