package dev.parley.guild;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.guild.GuildSnapshot.Listed;
import dev.parley.presence.Presence;
import dev.parley.presence.PresenceStore;
import dev.parley.protocol.ApiException;
import dev.parley.session.Recipients;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Guilds as sessions see them first.
 *
 * <p>Thread-safe.
 */
public final class GuildSnapshots {

    /** Users who are asked whether they are online: more do not fit a message together with their member. */
    private static final int MOST_ASKED = 400;

    private final Database database;
    private final Guilds guilds;
    private final Recipients recipients;
    private final PresenceStore presences;

    public GuildSnapshots(Database database, Guilds guilds, Recipients recipients, PresenceStore presences) {
        this.database = database;
        this.guilds = guilds;
        this.recipients = recipients;
        this.presences = presences;
    }

    /**
     * A guild as GUILD_CREATE carries it to one member: with the channels that the member sees, and with all members or
     * those who are online, and their presences, if the session has the intent for presences (Discord documentation,
     * "Request Guild Members"). The member itself is always there.
     *
     * @return null if the user is not in the guild any more, or the guild is not available
     * @throws dev.parley.store.DatabaseUnavailableException if the database gives no connection
     */
    public @Nullable GuildSnapshot find(Snowflake guildId, GuildViewer viewer) {
        try {
            return database.query(handle ->
                    GuildAvailability.isAvailable(handle, guildId) ? snapshot(handle, guildId, viewer) : null);
        } catch (ApiException leftMeanwhile) {
            return null;
        }
    }

    private GuildSnapshot snapshot(Handle handle, Snowflake guildId, GuildViewer viewer) {
        ObjectNode body = guilds.body(handle, guildId, viewer.userId());
        int memberCount = body.path("member_count").asInt();
        boolean large = memberCount > viewer.largeThreshold();
        body.put("large", large);
        if (!viewer.seesPresences() || memberCount > GuildSizes.MOST_WITH_PRESENCES) {
            return GuildSnapshot.of(body, List.of());
        }
        Map<Snowflake, Presence> online = presences.visible(recipients.usersOfGuild(guildId, MOST_ASKED));
        Presence own = online.get(viewer.userId());
        if (own != null) {
            ((ArrayNode) body.get("presences")).add(own.body(viewer.userId()));
        }
        List<Member> members =
                large ? MemberList.of(handle, guildId, online.keySet()) : MemberList.all(handle, guildId);
        return GuildSnapshot.of(body, others(viewer.userId(), members, online));
    }

    /** Who is online comes first: if not all fit, those who matter do. */
    private static List<Listed> others(Snowflake self, List<Member> members, Map<Snowflake, Presence> online) {
        List<Listed> shown = new ArrayList<>();
        List<Listed> rest = new ArrayList<>();
        for (Member member : members) {
            Snowflake userId = member.user().id();
            if (userId.equals(self)) {
                continue;
            }
            Presence presence = online.get(userId);
            if (presence == null) {
                rest.add(new Listed(member.body(), null));
            } else {
                shown.add(new Listed(member.body(), presence.body(userId)));
            }
        }
        shown.addAll(rest);
        return shown;
    }
}
