package dev.parley.guild;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.User;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.Outbox;
import dev.parley.protocol.DispatchType;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What becomes of all memberships of a user at once. A transaction first takes the rows of all guilds, in one order, so
 * that what it tells of the members is not undone by a change at the same moment, and no two wait for each other.
 *
 * <p>Thread-safe.
 */
public final class Memberships {

    private final SnowflakeGenerator ids;
    private final Members members;
    private final Outbox outbox;

    public Memberships(SnowflakeGenerator ids, Members members, Outbox outbox) {
        this.ids = ids;
        this.members = members;
        this.outbox = outbox;
    }

    /** Takes the rows of the guilds that any of these users is in until the transaction ends. */
    public static void lock(Handle transaction, Collection<Snowflake> userIds) {
        transaction
                .select("""
                        SELECT id FROM guilds WHERE id IN (SELECT guild_id FROM members WHERE user_id = ANY (?))
                        ORDER BY id FOR UPDATE
                        """, (Object) MemberRows.longs(List.copyOf(userIds)))
                .mapTo(Long.class)
                .list();
    }

    /**
     * Tells the guilds of a user who is shown otherwise now, in the caller's transaction, which keeps their rows.
     *
     * @return the events to publish after the commit
     */
    public List<Event> changed(Handle transaction, Snowflake userId) {
        List<Event> events = new ArrayList<>();
        for (Snowflake guildId : guilds(transaction, userId)) {
            MemberRows.find(transaction, guildId, userId).ifPresent(member -> {
                ObjectNode data = member.body();
                data.put("guild_id", guildId.toString());
                Event event = new Event(
                        ids.next(), DispatchType.GUILD_MEMBER_UPDATE, new Audience.Guild(guildId, null), data);
                outbox.add(transaction, event);
                events.add(event);
            });
        }
        return events;
    }

    /**
     * Takes a user out of all guilds, in the caller's transaction, which keeps their rows. Whether the user owns one of
     * them the caller has asked.
     *
     * @param user as the events are to show it
     * @return the events to publish after the commit
     */
    public List<Event> leaveAll(Handle transaction, User user) {
        List<Event> events = new ArrayList<>();
        for (Snowflake guildId : guilds(transaction, user.id())) {
            events.addAll(members.remove(transaction, guildId, user));
        }
        return events;
    }

    private static List<Snowflake> guilds(Handle handle, Snowflake userId) {
        return handle.select("SELECT guild_id FROM members WHERE user_id = ? ORDER BY guild_id", userId.value())
                .mapTo(Long.class)
                .map(Snowflake::new)
                .list();
    }
}
