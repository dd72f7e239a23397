package dev.parley.local.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** A fault that is set and not yet over. Guarded by the switches that own it. */
final class ActiveFault {

    private final Fault fault;
    private final Extent extent;
    private final Duration delay;
    private final long endMillis;
    private int left;

    /** @param nowMillis when it is set */
    ActiveFault(Fault fault, Extent extent, Duration delay, long nowMillis) {
        this.fault = fault;
        this.extent = extent;
        this.delay = delay;
        switch (extent) {
            case Extent.Next next -> {
                left = next.count();
                endMillis = Long.MAX_VALUE;
            }
            case Extent.Rate rate -> endMillis = nowMillis + rate.length().toMillis();
        }
    }

    Fault fault() {
        return fault;
    }

    Duration delay() {
        return delay;
    }

    boolean isOver(long nowMillis) {
        return nowMillis >= endMillis || (extent instanceof Extent.Next && left == 0);
    }

    /** Whether an event gets it. It must not be over. */
    boolean fires(RandomGenerator random) {
        return switch (extent) {
            case Extent.Next _ -> {
                left--;
                yield true;
            }
            case Extent.Rate rate -> random.nextDouble() < rate.share();
        };
    }

    ObjectNode json(long nowMillis) {
        ObjectNode json = Json.object();
        json.put("fault", fault.part());
        json.put("effect", fault.effect());
        switch (extent) {
            case Extent.Next _ -> json.put("next", left);
            case Extent.Rate rate -> {
                json.put("rate", rate.share());
                json.put("seconds", Math.ceilDiv(endMillis - nowMillis, 1000L));
            }
        }
        if (fault.delays()) {
            json.put("delay_ms", delay.toMillis());
        }
        return json;
    }
}
