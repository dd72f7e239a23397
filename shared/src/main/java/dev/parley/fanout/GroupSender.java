package dev.parley.fanout;

import dev.parley.digest.Sha256;
import dev.parley.fanout.RelayedEvents.Relayed;
import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/**
 * Sends events to a FIFO queue so that those of a group arrive in their order, whatever fails. A batch has one message of a
 * group at the most: each entry of a batch succeeds or fails for itself (SQS API reference, "SendMessageBatch"), so that
 * otherwise an event could get in while the one before it does not.
 *
 * <p>Thread-safe.
 */
final class GroupSender {

    private static final Logger log = LoggerFactory.getLogger(GroupSender.class);

    /** Messages in a batch (SQS developer guide, "Amazon SQS message quotas"). */
    private static final int BATCH = 10;

    /** Below the size of a message and of a batch, 256 KiB in older Regions (same page). */
    private static final int BATCH_BYTES = 200 * 1024;

    private static final MessageAttributeValue MARK = MessageAttributeValue.builder()
            .dataType("String")
            .stringValue("true")
            .build();

    private final Supplier<SqsClient> sqs;
    private final String queueUrl;

    GroupSender(Supplier<SqsClient> sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    /** A message of a group. */
    private record Part(String group, List<Relayed> events, String body, int bytes) {

        static Part of(String group, List<Relayed> events) {
            String body = new RelayedEvents(events).encode();
            return new Part(group, events, body, body.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    /**
     * Sends events. What was sent within the last 5 minutes in the same company is not taken twice.
     *
     * @param groups the events of each group in their order
     * @return how many of each group's events, from the first one on, the queue has; a group of which it has none may be
     *     missing
     */
    Map<String, Integer> send(Map<String, List<Relayed>> groups) {
        List<Deque<Part>> waiting = new ArrayList<>();
        groups.forEach((group, events) -> waiting.add(parts(group, events)));
        Map<String, Integer> taken = new HashMap<>();
        while (waiting.removeIf(Deque::isEmpty) || !waiting.isEmpty()) {
            List<Deque<Part>> batch = nextBatch(waiting);
            SendMessageBatchResponse answer;
            try {
                List<SendMessageBatchRequestEntry> entries = entries(batch);
                answer = sqs.get()
                        .sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries));
            } catch (SdkException e) {
                log.warn("A queue does not take the events of {} groups", waiting.size(), e);
                return taken;
            }
            answer.successful().forEach(entry -> {
                Part part = batch.get(Integer.parseInt(entry.id())).remove();
                taken.merge(part.group(), part.events().size(), Integer::sum);
            });
            answer.failed().forEach(entry -> {
                Deque<Part> refused = batch.get(Integer.parseInt(entry.id()));
                log.warn(
                        "A queue does not take events of group {}: {}",
                        refused.element().group(),
                        entry.message());
                refused.clear();
            });
        }
        return taken;
    }

    /** The groups whose next messages fit into one batch. */
    private static List<Deque<Part>> nextBatch(List<Deque<Part>> waiting) {
        List<Deque<Part>> batch = new ArrayList<>();
        int bytes = 0;
        for (Deque<Part> group : waiting) {
            bytes += group.element().bytes();
            if (batch.size() == BATCH || (bytes > BATCH_BYTES && !batch.isEmpty())) {
                break;
            }
            batch.add(group);
        }
        return batch;
    }

    private static List<SendMessageBatchRequestEntry> entries(List<Deque<Part>> batch) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>(batch.size());
        for (Deque<Part> group : batch) {
            Part part = group.element();
            entries.add(SendMessageBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .messageGroupId(part.group())
                    .messageDeduplicationId(deduplicationId(part.events()))
                    .messageBody(part.body())
                    .messageAttributes(Map.of(RelayedEvents.ATTRIBUTE, MARK))
                    .build());
        }
        return entries;
    }

    private static Deque<Part> parts(String group, List<Relayed> events) {
        Deque<Part> parts = new ArrayDeque<>();
        List<Relayed> part = new ArrayList<>();
        int bytes = 0;
        for (Relayed next : events) {
            int size = Json.bytes(next).length + 1; // a comma
            if (!part.isEmpty() && (part.size() == RelayedEvents.MOST || bytes + size > BATCH_BYTES)) {
                parts.add(Part.of(group, part));
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(next);
            bytes += size;
        }
        if (!part.isEmpty()) {
            parts.add(Part.of(group, part));
        }
        return parts;
    }

    /** The same for the same events in the same order. */
    private static String deduplicationId(List<Relayed> events) {
        String ids =
                events.stream().map(relayed -> relayed.event().id().toString()).collect(Collectors.joining(","));
        return Sha256.hex(ids);
    }
}
