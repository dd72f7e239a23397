package dev.parley.catalog;

import java.time.Duration;
import java.util.List;

/** The schedules of the system. */
public final class Schedules {

    /** Publishes again what was stored but, after a crash, never reached the queue. */
    public static final ScheduleSpec REPUBLISH_OUTBOX = new ScheduleSpec(
            "republish-outbox",
            Duration.ofMinutes(1),
            FunctionSpec.of("fanout.RepublishOutboxFunction", 1024, Duration.ofSeconds(55)));

    /** Removes rows that have served: tokens and nonces that have ended. */
    public static final ScheduleSpec REMOVE_EXPIRED = new ScheduleSpec(
            "remove-expired",
            Duration.ofHours(1),
            FunctionSpec.of("operations.RemoveExpiredFunction", 1024, Duration.ofMinutes(1)));

    private static final List<ScheduleSpec> ALL = List.of(REPUBLISH_OUTBOX, REMOVE_EXPIRED);

    private Schedules() {}

    public static List<ScheduleSpec> all() {
        return ALL;
    }
}
