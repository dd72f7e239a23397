package dev.parley.fanout;

import dev.parley.fanout.EventDelivery.Placed;
import dev.parley.protocol.Json;
import dev.parley.redis.Redis;
import dev.parley.session.GuildRecipients;
import dev.parley.session.Place;
import dev.parley.session.Recipient;
import dev.parley.session.Recipients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/**
 * The events of large guilds, part by part through a queue of their own, so that the parts are delivered side by side and
 * each in the guild's order.
 *
 * <p>Thread-safe.
 */
public final class Partitions {

    /** Messages in a batch (SQS developer guide, "Amazon SQS message quotas"). */
    private static final int BATCH = 10;

    /** Below the size of a batch, 256 KiB in older Regions (same page). */
    private static final int BATCH_BYTES = 200 * 1024;

    /** Longer than a message can be under way, dead letters aside. */
    private static final Duration PROGRESS_KEPT = Duration.ofDays(1);

    private final Supplier<SqsClient> sqs;
    private final String queueUrl;
    private final Redis redis;
    private final Recipients recipients;
    private final EventDelivery deliveries;
    private final Outbox outbox;
    private final Duration longestSend;

    Partitions(
            Supplier<SqsClient> sqs,
            String queueUrl,
            Redis redis,
            Recipients recipients,
            EventDelivery deliveries,
            Outbox outbox,
            Duration longestSend) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.redis = redis;
        this.recipients = recipients;
        this.deliveries = deliveries;
        this.outbox = outbox;
        this.longestSend = longestSend;
    }

    /** A partition as the queue gave it. */
    public record Received(String messageId, Place place, Partition partition) {}

    /**
     * Hands an event over for all parts of its guild.
     *
     * @throws IllegalStateException if the queue does not take all of them; those that it took are not taken twice
     */
    void enqueue(Event event, long version, boolean relayed, boolean repeated) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        int bytes = 0;
        for (int number = 0; number < GuildRecipients.PARTITIONS; number++) {
            Partition partition = new Partition(event, number, version, relayed, repeated);
            String body = Json.text(partition);
            int size = body.getBytes(StandardCharsets.UTF_8).length;
            if (entries.size() == BATCH || (bytes + size > BATCH_BYTES && !entries.isEmpty())) {
                send(entries);
                entries.clear();
                bytes = 0;
            }
            bytes += size;
            entries.add(SendMessageBatchRequestEntry.builder()
                    .id(Integer.toString(number))
                    .messageGroupId(partition.group())
                    .messageDeduplicationId(event.id() + "#" + number)
                    .messageBody(body)
                    .messageSystemAttributes(TraceAttribute.current())
                    .build());
        }
        send(entries);
    }

    /**
     * Reads a partition from a message's body.
     *
     * @throws dev.parley.protocol.InvalidJsonException if it is none
     */
    public static Partition decode(String body) {
        return Json.read(body, Partition.class);
    }

    /**
     * Delivers a batch in its order. Whoever delivers the last part of an event of this Region removes it from the
     * outbox.
     *
     * @return the message ids of what must be tried again
     */
    public List<String> deliver(List<Received> batch) {
        FifoBatch messages = new FifoBatch();
        List<Event> complete = new ArrayList<>();
        for (List<Received> run : Runs.of(
                batch,
                received -> received.place().group(),
                received -> EventDelivery.isPlain(received.partition().event()))) {
            boolean done = messages.handle(
                    run.stream().map(Received::messageId).toList(),
                    run.getFirst().place().group(),
                    () -> deliverRun(run));
            if (done) {
                run.stream()
                        .map(Received::partition)
                        .filter(partition -> !partition.event().type().passing() && !partition.relayed())
                        .filter(this::isComplete)
                        .forEach(partition -> complete.add(partition.event()));
            }
        }
        messages.awaitSending(longestSend);
        outbox.removeDelivered(complete);
        return messages.failed();
    }

    private List<CompletableFuture<Void>> deliverRun(List<Received> run) {
        Partition first = run.getFirst().partition();
        Event event = first.event();
        List<Recipient> sessions =
                recipients.ofGuild(event.audience().group(), first.partition()).ofPartition(first.partition());
        if (!EventDelivery.isPlain(event)) {
            return deliveries.toGuild(event, run.getFirst().place(), sessions);
        }
        // The newest version of the run is at least as new as each event needs.
        long version = run.stream()
                .mapToLong(received -> received.partition().version())
                .max()
                .orElseThrow();
        return deliveries.toGuild(
                run.stream()
                        .map(received -> new Placed(received.partition().event(), received.place()))
                        .toList(),
                version,
                sessions);
    }

    /** Notes that a part is delivered; true if no other is left. */
    private boolean isComplete(Partition partition) {
        String key = "event:{" + partition.event().id() + "}:partitions";
        var commands = redis.commands();
        var noted = commands.sadd(key, Integer.toString(partition.partition()));
        var kept = commands.pexpire(key, PROGRESS_KEPT.toMillis());
        var count = commands.scard(key);
        redis.await(noted);
        redis.await(kept);
        boolean complete = redis.await(count) == GuildRecipients.PARTITIONS;
        if (complete) {
            redis.await(commands.del(key));
        }
        return complete;
    }

    private void send(List<SendMessageBatchRequestEntry> entries) {
        List<SendMessageBatchRequestEntry> batch = List.copyOf(entries);
        SendMessageBatchResponse answer =
                sqs.get().sendMessageBatch(request -> request.queueUrl(queueUrl).entries(batch));
        if (!answer.failed().isEmpty()) {
            throw new IllegalStateException("The queue of deliveries did not take "
                    + answer.failed().size() + " messages: "
                    + Objects.requireNonNullElse(answer.failed().getFirst().message(), "no reason given"));
        }
    }
}
