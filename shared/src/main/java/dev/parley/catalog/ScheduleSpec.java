package dev.parley.catalog;

import java.time.Duration;

/**
 * One function that runs by the clock.
 *
 * @param name the schedule's name
 * @param rate the time between two runs, a whole number of minutes (EventBridge Scheduler has no finer rate)
 * @param slices how many invocations share a run; each gets {@code {"slice": 0 to slices - 1, "slices": slices}}
 * @param function what runs
 */
public record ScheduleSpec(String name, Duration rate, int slices, FunctionSpec function) {

    /** A function that does a run's work in one invocation. */
    public ScheduleSpec(String name, Duration rate, FunctionSpec function) {
        this(name, rate, 1, function);
    }
}
