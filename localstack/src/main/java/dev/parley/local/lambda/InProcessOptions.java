package dev.parley.local.lambda;

import java.time.Duration;

/**
 * What a host that runs functions in this process is given.
 *
 * @param concurrency invocations that run at once at the most; beyond, they are throttled
 * @param async how asynchronous events are kept and retried
 * @param closeWait how long closing waits for invocations that run
 */
public record InProcessOptions(int concurrency, AsyncPolicy async, Duration closeWait) {

    public InProcessOptions {
        if (concurrency < 1) {
            throw new IllegalArgumentException("The concurrency is at least 1: " + concurrency);
        }
    }

    /** 1,000 invocations at once, the account's default (Lambda developer guide, "Lambda quotas"). */
    public static InProcessOptions local() {
        return new InProcessOptions(1_000, AsyncPolicy.local(), Duration.ofSeconds(5));
    }
}
