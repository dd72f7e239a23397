package dev.parley.local.lambda;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;

/** Begins traces, as API Gateway and Lambda do. Nothing here collects them: they are never sampled. */
public final class LocalTrace {

    private LocalTrace() {}

    /** The header of a new trace (AWS X-Ray developer guide, "Tracing header"). */
    public static String begin(Clock clock) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "Root=1-%08x-%08x%016x;Parent=%016x;Sampled=0"
                .formatted(
                        clock.millis() / 1000 & 0xffff_ffffL, random.nextInt(), random.nextLong(), random.nextLong());
    }
}
