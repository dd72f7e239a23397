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

    private static final List<QueueSpec> ALL = List.of(EVENTS, DELIVERIES);

    private Queues() {}

    public static List<QueueSpec> all() {
        return ALL;
    }
}
