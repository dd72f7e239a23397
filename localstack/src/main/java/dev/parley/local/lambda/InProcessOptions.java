package dev.parley.local.lambda;

import java.time.Duration;

/**
 * What a host that runs functions in this process is given.
 *
 * @param concurrency invocations that run or wait for their turn at the most; beyond, they are throttled
 * @param atOnce invocations of one function that run at once; others wait, and their timeouts begin when they run
 * @param longestWait what waits longer for its turn is throttled when it comes: whoever asked has been refused meanwhile
 * @param async how asynchronous events are kept and retried
 * @param closeWait how long closing waits for invocations that run
 */
public record InProcessOptions(
        int concurrency, int atOnce, Duration longestWait, AsyncPolicy async, Duration closeWait) {

    public InProcessOptions {
        if (concurrency < 1 || atOnce < 1) {
            throw new IllegalArgumentException(
                    "The concurrency is at least 1: " + concurrency + ", " + atOnce + " of one function");
        }
    }

    /**
     * Of one function 32 at once a processor, since most of the time they wait for a store; and in all ten times what
     * an account has by default (Lambda developer guide, "Lambda quotas"), since here most of them would wait, for as long
     * as API Gateway does (API Gateway quotas, "Integration timeout").
     */
    public static InProcessOptions local() {
        return new InProcessOptions(
                10_000,
                32 * Runtime.getRuntime().availableProcessors(),
                Duration.ofSeconds(29),
                AsyncPolicy.local(),
                Duration.ofSeconds(5));
    }
}
