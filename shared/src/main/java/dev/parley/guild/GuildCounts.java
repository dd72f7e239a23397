package dev.parley.guild;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.presence.PresenceStore;
import dev.parley.session.Recipients;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.util.List;
import java.util.Set;

/**
 * About how many members a guild has, and how many of them are online. In a guild with many sessions those are counted
 * instead of the users who show themselves.
 *
 * <p>Thread-safe.
 */
public final class GuildCounts {

    /** Users who are asked whether they are online. */
    private static final int MOST_ASKED = 500;

    private final Database database;
    private final Recipients recipients;
    private final PresenceStore presences;

    public GuildCounts(Database database, Recipients recipients, PresenceStore presences) {
        this.database = database;
        this.recipients = recipients;
        this.presences = presences;
    }

    /** Adds {@code approximate_member_count} and {@code approximate_presence_count}. */
    public void addTo(ObjectNode body, Snowflake guildId) {
        body.put("approximate_member_count", (int) database.query(handle -> MemberRows.count(handle, guildId)));
        body.put("approximate_presence_count", online(guildId));
    }

    /** About how many members are online. */
    public int online(Snowflake guildId) {
        long sessions = recipients.sessionsIn(List.of(guildId)).getOrDefault(guildId, 0L);
        if (sessions > MOST_ASKED) {
            return (int) Math.min(Integer.MAX_VALUE, sessions);
        }
        Set<Snowflake> users = recipients.usersOfGuild(guildId, MOST_ASKED);
        return presences.visible(users).size();
    }
}
