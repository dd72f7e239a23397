package dev.parley.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.CurrentUser;
import dev.parley.account.User;
import dev.parley.connection.GatewayUrls;
import dev.parley.guild.GuildSnapshot;
import dev.parley.guild.GuildSnapshots;
import dev.parley.guild.GuildViewer;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Json;
import dev.parley.session.SessionLog.Dispatch;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.DatabaseUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a session begins with: READY, then its guilds.
 *
 * <p>Thread-safe.
 */
final class FirstEvents {

    private static final Logger log = LoggerFactory.getLogger(FirstEvents.class);

    private final Accounts accounts;
    private final GuildSnapshots guilds;
    private final PersonalState personal;
    private final GatewayUrls gatewayUrls;

    FirstEvents(Accounts accounts, GuildSnapshots guilds, PersonalState personal, GatewayUrls gatewayUrls) {
        this.accounts = accounts;
        this.guilds = guilds;
        this.personal = personal;
        this.gatewayUrls = gatewayUrls;
    }

    /**
     * What a session begins with.
     *
     * @param events in their order
     * @param owed guilds that cannot be read now; READY says of all guilds that they are unavailable until they come
     */
    record First(List<Dispatch> events, List<Snowflake> owed) {}

    /**
     * Reads all of it.
     *
     * @throws DatabaseUnavailableException if not even the user can be read
     */
    First of(Recipient session, int largeThreshold, List<Snowflake> guildIds) {
        List<Dispatch> first = new ArrayList<>();
        ObjectNode ready = Ready.body(
                accounts.currentUser(session.userId()),
                session.sessionId(),
                gatewayUrls.next(),
                guildIds,
                session.shard());
        if (!session.bot()) {
            ready.setAll(personal.of(session.userId()));
        }
        first.add(new Dispatch(DispatchType.READY, Json.text(ready)));
        GuildViewer viewer = new GuildViewer(session.userId(), session.intents(), largeThreshold);
        List<Snowflake> owed = new ArrayList<>();
        for (Snowflake guildId : guildIds) {
            if (!owed.isEmpty()) {
                owed.add(guildId); // each more would wait for the database as long
                continue;
            }
            GuildSnapshot snapshot = find(guildId, viewer, owed);
            if (snapshot != null) {
                first.add(new Dispatch(DispatchType.GUILD_CREATE, Json.text(snapshot.create())));
                for (JsonNode channel : snapshot.channels()) {
                    first.add(new Dispatch(DispatchType.CHANNEL_CREATE, Json.text(channel)));
                }
                for (JsonNode thread : snapshot.threads()) {
                    first.add(new Dispatch(DispatchType.THREAD_CREATE, Json.text(thread)));
                }
            }
        }
        return new First(first, owed);
    }

    /**
     * Does all of it for a session of nobody, which loads it before a snapshot is taken.
     *
     * @return READY, as somebody would get it whom the database has
     */
    List<Dispatch> prime(Recipient session) {
        CurrentUser nobody = new CurrentUser(User.of(session.userId(), "nobody", null, null, false), null);
        try {
            accounts.currentUser(session.userId());
        } catch (ApiException e) {
            log.debug("As expected, nobody has no account", e);
        }
        ObjectNode ready = Ready.body(nobody, session.sessionId(), gatewayUrls.next(), List.of(), session.shard());
        ready.setAll(personal.of(session.userId()));
        guilds.find(
                new Snowflake(0),
                new GuildViewer(session.userId(), session.intents(), GuildViewer.DEFAULT_LARGE_THRESHOLD));
        return List.of(new Dispatch(DispatchType.READY, Json.text(ready)));
    }

    /** A guild; null when there is none to show, or none now, which is then noted. */
    private @Nullable GuildSnapshot find(Snowflake guildId, GuildViewer viewer, List<Snowflake> owed) {
        try {
            return guilds.find(guildId, viewer);
        } catch (DatabaseUnavailableException e) {
            log.warn("User {} gets its guilds from guild {} on later", viewer.userId(), guildId, e);
            owed.add(guildId);
            return null;
        }
    }
}
