package dev.parley.message;

import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.guild.MemberRows;
import dev.parley.snowflake.Snowflake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Whom a message mentions: those of the named who are there.
 *
 * @param users in the order in which they are named
 */
record Mentioned(List<User> users, List<Snowflake> roles, boolean everyone) {

    static final Mentioned NOBODY = new Mentioned(List.of(), List.of(), false);

    /**
     * Looks up who is named.
     *
     * @param guildId null in a direct-message channel, which has no roles and nobody else to wake
     * @param any whether the author may mention everyone and any role, and not only the roles that everybody may
     */
    static Mentioned find(Handle handle, Mentions named, @Nullable Snowflake guildId, boolean any) {
        return new Mentioned(
                users(handle, named.users()),
                guildId == null ? List.of() : roles(handle, guildId, named.roles(), any),
                named.everyone() && any && guildId != null);
    }

    /** With the author of the message that is answered; a webhook is nobody who could be mentioned. */
    Mentioned with(Message answered) {
        User author = answered.author();
        if (answered.webhookId() != null
                || users.stream().anyMatch(user -> user.id().equals(author.id()))) {
            return this;
        }
        List<User> all = new ArrayList<>(users);
        all.add(author);
        return new Mentioned(all, roles, everyone);
    }

    private static List<User> users(Handle handle, List<Snowflake> named) {
        if (named.isEmpty()) {
            return List.of();
        }
        Map<Snowflake, User> found = handle
                .select("SELECT " + Accounts.USER_COLUMNS + " FROM users u WHERE u.id = ANY (?)", (Object)
                        MemberRows.longs(named))
                .map((rs, context) -> Accounts.read(rs))
                .list()
                .stream()
                .collect(Collectors.toMap(User::id, Function.identity()));
        return named.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    private static List<Snowflake> roles(Handle handle, Snowflake guildId, List<Snowflake> named, boolean any) {
        if (named.isEmpty()) {
            return List.of();
        }
        return handle.select(
                        "SELECT id FROM roles WHERE guild_id = ? AND id = ANY (?) AND id <> guild_id"
                                + " AND (mentionable OR ?) ORDER BY id",
                        guildId.value(),
                        MemberRows.longs(named),
                        any)
                .mapTo(Long.class)
                .map(Snowflake::new)
                .list();
    }
}
