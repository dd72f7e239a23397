package dev.parley.fanout;

import dev.parley.attachment.AttachmentLinks;
import dev.parley.channel.ChannelVisibility;
import dev.parley.channel.NewestMessages;
import dev.parley.fanout.EventDelivery.Placed;
import dev.parley.fanout.RelayedEvents.Relayed;
import dev.parley.guild.GuildSnapshots;
import dev.parley.protocol.DispatchType;
import dev.parley.redis.Redis;
import dev.parley.session.Delivery;
import dev.parley.session.GuildRecipients;
import dev.parley.session.Place;
import dev.parley.session.Recipients;
import dev.parley.shard.ContentDatabase;
import dev.parley.shard.LogicalShard;
import dev.parley.snowflake.Snowflake;
import dev.parley.telemetry.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Brings events from the queue to every session that may see them: of a small guild here, of a large one part by part
 * through {@link Partitions}.
 *
 * <p>Thread-safe.
 */
public final class Fanout {

    private static final Logger log = LoggerFactory.getLogger(Fanout.class);

    private final Recipients recipients;
    private final ChannelVisibility channels;
    private final EventDelivery deliveries;
    private final Partitions partitions;
    private final Outbox outbox;
    private final ContentDatabase content;
    private final NewestMessages newestMessages;
    private final AttachmentLinks links;
    private final BiConsumer<Snowflake, List<String>> signOut;
    private final Duration longestSend;
    private final @Nullable GroupSender relay;

    /**
     * A fan-out.
     *
     * @param deliveriesQueueUrl the queue that large guilds' events go through
     * @param relayQueueUrl the queue that events for the other Region go through; empty if there is no other
     * @param links gives the files of messages their links
     * @param signOut ends the sessions of a user that were begun with tokens of these digests, here; may fail, and is asked again
     * @param longestSend how long a batch waits for what it sends; what is not sent by then stays in the sessions' logs
     */
    public Fanout(
            Redis redis,
            Supplier<SqsClient> sqs,
            String deliveriesQueueUrl,
            String relayQueueUrl,
            Recipients recipients,
            ChannelVisibility channels,
            GuildSnapshots guilds,
            Delivery delivery,
            Outbox outbox,
            ContentDatabase content,
            AttachmentLinks links,
            BiConsumer<Snowflake, List<String>> signOut,
            Duration longestSend) {
        this.recipients = recipients;
        this.channels = channels;
        this.deliveries = new EventDelivery(recipients, new Visibility(channels), guilds, delivery);
        this.partitions = new Partitions(sqs, deliveriesQueueUrl, redis, recipients, deliveries, outbox, longestSend);
        this.outbox = outbox;
        this.content = content;
        this.newestMessages = new NewestMessages(content);
        this.links = links;
        this.signOut = signOut;
        this.longestSend = longestSend;
        this.relay = relayQueueUrl.isEmpty() ? null : new GroupSender(sqs, relayQueueUrl);
    }

    /** What delivers the events of large guilds. */
    public Partitions partitions() {
        return partitions;
    }

    /**
     * An event as the queue gave it.
     *
     * @param messageId the queue's id of the message
     * @param place where it stands in its group; repeated if it may be done already
     * @param relayed whether it comes from another Region, which has its row in the outbox
     * @param trace the tracing header that the message came with; null for none
     */
    public record Received(
            String messageId,
            Place place,
            Event event,
            boolean relayed,
            @Nullable String trace) {}

    /**
     * Delivers a batch in its order. An event counts as done when every session's log has it, and the queue to the other
     * Region; its outbox row is then removed. An event from the other Region has none that is this one's to remove.
     *
     * @return the message ids of what must be tried again: after the first failure of a group, the rest of that group
     */
    public List<String> deliver(List<Received> batch) {
        batch.forEach(received -> links.sign(received.event().data()));
        Set<Snowflake> done = repeatedAndDone(batch);
        Pass pass = new Pass(channels.versions(guilds(batch)));
        FifoBatch messages = new FifoBatch();
        List<Received> handled = new ArrayList<>();
        Set<Snowflake> seen = new HashSet<>();
        for (List<Received> run : Runs.of(
                batch, received -> received.place().group(), received -> EventDelivery.isPlain(received.event()))) {
            List<Received> due = run.stream()
                    .filter(received -> !done.contains(received.event().id()))
                    .filter(received -> seen.add(received.event().id()))
                    .toList();
            boolean successful = messages.handle(
                    run.stream().map(Received::messageId).toList(),
                    run.getFirst().place().group(),
                    () -> due.isEmpty() ? List.of() : deliver(due, pass));
            if (successful) {
                run.stream().filter(received -> !received.relayed()).forEach(handled::add);
            }
        }
        List<Event> complete = passOn(handled, messages).stream()
                .map(Received::event)
                .filter(event -> !event.type().passing() && !pass.handedOver.contains(event.id()))
                .toList();
        messages.awaitSending(longestSend);
        noteNewest(batch);
        outbox.removeDelivered(complete);
        return messages.failed();
    }

    /** Of channels whose messages are not with the directory, it learns here which is the newest. */
    private void noteNewest(List<Received> batch) {
        if (content.clusters().single()) {
            return;
        }
        Map<Snowflake, Snowflake> newest = new HashMap<>();
        for (Received received : batch) {
            Event event = received.event();
            // What comes from the other Region was noted there.
            if (!received.relayed()
                    && event.type() == DispatchType.MESSAGE_CREATE
                    && !content.isWithDirectory(
                            LogicalShard.ofGroup(event.audience().group()))) {
                newest.merge(
                        Snowflake.parse(event.data().path("channel_id").asText()),
                        Snowflake.parse(event.data().path("id").asText()),
                        (one, other) -> one.value() > other.value() ? one : other);
            }
        }
        try {
            newestMessages.note(newest);
        } catch (RuntimeException e) {
            log.warn("The newest messages of {} channels are not noted; the next message does it", newest.size(), e);
        }
    }

    /**
     * Passes on to the other Region what was delivered here, in its order, while the frames are on their way. All of it, also
     * what was done before: whoever did it may have died before this.
     *
     * @return what the other Region will have, too
     */
    private List<Received> passOn(List<Received> handled, FifoBatch messages) {
        GroupSender sender = relay;
        if (sender == null) {
            return handled;
        }
        Map<String, List<Relayed>> groups = new LinkedHashMap<>();
        handled.forEach(received -> groups.computeIfAbsent(received.place().group(), _ -> new ArrayList<>())
                .add(new Relayed(received.event(), received.place().repeated())));
        Map<String, Integer> taken = new HashMap<>(sender.send(groups));
        List<Received> passed = new ArrayList<>(handled.size());
        for (Received received : handled) {
            String group = received.place().group();
            if (taken.merge(group, -1, Integer::sum) >= 0) {
                passed.add(received);
            } else {
                messages.fail(received.messageId(), group);
            }
        }
        return passed;
    }

    /** What one batch has found and done so far. */
    private static final class Pass {

        /** Read after the events were received, and so after they were committed. */
        private final Map<Snowflake, Long> versions;

        /** Read once a batch: a session that came after the batch was received is not owed its events. */
        private final Map<Snowflake, GuildRecipients> ofGuild = new HashMap<>();

        /** Events that others deliver now. */
        private final Set<Snowflake> handedOver = new HashSet<>();

        private Pass(Map<Snowflake, Long> versions) {
            this.versions = versions;
        }
    }

    private List<CompletableFuture<Void>> deliver(List<Received> run, Pass pass) {
        Event event = run.getFirst().event();
        Place place = run.getFirst().place();
        return switch (event.audience()) {
            case Audience.User user -> deliveries.toUser(event, user, place);
            case Audience.DirectMessage direct -> deliveries.toUsers(event, direct, place);
            case Audience.Member member -> {
                pass.ofGuild.remove(member.guildId());
                yield deliveries.admit(member, place);
            }
            case Audience.Departed departed -> {
                pass.ofGuild.remove(departed.guildId());
                yield deliveries.dismiss(event, departed, place);
            }
            case Audience.SignedOut signedOut -> {
                signOut.accept(signedOut.userId(), signedOut.digests());
                yield List.of();
            }
            case Audience.Guild _,
                    Audience.Privileged _,
                    Audience.Selected _,
                    Audience.ChannelChange _,
                    Audience.GuildGone _,
                    Audience.GuildBack _ -> toGuild(run, pass);
        };
    }

    private List<CompletableFuture<Void>> toGuild(List<Received> run, Pass pass) {
        Event event = run.getFirst().event();
        Snowflake guildId = event.audience().group();
        GuildRecipients all = pass.ofGuild.computeIfAbsent(guildId, recipients::ofGuild);
        long version = pass.versions.getOrDefault(guildId, 0L);
        if (all.large()) {
            for (Received received : run) {
                Trace.within(
                        received.trace(),
                        () -> partitions.enqueue(
                                received.event(),
                                version,
                                received.relayed(),
                                received.place().repeated()));
                pass.handedOver.add(received.event().id());
            }
            return List.of();
        }
        return EventDelivery.isPlain(event)
                ? deliveries.toGuild(
                        run.stream()
                                .map(received -> new Placed(received.event(), received.place()))
                                .toList(),
                        version,
                        all.all())
                : deliveries.toGuild(event, run.getFirst().place(), all.all());
    }

    private static Set<Snowflake> guilds(List<Received> batch) {
        Set<Snowflake> guildIds = new HashSet<>();
        for (Received received : batch) {
            Audience audience = received.event().audience();
            if (!(audience instanceof Audience.DirectMessage
                    || audience instanceof Audience.User
                    || audience instanceof Audience.SignedOut)) {
                guildIds.add(audience.group());
            }
        }
        return guildIds;
    }

    /** Events that came before, and of which no outbox row is left: every session has them. */
    private Set<Snowflake> repeatedAndDone(List<Received> batch) {
        Set<Snowflake> repeated = new HashSet<>();
        batch.stream()
                .filter(received -> received.place().repeated() && !received.relayed())
                .forEach(received -> repeated.add(received.event().id()));
        if (!repeated.isEmpty()) {
            outbox.pending(repeated).forEach(repeated::remove);
        }
        return repeated;
    }
}
