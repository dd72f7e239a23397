package dev.parley.local.alert;

import dev.parley.catalog.AlertRule;
import dev.parley.catalog.Service;
import dev.parley.catalog.Signal;
import java.util.OptionalDouble;

/**
 * Computes the signals of the alert table from what was measured here. The database and the cache share one machine, which is
 * this one: the system's signals of the database are the machine's.
 */
final class Signals {

    private static final double PERIOD_SECONDS = AlertRule.PERIOD.toSeconds();

    private Signals() {}

    /** A signal of the minute that ends with the last sample; empty when there is none. */
    static OptionalDouble value(Signal signal, Service service, Window window) {
        return switch (signal) {
            case CPU_USAGE ->
                service == Service.CACHE
                        ? times(100 / PERIOD_SECONDS, window.increase(Measure.CACHE_CPU_SECONDS))
                        : times(100, window.average(Measure.MACHINE_CPU));
            case MEMORY_USAGE ->
                service == Service.CACHE
                        ? percent(window.average(Measure.CACHE_MEMORY), window.average(Measure.CACHE_MEMORY_MAX))
                        : times(100, window.average(Measure.MACHINE_MEMORY));
            case DISK_IO -> times(100 / PERIOD_SECONDS, window.increase(Measure.DISK_BUSY_SECONDS));
            case REQUEST_RATE_CHANGE ->
                change(
                        window.increase(Measure.REQUESTS, 2 * Window.FIVE_MINUTES, Window.FIVE_MINUTES),
                        window.increase(Measure.REQUESTS, Window.FIVE_MINUTES, 0));
            case ERROR_RATE ->
                service == Service.GATEWAY
                        ? percent(
                                window.increase(Measure.GATEWAY_INVOCATIONS_FAILED),
                                window.increase(Measure.GATEWAY_INVOCATIONS))
                        : percent(window.increase(Measure.REQUESTS_FAILED), window.increase(Measure.REQUESTS));
            case P99_LATENCY -> p99(window);
            case DATABASE_CONNECTIONS ->
                percent(window.average(Measure.DATABASE_CONNECTIONS), window.average(Measure.DATABASE_MAX_CONNECTIONS));
            case QUERY_TIME -> times(1000, window.average(Measure.DATABASE_SECONDS));
            case REPLICATION_LAG -> window.average(Measure.REPLICATION_LAG);
            case ACTIVE_CONNECTIONS ->
                percent(window.average(Measure.CONNECTIONS), window.average(Measure.CONNECTION_CAPACITY));
            case MESSAGE_QUEUE -> window.average(Measure.QUEUED);
            case HEARTBEAT_FAILURES ->
                percent(window.increase(Measure.MISSED_HEARTBEATS), window.average(Measure.SESSIONS));
            case CONNECTIONS_CHANGE ->
                change(window.at(Measure.CONNECTIONS, Window.FIVE_MINUTES), window.latest(Measure.CONNECTIONS));
            case DEAD_LETTERS -> window.average(Measure.DEAD_LETTERS);
            case OUTBOX_AGE -> window.latest(Measure.OUTBOX_AGE);
            case CALLBACK_ERRORS -> percent(window.increase(Measure.POSTS_FAILED), window.increase(Measure.POSTS));
            case THROTTLES ->
                service == Service.GATEWAY
                        ? refused(window, Measure.GATEWAY_THROTTLES, Measure.GATEWAY_INVOCATIONS)
                        : refused(window, Measure.API_THROTTLES, Measure.API_INVOCATIONS);
            case HEALTH -> window.average(Measure.HEALTHY);
        };
    }

    /** Why a signal has no number here, where that is not only for the lack of requests; empty for all others. */
    static String absence(Signal signal) {
        return switch (signal) {
            case REPLICATION_LAG -> "this PostgreSQL has no replica";
            case DISK_IO -> "this machine does not tell how busy its disks are";
            case REQUEST_RATE_CHANGE, CONNECTIONS_CHANGE -> "there is nothing to compare with yet";
            default -> "";
        };
    }

    private static OptionalDouble refused(Window window, Measure throttles, Measure invocations) {
        OptionalDouble refused = window.increase(throttles);
        OptionalDouble run = window.increase(invocations);
        return refused.isEmpty() || run.isEmpty()
                ? OptionalDouble.empty()
                : percent(refused, OptionalDouble.of(refused.getAsDouble() + run.getAsDouble()));
    }

    /** As {@code histogram_quantile} of Prometheus: even within a bucket, and the greatest bound beyond all of them. */
    private static OptionalDouble p99(Window window) {
        int buckets = Measure.LATENCY_BOUNDS.size() + 1;
        double[] counts = new double[buckets];
        double all = 0;
        for (int bucket = 0; bucket < buckets; bucket++) {
            counts[bucket] = window.increase(Measure.latencyBucket(bucket)).orElse(0);
            all += counts[bucket];
        }
        if (all == 0) {
            return OptionalDouble.empty();
        }
        double rank = 0.99 * all;
        double below = 0;
        double lower = 0;
        for (int bucket = 0; bucket < buckets - 1; bucket++) {
            double upper = Measure.LATENCY_BOUNDS.get(bucket);
            if (below + counts[bucket] >= rank) {
                return OptionalDouble.of(lower + (upper - lower) * (rank - below) / counts[bucket]);
            }
            below += counts[bucket];
            lower = upper;
        }
        return OptionalDouble.of(lower);
    }

    private static OptionalDouble percent(OptionalDouble part, OptionalDouble whole) {
        return part.isEmpty() || whole.isEmpty() || whole.getAsDouble() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(100 * part.getAsDouble() / whole.getAsDouble());
    }

    private static OptionalDouble change(OptionalDouble before, OptionalDouble now) {
        return before.isEmpty() || now.isEmpty() || before.getAsDouble() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(100 * (now.getAsDouble() - before.getAsDouble()) / before.getAsDouble());
    }

    private static OptionalDouble times(double factor, OptionalDouble value) {
        return value.isEmpty() ? value : OptionalDouble.of(factor * value.getAsDouble());
    }
}
