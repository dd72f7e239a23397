package dev.parley.infra.scale;

import dev.parley.infra.cost.Usage;
import dev.parley.infra.cost.Work;

/**
 * What a usage takes in the busiest hour, on average over that hour.
 *
 * @param users that make it
 * @param connections open
 * @param apiRequests frames from clients, posts to clients and requests, a second
 * @param newConnections a second
 * @param invocations of functions, a second
 * @param concurrency functions that run at once; it takes each for one with a gigabyte, and so is somewhat too high
 * @param messages that people write, a second
 * @param events that are told, a second: messages, and what happens beside them
 * @param deliveries posts that carry an event, a second
 */
public record PeakLoad(
        long users,
        double connections,
        double apiRequests,
        double newConnections,
        double invocations,
        double concurrency,
        double messages,
        double events,
        double deliveries) {

    /** How much busier the busiest hour of the day is than the average one. */
    public static final double FACTOR = 3;

    private static final int HOURS_A_MONTH = 730;
    private static final double SECONDS_A_MONTH = HOURS_A_MONTH * 3_600.0;

    /** The busiest hour of a usage. */
    public static PeakLoad of(Usage usage) {
        Work work = Work.of(usage, HOURS_A_MONTH);
        // An acknowledgement of a heartbeat goes back as the answer to its frame, and is no request.
        double requests = work.websocketMessages() - work.heartbeats() / 2 + work.httpRequests();
        return new PeakLoad(
                usage.users(),
                FACTOR * work.connections(),
                FACTOR * requests / SECONDS_A_MONTH,
                FACTOR * work.connects() / SECONDS_A_MONTH,
                FACTOR * work.invocations() / SECONDS_A_MONTH,
                FACTOR * work.gigabyteSeconds() / SECONDS_A_MONTH,
                FACTOR * work.messagesPerSecond(),
                FACTOR * work.messagesPerSecond() * (1 + usage.sideEvents()),
                FACTOR * work.deliveriesPerSecond());
    }

    /** Seconds until all are connected again after all connections are lost, at so many new ones a second. */
    public double reconnectSeconds(double newConnectionsPerSecond) {
        return connections / newConnectionsPerSecond;
    }
}
