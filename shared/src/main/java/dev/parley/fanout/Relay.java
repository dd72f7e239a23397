package dev.parley.fanout;

import dev.parley.fanout.RelayedEvents.Relayed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Brings events from the relay's queue to the queue of events of the other Region, in the order of each group. While the
 * other Region is away they wait in the relay's queue, where nothing else does.
 *
 * <p>Thread-safe.
 */
public final class Relay {

    /** By then a client has long taken back who is typing; events that must not be lost wait for as long as it takes. */
    private static final Duration PASSED = Duration.ofMinutes(1);

    private final GroupSender sender;
    private final Clock clock;

    /**
     * A relay.
     *
     * @param targetUrl the other Region's queue of events
     */
    public Relay(Supplier<SqsClient> sqs, String targetUrl, Clock clock) {
        sender = new GroupSender(sqs, targetUrl);
        this.clock = clock;
    }

    /**
     * A message as the queue gave it.
     *
     * @param messageId the queue's id of the message
     * @param repeated whether the message was received before
     */
    public record Received(String messageId, String group, boolean repeated, RelayedEvents events) {}

    /**
     * Passes a batch on.
     *
     * @return the message ids of what must be tried again: after the first failure of a group, the rest of that group
     */
    public List<String> forward(List<Received> batch) {
        Instant passed = clock.instant().minus(PASSED);
        Map<String, List<Relayed>> groups = new LinkedHashMap<>();
        Map<Received, Integer> ends = new LinkedHashMap<>();
        for (Received received : batch) {
            List<Relayed> events = groups.computeIfAbsent(received.group(), _ -> new ArrayList<>());
            for (Relayed relayed : received.events().events()) {
                Event event = relayed.event();
                if (!event.type().passing() || event.id().timestamp().isAfter(passed)) {
                    events.add(new Relayed(event, relayed.repeated() || received.repeated()));
                }
            }
            ends.put(received, events.size());
        }
        Map<String, Integer> taken = sender.send(groups);
        Set<String> failed = new LinkedHashSet<>();
        ends.forEach((received, end) -> {
            if (taken.getOrDefault(received.group(), 0) < end) {
                failed.add(received.messageId());
            }
        });
        return List.copyOf(failed);
    }
}
