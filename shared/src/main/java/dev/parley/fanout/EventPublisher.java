package dev.parley.fanout;

import dev.parley.snowflake.Snowflake;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * Puts stored events on the queue, in the order given. An event that cannot be put there stays in the outbox, from where
 * it is published again; so publishing never fails a request whose data is stored.
 *
 * <p>Thread-safe.
 */
public final class EventPublisher {

    /** Marks a message that the outbox published again: its event may have been fanned out already. */
    public static final String REPUBLISHED = "republished";

    private static final Logger log = LoggerFactory.getLogger(EventPublisher.class);

    /** Messages in a batch (SQS developer guide, "Amazon SQS message quotas"). */
    private static final int BATCH = 10;

    /** Below the size of a batch, 256 KiB in older Regions (same page). */
    private static final int BATCH_BYTES = 200 * 1024;

    private final Supplier<SqsClient> sqs;
    private final String queueUrl;
    private final Consumer<Set<Snowflake>> written;

    public EventPublisher(Supplier<SqsClient> sqs, String queueUrl) {
        this(sqs, queueUrl, places -> {});
    }

    /** @param written hears where something was committed, before anybody else does */
    public EventPublisher(Supplier<SqsClient> sqs, String queueUrl, Consumer<Set<Snowflake>> written) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.written = written;
    }

    /** Publishes events whose transaction has committed. */
    public void publish(List<Event> events) {
        if (!events.isEmpty()) {
            written.accept(EventPlaces.of(events));
        }
        for (Event event : events) {
            if (!send(event, false)) {
                return; // what follows must not overtake it
            }
        }
    }

    /** Publishes one event whose transaction has committed. */
    public void publish(Event event) {
        publish(List.of(event));
    }

    /** Publishes an event that is stored nowhere; if the queue does not take it, nobody hears of it. */
    public void offer(Event event) {
        requirePassing(event);
        send(event, false);
    }

    /** As {@link #offer}, ten at once. */
    public void offerAll(List<Event> events) {
        List<SendMessageBatchRequestEntry> batch = new ArrayList<>();
        int bytes = 0;
        for (Event event : events) {
            requirePassing(event);
            String body = Outbox.encode(event);
            int size = body.getBytes(StandardCharsets.UTF_8).length;
            if (batch.size() == BATCH || (bytes + size > BATCH_BYTES && !batch.isEmpty())) {
                offerBatch(batch);
                batch.clear();
                bytes = 0;
            }
            bytes += size;
            batch.add(SendMessageBatchRequestEntry.builder()
                    .id(Integer.toString(batch.size()))
                    .messageGroupId(event.audience().group().toString())
                    .messageDeduplicationId(event.id().toString())
                    .messageBody(body)
                    .messageSystemAttributes(TraceAttribute.current())
                    .build());
        }
        if (!batch.isEmpty()) {
            offerBatch(batch);
        }
    }

    /**
     * Publishes an event again that the outbox still holds.
     *
     * @return whether the queue has it
     */
    public boolean republish(Event event) {
        // What belongs to a transaction of another cluster may have been committed long after it was published first.
        written.accept(EventPlaces.of(List.of(event)));
        return send(event, true);
    }

    /**
     * Loads what publishes, before a snapshot is taken: the queue is asked to take what it has to refuse, a message without a
     * group (SQS API reference, "SendMessage", {@code MessageGroupId}). Nothing is published.
     */
    public void prime() {
        try {
            sqs.get()
                    .sendMessage(request -> request.queueUrl(queueUrl)
                            .messageDeduplicationId("prime")
                            .messageBody("{}")
                            .messageSystemAttributes(TraceAttribute.current()));
        } catch (SdkException refused) {
            log.debug("As expected, the queue took nothing", refused);
        }
    }

    private static void requirePassing(Event event) {
        if (!event.type().passing()) {
            throw new IllegalArgumentException(event.type() + " must not be lost: it goes through the outbox");
        }
    }

    private void offerBatch(List<SendMessageBatchRequestEntry> entries) {
        List<SendMessageBatchRequestEntry> batch = List.copyOf(entries);
        try {
            int failed = sqs.get()
                    .sendMessageBatch(request -> request.queueUrl(queueUrl).entries(batch))
                    .failed()
                    .size();
            if (failed > 0) {
                log.warn("{} of {} events that pass are lost: the queue did not take them", failed, batch.size());
            }
        } catch (SdkException e) {
            log.warn("{} events that pass are lost: the queue did not take them", batch.size(), e);
        }
    }

    private boolean send(Event event, boolean again) {
        SendMessageRequest.Builder request = SendMessageRequest.builder()
                .queueUrl(queueUrl)
                .messageGroupId(event.audience().group().toString())
                .messageDeduplicationId(event.id().toString())
                .messageBody(Outbox.encode(event))
                .messageSystemAttributes(TraceAttribute.current());
        if (again) {
            request.messageAttributes(Map.of(
                    REPUBLISHED,
                    MessageAttributeValue.builder()
                            .dataType("String")
                            .stringValue("true")
                            .build()));
        }
        try {
            sqs.get().sendMessage(request.build());
            return true;
        } catch (SdkException e) {
            log.warn("Event {} stays in the outbox: the queue did not take it", event.id(), e);
            return false;
        }
    }
}
