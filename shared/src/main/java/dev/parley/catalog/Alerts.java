package dev.parley.catalog;

import static dev.parley.catalog.AlertRule.Comparison.ABOVE;
import static dev.parley.catalog.AlertRule.Comparison.BELOW;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The alert table. Its first part is the requirements' table of key metrics (scaling guide, section 3.1), row by row with both
 * severities; the second their four Prometheus rules (section 3.3); the third is what else goes wrong in this system.
 *
 * <p>The table gives no durations, so its rows hold for 5 minutes, as three of the four rules do.
 */
public final class Alerts {

    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private static final List<AlertRule> TABLE = Stream.of(
                    // System
                    both("CpuUsage", Service.DATABASE, Signal.CPU_USAGE, 70, 90, MissingData.UNKNOWN),
                    both("CpuUsage", Service.CACHE, Signal.CPU_USAGE, 70, 90, MissingData.UNKNOWN),
                    both("MemoryUsage", Service.DATABASE, Signal.MEMORY_USAGE, 70, 85, MissingData.UNKNOWN),
                    both("MemoryUsage", Service.CACHE, Signal.MEMORY_USAGE, 70, 85, MissingData.UNKNOWN),
                    both("DiskIo", Service.DATABASE, Signal.DISK_IO, 70, 90, MissingData.UNKNOWN),
                    // Application
                    List.of(critical("RequestRateDrop", Service.API, Signal.REQUEST_RATE_CHANGE, BELOW, -50)),
                    both("ErrorRate", Service.API, Signal.ERROR_RATE, 1, 5, MissingData.FINE),
                    both("ErrorRate", Service.GATEWAY, Signal.ERROR_RATE, 1, 5, MissingData.FINE),
                    both("P99Latency", Service.API, Signal.P99_LATENCY, 200, 500, MissingData.FINE),
                    // Database
                    both(
                            "DatabaseConnections",
                            Service.DATABASE,
                            Signal.DATABASE_CONNECTIONS,
                            80,
                            95,
                            MissingData.UNKNOWN),
                    both("QueryTime", Service.DATABASE, Signal.QUERY_TIME, 100, 500, MissingData.FINE),
                    both("ReplicationLag", Service.DATABASE, Signal.REPLICATION_LAG, 1, 5, MissingData.FINE),
                    // WebSocket
                    both("ActiveConnections", Service.GATEWAY, Signal.ACTIVE_CONNECTIONS, 80, 95, MissingData.FINE),
                    both("MessageQueue", Service.FANOUT, Signal.MESSAGE_QUEUE, 1000, 5000, MissingData.FINE),
                    both("HeartbeatFailures", Service.GATEWAY, Signal.HEARTBEAT_FAILURES, 1, 5, MissingData.FINE))
            .flatMap(List::stream)
            .toList();

    private static final List<AlertRule> PROMETHEUS = List.of(
            critical("HighErrorRate", Service.API, Signal.ERROR_RATE, ABOVE, 5),
            warning("HighLatency", Service.API, Signal.P99_LATENCY, 500, MissingData.FINE),
            warning("DatabaseConnectionsHigh", Service.DATABASE, Signal.DATABASE_CONNECTIONS, 80, MissingData.UNKNOWN),
            new AlertRule(
                    "WebSocketConnectionsDrop",
                    Service.GATEWAY,
                    Severity.CRITICAL,
                    Signal.CONNECTIONS_CHANGE,
                    BELOW,
                    -30,
                    Duration.ofMinutes(2),
                    MissingData.FINE));

    private static final List<AlertRule> OWN = Stream.of(
                    both("OutboxAge", Service.FANOUT, Signal.OUTBOX_AGE, 60, 300, MissingData.FINE),
                    both("CallbackErrors", Service.GATEWAY, Signal.CALLBACK_ERRORS, 1, 5, MissingData.FINE),
                    both("Throttles", Service.API, Signal.THROTTLES, 1, 5, MissingData.FINE),
                    both("Throttles", Service.GATEWAY, Signal.THROTTLES, 1, 5, MissingData.FINE),
                    List.of(
                            new AlertRule(
                                    "DeadLetters",
                                    Service.FANOUT,
                                    Severity.CRITICAL,
                                    Signal.DEAD_LETTERS,
                                    ABOVE,
                                    0,
                                    AlertRule.PERIOD,
                                    MissingData.FINE),
                            new AlertRule(
                                    "Health",
                                    Service.API,
                                    Severity.CRITICAL,
                                    Signal.HEALTH,
                                    BELOW,
                                    1,
                                    Duration.ofMinutes(2),
                                    MissingData.BAD)))
            .flatMap(List::stream)
            .toList();

    private static final List<AlertRule> ALL =
            Stream.of(TABLE, PROMETHEUS, OWN).flatMap(List::stream).toList();

    private Alerts() {}

    /** All alerts, in the order of the table. */
    public static List<AlertRule> all() {
        return ALL;
    }

    /** The requirements' table of key metrics. */
    public static List<AlertRule> table() {
        return TABLE;
    }

    /** The requirements' Prometheus rules, under the names that they have there. */
    public static List<AlertRule> prometheus() {
        return PROMETHEUS;
    }

    private static List<AlertRule> both(
            String name, Service service, Signal signal, double warning, double critical, MissingData missing) {
        return List.of(
                warning(name, service, signal, warning, missing),
                new AlertRule(name, service, Severity.CRITICAL, signal, ABOVE, critical, FIVE_MINUTES, missing));
    }

    private static AlertRule warning(
            String name, Service service, Signal signal, double threshold, MissingData missing) {
        return new AlertRule(name, service, Severity.WARNING, signal, ABOVE, threshold, FIVE_MINUTES, missing);
    }

    private static AlertRule critical(
            String name, Service service, Signal signal, AlertRule.Comparison comparison, double threshold) {
        return new AlertRule(
                name, service, Severity.CRITICAL, signal, comparison, threshold, FIVE_MINUTES, MissingData.FINE);
    }
}
