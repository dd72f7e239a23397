package dev.parley.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.channel.ChannelVisibility;
import dev.parley.guild.GuildSnapshot;
import dev.parley.guild.Guilds;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Json;
import dev.parley.redis.RedisUnavailableException;
import dev.parley.session.Delivery;
import dev.parley.session.Delivery.Delivered;
import dev.parley.session.Place;
import dev.parley.session.Recipient;
import dev.parley.session.Recipients;
import dev.parley.snowflake.Snowflake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events from the queue to every session that may see them.
 *
 * <p>Thread-safe.
 */
public final class Fanout {

    private static final Logger log = LoggerFactory.getLogger(Fanout.class);

    private final Recipients recipients;
    private final Visibility visibility;
    private final Guilds guilds;
    private final Delivery delivery;
    private final Outbox outbox;
    private final Duration longestSend;

    /**
     * A fan-out.
     *
     * @param longestSend how long a batch waits for what it sends; what is not sent by then stays in the sessions' logs
     */
    public Fanout(
            Recipients recipients,
            ChannelVisibility channels,
            Guilds guilds,
            Delivery delivery,
            Outbox outbox,
            Duration longestSend) {
        this.recipients = recipients;
        this.visibility = new Visibility(channels);
        this.guilds = guilds;
        this.delivery = delivery;
        this.outbox = outbox;
        this.longestSend = longestSend;
    }

    /**
     * An event as the queue gave it.
     *
     * @param messageId the queue's id of the message
     * @param place where it stands in its group; republished if it may be done already
     */
    public record Received(String messageId, Place place, Event event) {}

    /**
     * Delivers a batch in its order. An event counts as done when every session's log has it; its outbox row is then
     * removed.
     *
     * @return the message ids of what must be tried again: after the first failure of a group, the rest of that group
     */
    public List<String> deliver(List<Received> batch) {
        Batch state = new Batch(republishedAndDone(batch));
        List<String> failed = new ArrayList<>();
        Set<String> failedGroups = new HashSet<>();
        for (Received received : batch) {
            if (failedGroups.contains(received.place().group())) {
                failed.add(received.messageId());
                continue;
            }
            try {
                if (!state.done.contains(received.event().id())) {
                    deliver(received, state);
                }
                state.delivered.add(received.event().id());
            } catch (RuntimeException e) {
                log.warn(
                        "Event {} could not be delivered and is tried again",
                        received.event().id(),
                        e);
                failed.add(received.messageId());
                failedGroups.add(received.place().group());
            }
        }
        awaitSending(state.sending);
        removeDelivered(state.delivered);
        return failed;
    }

    /** What one batch has found and done so far. */
    private static final class Batch {
        private final Set<Snowflake> done;
        private final Map<Snowflake, List<Recipient>> ofGuild = new HashMap<>();
        private final List<Snowflake> delivered = new ArrayList<>();
        private final List<CompletableFuture<Void>> sending = new ArrayList<>();

        private Batch(Set<Snowflake> done) {
            this.done = done;
        }
    }

    private void deliver(Received received, Batch state) {
        Event event = received.event();
        switch (event.audience()) {
            case Audience.Guild guild -> {
                // Read once a batch: a session that came after the batch was received is not owed its events.
                List<Recipient> all = state.ofGuild.computeIfAbsent(guild.guildId(), recipients::ofGuild);
                dispatch(received, visibility.filter(event, all), state, guild.guildId());
            }
            case Audience.DirectMessage direct ->
                dispatch(received, visibility.filter(event, recipients.ofUsers(direct.userIds())), state, null);
            case Audience.Member member -> admit(received, member, state);
            case Audience.Departed _, Audience.ChannelChange _, Audience.GuildGone _, Audience.GuildBack _ ->
                throw new IllegalStateException("Nobody publishes it yet: " + event.audience());
        }
    }

    private void dispatch(Received received, List<Recipient> sessions, Batch state, @Nullable Snowflake guildId) {
        MessageContent content = new MessageContent(received.event());
        Map<Recipient, CompletionStage<Delivered>> deliveries = new HashMap<>();
        for (Recipient session : sessions) {
            deliveries.put(
                    session,
                    delivery.deliver(
                            session.sessionId(),
                            received.place(),
                            received.event().type(),
                            content.forRecipient(session)));
        }
        deliveries.forEach((session, stage) -> {
            Delivered delivered = await(stage);
            state.sending.add(delivered.sending());
            if (!delivered.known()) {
                recipients.remove(
                        session.sessionId(), session.userId(), guildId == null ? List.of() : List.of(guildId));
                if (guildId != null) {
                    state.ofGuild.remove(guildId);
                }
            }
        });
    }

    /** A user has joined: their sessions hear of the guild from now on, beginning with the guild itself. */
    private void admit(Received received, Audience.Member member, Batch state) {
        List<Recipient> sessions = recipients.ofUsers(List.of(member.userId()));
        if (sessions.isEmpty()) {
            return;
        }
        sessions.forEach(session -> recipients.addToGuilds(session, List.of(member.guildId())));
        state.ofGuild.remove(member.guildId());
        GuildSnapshot snapshot;
        try {
            snapshot = guilds.snapshot(member.guildId(), member.userId());
        } catch (ApiException leftAlready) {
            return;
        }
        for (Recipient session : visibility.filter(received.event(), sessions)) {
            // The number is noted with the last piece: a crash before it makes the client see the first pieces twice.
            List<JsonNode> pieces = new ArrayList<>();
            pieces.add(snapshot.create());
            pieces.addAll(snapshot.channels());
            for (int i = 0; i < pieces.size(); i++) {
                boolean last = i == pieces.size() - 1;
                Delivered delivered = await(delivery.deliver(
                        session.sessionId(),
                        last ? received.place() : received.place().unnumbered(),
                        i == 0 ? DispatchType.GUILD_CREATE : DispatchType.CHANNEL_CREATE,
                        Json.text(pieces.get(i))));
                state.sending.add(delivered.sending());
            }
        }
    }

    private Set<Snowflake> republishedAndDone(List<Received> batch) {
        Set<Snowflake> republished = new HashSet<>();
        batch.stream()
                .filter(received -> received.place().republished())
                .forEach(received -> republished.add(received.event().id()));
        if (!republished.isEmpty()) {
            outbox.pending(republished).forEach(republished::remove);
        }
        return republished;
    }

    private void removeDelivered(List<Snowflake> delivered) {
        try {
            outbox.remove(delivered);
        } catch (RuntimeException e) {
            // The rows are published again, and the sessions know that they have seen them.
            log.warn("{} outbox rows stay after their delivery", delivered.size(), e);
        }
    }

    private void awaitSending(List<CompletableFuture<Void>> sending) {
        try {
            CompletableFuture.allOf(sending.toArray(CompletableFuture[]::new))
                    .get(longestSend.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn("Some sessions are still being sent to; what is left waits in their logs");
        } catch (ExecutionException e) {
            throw new IllegalStateException("Sending never fails", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Delivered await(CompletionStage<Delivered> stage) {
        try {
            return stage.toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new RedisUnavailableException("An event is not in its session's log", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisUnavailableException("Interrupted", e);
        }
    }
}
