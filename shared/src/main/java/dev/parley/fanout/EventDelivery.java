package dev.parley.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.guild.GuildSnapshot;
import dev.parley.guild.GuildSnapshots;
import dev.parley.guild.GuildViewer;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Json;
import dev.parley.redis.RedisUnavailableException;
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
 * Brings one event into the logs of sessions. When a method returns, every session that may see the event has it.
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

    /**
     * Delivers an event of a guild.
     *
     * @param version the guild's version, read after the event was committed
     * @param sessions some or all of the guild's
     * @return what is being sent
     */
    List<CompletableFuture<Void>> toGuild(Event event, Place place, long version, List<Recipient> sessions) {
        return switch (event.audience()) {
            case Audience.Guild guild ->
                dispatch(event, place, visibility.ofGuild(event, guild, version, sessions), guild.guildId());
            case Audience.ChannelChange change -> {
                List<Recipient> interested = visibility.withGuilds(sessions);
                Visibility.Changed changed = visibility.changed(event, change, version, interested);
                String data = Json.text(event.data());
                List<Outgoing> outgoing = new ArrayList<>();
                for (Recipient session : interested) {
                    DispatchType type = changed.typeFor(session);
                    if (type != null) {
                        outgoing.add(new Outgoing(session, type, data));
                    }
                }
                yield send(outgoing, place, change.guildId());
            }
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
            case Audience.Member _, Audience.Departed _, Audience.DirectMessage _ ->
                throw new IllegalArgumentException("Not for a guild's sessions: " + event.audience());
        };
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
        List<CompletableFuture<Void>> sending = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            boolean last = i == pieces.size() - 1;
            DispatchType type = i == 0 ? DispatchType.GUILD_CREATE : DispatchType.CHANNEL_CREATE;
            sending.addAll(send(
                    List.of(new Outgoing(session, type, Json.text(pieces.get(i)))), place.piece(i, last), guildId));
        }
        return sending;
    }

    private record Outgoing(Recipient session, DispatchType type, String data) {}

    private List<CompletableFuture<Void>> dispatch(
            Event event, Place place, List<Recipient> sessions, @Nullable Snowflake guildId) {
        MessageContent content = new MessageContent(event);
        List<Outgoing> outgoing = new ArrayList<>(sessions.size());
        for (Recipient session : sessions) {
            outgoing.add(new Outgoing(session, event.type(), content.forRecipient(session)));
        }
        return send(outgoing, place, guildId);
    }

    /** Appends to all sessions at once, and waits until each has it. */
    private List<CompletableFuture<Void>> send(List<Outgoing> outgoing, Place place, @Nullable Snowflake guildId) {
        Map<Recipient, CompletionStage<Delivered>> appends = new LinkedHashMap<>(2 * outgoing.size());
        for (Outgoing out : outgoing) {
            appends.put(out.session(), delivery.deliver(out.session().sessionId(), place, out.type(), out.data()));
        }
        List<CompletableFuture<Void>> sending = new ArrayList<>(outgoing.size());
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
