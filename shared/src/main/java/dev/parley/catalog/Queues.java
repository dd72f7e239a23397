package dev.parley.catalog;

import java.time.Duration;
import java.util.List;

/** The queues of the system. */
public final class Queues {

    /** Guild and direct-message events on their way to sessions; the message group is the guild or DM channel. */
    public static final QueueSpec EVENTS = new QueueSpec(
            "events.fifo",
            Duration.ofSeconds(180),
            10,
            10,
            FunctionSpec.of("fanout.FanoutFunction", 1769, Duration.ofSeconds(30)));

    /** The events of large guilds, part by part; the message group is the guild and the part. */
    public static final QueueSpec DELIVERIES = new QueueSpec(
            "deliveries.fifo",
            Duration.ofSeconds(180),
            10,
            10,
            FunctionSpec.of("fanout.DeliverFunction", 1769, Duration.ofSeconds(30)));

    /**
     * Events on their way to the other Region, fed by the fan-out; the message group is that of the events. What the other
     * Region does not take waits here and nowhere else: SQS allows 1,000 receives (SQS API reference, "RedrivePolicy"), so a
     * Region may be away for 16 hours before its events move to the dead-letter queue.
     */
    public static final QueueSpec RELAY = new QueueSpec(
            "relay.fifo",
            Duration.ofSeconds(60),
            1_000,
            10,
            FunctionSpec.of("fanout.RelayFunction", 1024, Duration.ofSeconds(10)));

    private static final List<QueueSpec> ALL = List.of(EVENTS, DELIVERIES);

    private static final List<QueueSpec> JOINED = List.of(EVENTS, DELIVERIES, RELAY);

    private Queues() {}

    /** The queues of a system in one Region. */
    public static List<QueueSpec> all() {
        return ALL;
    }

    /** The queues in each Region of a system. */
    public static List<QueueSpec> of(Regions regions) {
        return regions == Regions.TWO ? JOINED : ALL;
    }
}
