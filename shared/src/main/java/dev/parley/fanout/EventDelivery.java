package dev.parley.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.guild.GuildSnapshot;
import dev.parley.guild.GuildSnapshots;
import dev.parley.guild.GuildViewer;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Json;
import dev.parley.redis.RedisUnavailableException;
import dev.parley.session.Arrival;
import dev.parley.session.Delivery;
import dev.parley.session.Delivery.Delivered;
import dev.parley.session.Place;
import dev.parley.session.Recipient;
import dev.parley.session.Recipients;
import dev.parley.snowflake.Snowflake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Brings events into the logs of sessions. When a method returns, every session that may see an event has it.
 *
 * <p>Thread-safe.
 */
final class EventDelivery {

    private static final long LONGEST_APPEND_SECONDS = 5;

    private final Recipients recipients;
    private final Visibility visibility;
    private final GuildSnapshots guilds;
    private final Delivery delivery;

    EventDelivery(Recipients recipients, Visibility visibility, GuildSnapshots guilds, Delivery delivery) {
        this.recipients = recipients;
        this.visibility = visibility;
        this.guilds = guilds;
        this.delivery = delivery;
    }

    /** An event and where it stands. */
    record Placed(Event event, Place place) {}

    /** Whether an event can be delivered together with others of its guild. */
    static boolean isPlain(Event event) {
        return event.audience() instanceof Audience.Guild
                || event.audience() instanceof Audience.Privileged
                || event.audience() instanceof Audience.Selected
                || event.audience() instanceof Audience.ChannelChange;
    }

    /**
     * Delivers plain events of one guild: each session gets all of them in one step.
     *
     * @param version the guild's version, read after the events were committed
     * @param sessions some or all of the guild's
     * @return what is being sent
     */
    List<CompletableFuture<Void>> toGuild(List<Placed> events, long version, List<Recipient> sessions) {
        Map<Recipient, List<Arrival>> arrivals = new LinkedHashMap<>(2 * sessions.size());
        for (Placed placed : events) {
            arrive(placed, version, sessions, arrivals);
        }
        return send(arrivals, events.getFirst().event().audience().group());
    }

    /**
     * Delivers an event that changes what a guild's sessions are to hear.
     *
     * @param sessions some or all of the guild's
     * @return what is being sent
     */
    List<CompletableFuture<Void>> toGuild(Event event, Place place, List<Recipient> sessions) {
        return switch (event.audience()) {
            case Audience.GuildGone gone -> {
                List<CompletableFuture<Void>> sending =
                        dispatch(event, place, visibility.withGuilds(sessions), gone.guildId());
                sessions.forEach(session -> recipients.removeFromGuilds(session.sessionId(), List.of(gone.guildId())));
                yield sending;
            }
            case Audience.GuildBack back -> {
                List<CompletableFuture<Void>> sending = new ArrayList<>();
                for (Recipient session : visibility.withGuilds(sessions)) {
                    sending.addAll(introduce(session, back.guildId(), place));
                }
                yield sending;
            }
            case Audience.Guild _,
                    Audience.Privileged _,
                    Audience.Selected _,
                    Audience.ChannelChange _,
                    Audience.User _,
                    Audience.Member _,
                    Audience.Departed _,
                    Audience.SignedOut _,
                    Audience.DirectMessage _ ->
                throw new IllegalArgumentException("Delivered otherwise: " + event.audience());
        };
    }

    private void arrive(Placed placed, long version, List<Recipient> sessions, Map<Recipient, List<Arrival>> arrivals) {
        Event event = placed.event();
        if (event.audience() instanceof Audience.Guild guild) {
            arrive(placed, visibility.ofGuild(event, guild, version, sessions), arrivals);
        } else if (event.audience() instanceof Audience.Privileged privileged) {
            arrive(placed, visibility.ofPrivileged(event, privileged, version, sessions), arrivals);
        } else if (event.audience() instanceof Audience.Selected selected) {
            arrive(placed, visibility.ofSelected(event, selected, version, sessions), arrivals);
        } else if (event.audience() instanceof Audience.ChannelChange change) {
            List<Recipient> interested = visibility.withGuilds(sessions);
            Visibility.Changed changed = visibility.changed(event, change, version, interested);
            String data = Json.text(event.data());
            for (Recipient session : interested) {
                DispatchType type = changed.typeFor(session);
                if (type != null) {
                    arrivals.computeIfAbsent(session, _ -> new ArrayList<>(1))
                            .add(Arrival.of(placed.place(), type, data));
                }
            }
        }
    }

    private static void arrive(Placed placed, List<Recipient> sessions, Map<Recipient, List<Arrival>> arrivals) {
        MessageContent content = new MessageContent(placed.event(), placed.place());
        for (Recipient session : sessions) {
            arrivals.computeIfAbsent(session, _ -> new ArrayList<>(1)).add(content.forRecipient(session));
        }
    }

    /** Delivers an event to a user's own sessions. */
    List<CompletableFuture<Void>> toUser(Event event, Audience.User user, Place place) {
        Snowflake guildId = user.guildId();
        List<Recipient> sessions = recipients.ofUsers(List.of(user.userId())).stream()
                .filter(session -> guildId == null ? session.coversDirectMessages() : session.covers(guildId))
                .toList();
        return dispatch(event, place, sessions, null);
    }

    /** Delivers an event of a direct-message channel. */
    List<CompletableFuture<Void>> toUsers(Event event, Audience.DirectMessage direct, Place place) {
        List<Recipient> candidates = recipients.ofUsers(direct.userIds());
        return dispatch(event, place, visibility.ofDirectMessage(event, direct, candidates), null);
    }

    /** A user has joined: their sessions hear of the guild from now on, beginning with the guild itself. */
    List<CompletableFuture<Void>> admit(Audience.Member member, Place place) {
        List<CompletableFuture<Void>> sending = new ArrayList<>();
        for (Recipient session : recipients.ofUsers(List.of(member.userId()))) {
            if (session.covers(member.guildId())) {
                recipients.addToGuilds(session, List.of(member.guildId()));
                if (!visibility.withGuilds(List.of(session)).isEmpty()) {
                    sending.addAll(introduce(session, member.guildId(), place));
                }
            }
        }
        return sending;
    }

    /** A user is no member any more: their sessions are told, and hear nothing of the guild from now on. */
    List<CompletableFuture<Void>> dismiss(Event event, Audience.Departed departed, Place place) {
        List<Recipient> sessions = recipients.ofUsers(List.of(departed.userId())).stream()
                .filter(session -> session.covers(departed.guildId()))
                .toList();
        sessions.forEach(session -> recipients.removeFromGuilds(session.sessionId(), List.of(departed.guildId())));
        return dispatch(event, place, visibility.withGuilds(sessions), null);
    }

    /** Sends a guild to a session, in the pieces that it comes in. */
    private List<CompletableFuture<Void>> introduce(Recipient session, Snowflake guildId, Place place) {
        // IDENTIFY's threshold is not known here; a client that asked for a higher one asks for the members it misses.
        GuildSnapshot snapshot = guilds.find(
                guildId, new GuildViewer(session.userId(), session.intents(), GuildViewer.DEFAULT_LARGE_THRESHOLD));
        if (snapshot == null) {
            return List.of();
        }
        // The number is noted with the last piece: after a crash before it, only a piece that is not in the log comes
        // again.
        List<JsonNode> pieces = new ArrayList<>();
        pieces.add(snapshot.create());
        pieces.addAll(snapshot.channels());
        int firstThread = pieces.size();
        pieces.addAll(snapshot.threads());
        List<CompletableFuture<Void>> sending = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            boolean last = i == pieces.size() - 1;
            DispatchType later = i < firstThread ? DispatchType.CHANNEL_CREATE : DispatchType.THREAD_CREATE;
            DispatchType type = i == 0 ? DispatchType.GUILD_CREATE : later;
            sending.addAll(send(
                    Map.of(session, List.of(Arrival.of(place.piece(i, last), type, Json.text(pieces.get(i))))),
                    guildId));
        }
        return sending;
    }

    private List<CompletableFuture<Void>> dispatch(
            Event event, Place place, List<Recipient> sessions, @Nullable Snowflake guildId) {
        MessageContent content = new MessageContent(event, place);
        Map<Recipient, List<Arrival>> arrivals = new LinkedHashMap<>(2 * sessions.size());
        for (Recipient session : sessions) {
            arrivals.put(session, List.of(content.forRecipient(session)));
        }
        return send(arrivals, guildId);
    }

    /** Appends to all sessions at once, and waits until each has what came. */
    private List<CompletableFuture<Void>> send(Map<Recipient, List<Arrival>> arrivals, @Nullable Snowflake guildId) {
        Map<Recipient, CompletionStage<Delivered>> appends = new LinkedHashMap<>(2 * arrivals.size());
        arrivals.forEach((session, events) -> appends.put(session, delivery.deliver(session.sessionId(), events)));
        List<CompletableFuture<Void>> sending = new ArrayList<>(arrivals.size());
        appends.forEach((session, stage) -> {
            Delivered delivered = await(stage);
            sending.add(delivered.sending());
            if (!delivered.known()) {
                recipients.remove(
                        session.sessionId(), session.userId(), guildId == null ? List.of() : List.of(guildId));
            }
        });
        return sending;
    }

    private static Delivered await(CompletionStage<Delivered> stage) {
        try {
            return stage.toCompletableFuture().get(LONGEST_APPEND_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new RedisUnavailableException("An event is not in its session's log", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisUnavailableException("Interrupted", e);
        }
    }
}
