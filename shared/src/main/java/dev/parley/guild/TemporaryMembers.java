package dev.parley.guild;

import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.protocol.ApiException;
import dev.parley.session.Recipients;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.util.List;

/**
 * Members who came by a temporary invite: they leave with their last session, unless somebody has given them a role
 * (Discord documentation, "Create Channel Invite"). Who never has a session stays.
 *
 * <p>Thread-safe.
 */
public final class TemporaryMembers {

    private final Database database;
    private final Members members;
    private final Recipients recipients;
    private final EventPublisher publisher;

    public TemporaryMembers(Database database, Members members, Recipients recipients, EventPublisher publisher) {
        this.database = database;
        this.members = members;
        this.recipients = recipients;
        this.publisher = publisher;
    }

    /** A session of the user has ended, and is not among the user's any more. It may be told again. */
    public void sessionEnded(Snowflake userId) {
        List<Snowflake> guildIds = database.query(handle -> MemberRows.temporary(handle, userId));
        if (guildIds.isEmpty() || !recipients.ofUsers(List.of(userId)).isEmpty()) {
            return;
        }
        guildIds.forEach(guildId -> publisher.publish(leave(guildId, userId)));
    }

    private List<Event> leave(Snowflake guildId, Snowflake userId) {
        try {
            return database.transaction(handle -> {
                GuildRows.lock(handle, guildId);
                if (!MemberRows.temporary(handle, userId).contains(guildId)) {
                    return List.of(); // somebody has given a role meanwhile
                }
                Member member = MemberRows.find(handle, guildId, userId).orElseThrow();
                return members.remove(handle, guildId, member.user());
            });
        } catch (ApiException deletedMeanwhile) {
            return List.of();
        }
    }
}
