package dev.parley.local.bill;

import java.util.Optional;

/**
 * What AWS would have metered, in the units that it bills.
 *
 * @param websocketMessages in and out, one for each 32 KB or a part of them
 * @param connectionMinutes of all WebSocket connections together
 * @param httpRequests to the HTTP API, one for each 512 KB or a part of them
 * @param invocations of functions
 * @param gigabyteSeconds of functions: memory as the catalog gives it, times as they ran here
 * @param queueRequests to SQS, one for each 64 KB or a part of them
 * @param bytesOut to clients, by frame and by answer
 */
public record Consumption(
        long websocketMessages,
        double connectionMinutes,
        long httpRequests,
        long invocations,
        double gigabyteSeconds,
        long queueRequests,
        long bytesOut) {

    /** Nothing yet. */
    public static final Consumption NOTHING = new Consumption(0, 0, 0, 0, 0, 0, 0);

    /** Both together. */
    public Consumption plus(Consumption other) {
        return new Consumption(
                websocketMessages + other.websocketMessages,
                connectionMinutes + other.connectionMinutes,
                httpRequests + other.httpRequests,
                invocations + other.invocations,
                gigabyteSeconds + other.gigabyteSeconds,
                queueRequests + other.queueRequests,
                bytesOut + other.bytesOut);
    }

    /** What has come since an earlier moment; empty if something has become less, as when the system was started again. */
    public Optional<Consumption> since(Consumption earlier) {
        Consumption more = new Consumption(
                websocketMessages - earlier.websocketMessages,
                connectionMinutes - earlier.connectionMinutes,
                httpRequests - earlier.httpRequests,
                invocations - earlier.invocations,
                gigabyteSeconds - earlier.gigabyteSeconds,
                queueRequests - earlier.queueRequests,
                bytesOut - earlier.bytesOut);
        boolean grown = more.websocketMessages >= 0
                && more.connectionMinutes >= 0
                && more.httpRequests >= 0
                && more.invocations >= 0
                && more.gigabyteSeconds >= 0
                && more.queueRequests >= 0
                && more.bytesOut >= 0;
        return grown ? Optional.of(more) : Optional.empty();
    }
}
