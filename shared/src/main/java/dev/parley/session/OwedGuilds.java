package dev.parley.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.guild.GuildSnapshot;
import dev.parley.guild.GuildSnapshots;
import dev.parley.guild.GuildViewer;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Json;
import dev.parley.redis.Redis;
import dev.parley.session.Delivery.Delivered;
import dev.parley.session.SessionLog.Owed;
import dev.parley.snowflake.Snowflake;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Guilds that a session should have got when it began, and that could not be read then.
 *
 * <p>Thread-safe.
 */
final class OwedGuilds {

    private final Redis redis;
    private final SessionLog sessionLog;
    private final GuildSnapshots guilds;
    private final Delivery delivery;

    OwedGuilds(Redis redis, SessionLog sessionLog, GuildSnapshots guilds, Delivery delivery) {
        this.redis = redis;
        this.sessionLog = sessionLog;
        this.guilds = guilds;
        this.delivery = delivery;
    }

    /**
     * Sends a session what it is owed. Whoever dies in between sends it again.
     *
     * @return what is being sent
     * @throws dev.parley.store.DatabaseUnavailableException if the guilds still cannot be read
     */
    List<CompletableFuture<Void>> send(String sessionId, String connectionId) {
        Owed owed = sessionLog.owed(sessionId, connectionId);
        List<CompletableFuture<Void>> sending = new ArrayList<>();
        if (owed == null) {
            return sending;
        }
        GuildViewer viewer =
                new GuildViewer(owed.session().userId(), owed.session().intents(), GuildViewer.DEFAULT_LARGE_THRESHOLD);
        for (Snowflake guildId : owed.guildIds()) {
            GuildSnapshot snapshot = guilds.find(guildId, viewer);
            if (snapshot != null) {
                sending.add(deliver(sessionId, DispatchType.GUILD_CREATE, snapshot.create()));
                snapshot.channels()
                        .forEach(channel -> sending.add(deliver(sessionId, DispatchType.CHANNEL_CREATE, channel)));
                snapshot.threads()
                        .forEach(thread -> sending.add(deliver(sessionId, DispatchType.THREAD_CREATE, thread)));
            }
        }
        sessionLog.settle(sessionId);
        return sending;
    }

    private CompletableFuture<Void> deliver(String sessionId, DispatchType type, JsonNode data) {
        Delivered delivered = redis.await(delivery.deliver(sessionId, Place.unnumbered("owed"), type, Json.text(data)));
        return delivered.sending();
    }
}
