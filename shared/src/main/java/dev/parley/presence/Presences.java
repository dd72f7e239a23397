package dev.parley.presence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.guild.GuildSizes;
import dev.parley.guild.Guilds;
import dev.parley.presence.PresenceStore.Change;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Intent;
import dev.parley.ratelimit.Limit;
import dev.parley.ratelimit.RateLimiter;
import dev.parley.session.Recipient;
import dev.parley.session.Recipients;
import dev.parley.session.Recipients.Listeners;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is there. A user's presence is that of all its sessions together; whoever changes what others see of it tells the
 * user's guilds.
 *
 * <p>A guild hears of it at its best: PRESENCE_UPDATE is stored nowhere, and what the queue does not take is lost. Guilds
 * of more than {@link GuildSizes#MOST_WITH_PRESENCES} members hear nothing, as they do at Discord.
 *
 * <p>Thread-safe.
 */
public final class Presences {

    private static final Logger log = LoggerFactory.getLogger(Presences.class);

    /** How often what is told is corrected, when another session of the user changes it meanwhile. */
    private static final int CORRECTIONS = 3;

    private static final Listeners NOBODY = new Listeners(0, 0);

    private final PresenceStore store;
    private final Recipients recipients;
    private final Guilds guilds;
    private final GuildSizes sizes;
    private final RateLimiter limiter;
    private final EventPublisher publisher;
    private final SnowflakeGenerator ids;
    private final Clock clock;

    public Presences(
            PresenceStore store,
            Recipients recipients,
            Guilds guilds,
            GuildSizes sizes,
            RateLimiter limiter,
            EventPublisher publisher,
            SnowflakeGenerator ids,
            Clock clock) {
        this.store = store;
        this.recipients = recipients;
        this.guilds = guilds;
        this.sizes = sizes;
        this.limiter = limiter;
        this.publisher = publisher;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What a new session shows, which counts from now on.
     *
     * @param guildIds all guilds of the session's user
     * @return tells the user's guilds of it, where others see a change; never fails
     * @throws dev.parley.redis.RedisUnavailableException if Redis is away
     */
    public Runnable begin(Recipient session, Platform client, JsonNode sent, List<Snowflake> guildIds) {
        SessionPresence first = SessionPresence.first(client, session.bot(), sent, clock.millis());
        Change change = store.add(session.userId(), session.sessionId(), first);
        return () -> tell(session.userId(), change, () -> guildIds, own(session));
    }

    /**
     * Op 3: what a session shows from now on. Over the rate limit nothing happens, as at Discord.
     *
     * @throws dev.parley.redis.RedisUnavailableException if Redis is away
     */
    public void update(Recipient session, JsonNode data) {
        if (!data.isObject()
                || !limiter.take(Limit.UPDATE_PRESENCE, session.sessionId())
                        .decision()
                        .allowed()) {
            return;
        }
        Change change = store.replace(
                session.userId(), session.sessionId(), before -> before.updated(data, session.bot(), clock.millis()));
        tell(session.userId(), change, () -> guilds.idsOf(session.userId()), own(session));
    }

    /**
     * Somebody is in a guild who was not before: those who are there see whether the newcomer is. Who joins offline needs no
     * word, since everybody is taken for that. Called after the event of the joining is published; never fails.
     */
    public void joined(Snowflake userId, Snowflake guildId) {
        try {
            Presence shown = store.visible(List.of(userId)).getOrDefault(userId, Presence.OFFLINE);
            if (!shown.equals(Presence.OFFLINE)) {
                tell(userId, shown, listening(List.of(guildId), guild -> NOBODY));
            }
        } catch (RuntimeException e) {
            log.warn("Nobody in guild {} hears of the presence of user {}", guildId, userId, e);
        }
    }

    /** A session has been resumed: its presence is kept for longer. Not waited for. */
    public void resumed(Snowflake userId) {
        store.keep(userId).exceptionally(failure -> false);
    }

    /** A client has taken its leave: what its session shows is hidden, and shown again if the client comes back. */
    public void left(Snowflake userId, String sessionId) {
        show(userId, sessionId, false);
    }

    /** A client has come back that had taken its leave. */
    public void cameBack(Snowflake userId, String sessionId) {
        show(userId, sessionId, true);
    }

    private void show(Snowflake userId, String sessionId, boolean shown) {
        Change change = store.replace(userId, sessionId, before -> before.withLeft(!shown));
        tell(userId, change, () -> guilds.idsOf(userId), guildId -> new Listeners(1, 0));
    }

    /**
     * A session has ended and hears of no guild any more. May be called again.
     *
     * @throws dev.parley.redis.RedisUnavailableException if Redis is away
     */
    public void ended(Snowflake userId, String sessionId, List<Snowflake> guildIds) {
        tell(userId, store.remove(userId, sessionId), () -> guildIds, guildId -> NOBODY);
    }

    /**
     * Tells guilds what they see now.
     *
     * @param own what the session itself counts for among a guild's listeners; too little does no harm
     */
    private void tell(
            Snowflake userId, Change change, Supplier<List<Snowflake>> guildIds, Function<Snowflake, Listeners> own) {
        if (!change.visible()) {
            return;
        }
        try {
            tell(userId, change.after(), listening(guildIds.get(), own));
        } catch (RuntimeException e) {
            log.warn("Nobody hears of the presence of user {}", userId, e);
        }
    }

    /** Two sessions that change at once may tell in the wrong order; whoever tells last then corrects it. */
    private void tell(Snowflake userId, Presence first, List<Snowflake> guildIds) {
        Presence shown = first;
        for (int i = 0; i < CORRECTIONS && !guildIds.isEmpty(); i++) {
            publisher.offerAll(events(userId, shown, guildIds));
            Presence now = store.visible(List.of(userId)).getOrDefault(userId, Presence.OFFLINE);
            if (now.equals(shown)) {
                return;
            }
            shown = now;
        }
    }

    /** The guilds in which somebody else has a session that hears of presences, and that are not too large. */
    private List<Snowflake> listening(List<Snowflake> guildIds, Function<Snowflake, Listeners> own) {
        Map<Snowflake, Listeners> listeners = recipients.listenersIn(guildIds);
        List<Snowflake> withOthers = guildIds.stream()
                .filter(guildId -> {
                    Listeners all = listeners.getOrDefault(guildId, NOBODY);
                    Listeners self = own.apply(guildId);
                    return all.all() > self.all() && all.ofPresences() > self.ofPresences();
                })
                .toList();
        return sizes.withPresences(withOthers);
    }

    private static Function<Snowflake, Listeners> own(Recipient session) {
        Listeners counted = new Listeners(1, Intent.GUILD_PRESENCES.in(session.intents()) ? 1 : 0);
        return guildId -> session.covers(guildId) ? counted : NOBODY;
    }

    private List<Event> events(Snowflake userId, Presence presence, List<Snowflake> guildIds) {
        List<Event> events = new ArrayList<>(guildIds.size());
        for (Snowflake guildId : guildIds) {
            ObjectNode data = presence.body(userId);
            data.put("guild_id", guildId.toString());
            events.add(new Event(ids.next(), DispatchType.PRESENCE_UPDATE, new Audience.Guild(guildId, null), data));
        }
        return events;
    }
}
