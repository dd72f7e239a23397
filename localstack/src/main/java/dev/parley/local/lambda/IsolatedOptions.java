package dev.parley.local.lambda;

import java.time.Duration;

/**
 * What a host that runs functions in processes of their own is given.
 *
 * @param perFunction environments of one function at the most
 * @param total environments at the most; beyond, an idle one of another function makes room
 * @param starting environments that start at the same time at the most
 * @param idle how long an environment without events is kept
 * @param closeWait how long closing waits for invocations that run
 * @param async how asynchronous events are kept and retried
 * @param lines takes what the functions print
 * @param meter hears of every invocation
 */
public record IsolatedOptions(
        int perFunction,
        int total,
        int starting,
        Duration idle,
        Duration closeWait,
        AsyncPolicy async,
        LineSink lines,
        InvocationMeter meter) {

    public IsolatedOptions {
        if (perFunction < 1 || total < 1 || starting < 1) {
            throw new IllegalArgumentException("Each limit on environments is at least 1");
        }
    }

    /** 4 environments of a function, 24 in all, 2 starting at once, kept for 5 min. */
    public static IsolatedOptions local(LineSink lines, InvocationMeter meter) {
        return new IsolatedOptions(
                4, 24, 2, Duration.ofMinutes(5), Duration.ofSeconds(5), AsyncPolicy.local(), lines, meter);
    }
}
