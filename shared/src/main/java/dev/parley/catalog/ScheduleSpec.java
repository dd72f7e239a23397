package dev.parley.catalog;

import java.time.Duration;

/**
 * One function that runs by the clock.
 *
 * @param name the schedule's name
 * @param rate the time between two runs, a whole number of minutes (EventBridge Scheduler has no finer rate)
 * @param function what runs
 */
public record ScheduleSpec(String name, Duration rate, FunctionSpec function) {}
