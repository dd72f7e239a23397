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

    private static final List<ScheduleSpec> ALL = List.of(REPUBLISH_OUTBOX);

    private Schedules() {}

    public static List<ScheduleSpec> all() {
        return ALL;
    }
}
