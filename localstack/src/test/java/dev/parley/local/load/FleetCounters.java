package dev.parley.local.load;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What happens to a fleet, counted.
 *
 * <p>Thread-safe.
 */
final class FleetCounters {

    /** Sessions that are ready now. */
    final AtomicInteger ready = new AtomicInteger();

    /** Messages that came to a session for the first time. */
    final LongAdder deliveries = new LongAdder();

    /** Connections that were opened. */
    final LongAdder opened = new LongAdder();

    /** Connections that could not be opened, or were refused. */
    final LongAdder refused = new LongAdder();

    /** Connections that ended without the client's doing. */
    final LongAdder ended = new LongAdder();

    final LongAdder identified = new LongAdder();
    final LongAdder resumed = new LongAdder();

    /** Op 7. */
    final LongAdder reconnectRequests = new LongAdder();

    /** Op 9 with {@code d: false} for a session that was ready, where that may happen. */
    final LongAdder endedSessions = new LongAdder();

    /** Op 9 with {@code d: true}. */
    final LongAdder resumableInvalidations = new LongAdder();

    /** Connections given up because a heartbeat was not answered. */
    final LongAdder silent = new LongAdder();

    /** Connections given up because READY, RESUMED or HELLO did not come in time. */
    final LongAdder timeouts = new LongAdder();

    /** Frames that are no gateway payload: API Gateway's own errors. */
    final LongAdder foreignFrames = new LongAdder();
}
