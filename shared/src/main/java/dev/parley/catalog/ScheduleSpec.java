package dev.parley.catalog;

import java.time.Duration;

/**
 * One function that runs by the clock.
 *
 * @param name the schedule's name
 * @param rate the time between two runs, a whole number of minutes (EventBridge Scheduler has no finer rate)
 * @param slices how many invocations share a run; each gets {@code {"slice": 0 to slices - 1, "slices": slices}}
 * @param perRegion whether it looks after what each Region has for itself, and so runs in all of them; what looks after
 *     what all share runs in one
 * @param function what runs
 */
public record ScheduleSpec(String name, Duration rate, int slices, boolean perRegion, FunctionSpec function) {

    /** A function that does a run's work in one invocation, for all Regions. */
    public ScheduleSpec(String name, Duration rate, FunctionSpec function) {
        this(name, rate, 1, false, function);
    }
}
