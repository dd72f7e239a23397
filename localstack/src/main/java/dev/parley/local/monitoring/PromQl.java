package dev.parley.local.monitoring;

import dev.parley.catalog.AlertRule;
import dev.parley.catalog.MissingData;
import dev.parley.catalog.Service;
import dev.parley.catalog.Signal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The signals of the alert table in Prometheus's query language, over what {@code /metrics} of the local cloud shows.
 *
 * <p>Prometheus drops an alert as soon as its expression has no result, so a minute without a number is fine there, unless the
 * rule says that it is bad; that it leaves an alert as it is cannot be said.
 */
final class PromQl {

    /** The four rules of the requirements, in their own words (scaling guide, section 3.3). */
    private static final Map<String, String> REQUIRED = Map.of(
            "HighErrorRate",
            "sum(rate(http_requests_total{status=~\"5..\"}[5m])) / sum(rate(http_requests_total[5m])) > 0.05",
            "HighLatency",
            "histogram_quantile(0.99, rate(http_request_duration_seconds_bucket[5m])) > 0.5",
            "DatabaseConnectionsHigh",
            "pg_stat_activity_count / pg_settings_max_connections > 0.8",
            "WebSocketConnectionsDrop",
            "(gateway_connections_active - gateway_connections_active offset 5m)"
                    + " / gateway_connections_active offset 5m < -0.3");

    private PromQl() {}

    /** When an alert is due. */
    static String condition(AlertRule rule) {
        String required = REQUIRED.get(rule.name());
        if (required != null) {
            return required;
        }
        String value = value(rule.signal(), rule.service());
        String condition =
                value + (rule.comparison() == AlertRule.Comparison.ABOVE ? " > " : " < ") + number(rule.threshold());
        return rule.missing() == MissingData.BAD ? condition + " or absent(" + value + ")" : condition;
    }

    /** A signal, in its own unit. */
    static String value(Signal signal, Service service) {
        boolean gateway = service == Service.GATEWAY;
        boolean cache = service == Service.CACHE;
        return switch (signal) {
            case CPU_USAGE ->
                cache ? "100 * rate(redis_cpu_seconds_total[1m])" : "100 * avg_over_time(machine_cpu_ratio[1m])";
            case MEMORY_USAGE ->
                cache
                        ? "100 * redis_memory_used_bytes / redis_memory_max_bytes"
                        : "100 * avg_over_time(machine_memory_ratio[1m])";
            case DISK_IO -> "100 * rate(machine_disk_busy_seconds_total[1m])";
            case REQUEST_RATE_CHANGE ->
                "100 * (sum(rate(http_requests_total[5m])) / sum(rate(http_requests_total[5m] offset 5m)) - 1)";
            case ERROR_RATE ->
                gateway
                        ? "100 * sum(rate(lambda_invocation_duration_seconds_count{service=\"gateway\",outcome=\"error\"}"
                                + "[1m])) / sum(rate(lambda_invocation_duration_seconds_count{service=\"gateway\"}[1m]))"
                        : "100 * sum(rate(http_requests_total{status=~\"5..\"}[1m]))"
                                + " / sum(rate(http_requests_total[1m]))";
            case P99_LATENCY ->
                "1000 * histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket[1m])))";
            case DATABASE_CONNECTIONS -> "100 * pg_stat_activity_count / pg_settings_max_connections";
            case QUERY_TIME -> "1000 * avg_over_time(parley_database_answer_seconds[1m])";
            case REPLICATION_LAG -> "pg_replication_lag_seconds";
            case ACTIVE_CONNECTIONS -> "100 * gateway_connections_active / gateway_connections_max";
            case MESSAGE_QUEUE -> "sum(queue_messages)";
            case HEARTBEAT_FAILURES -> "100 * 60 * rate(parley_missed_heartbeats_total[1m]) / parley_sessions";
            case CONNECTIONS_CHANGE -> "100 * (gateway_connections_active / gateway_connections_active offset 5m - 1)";
            case DEAD_LETTERS -> "sum(queue_dead_letters)";
            case OUTBOX_AGE -> "parley_outbox_age_seconds";
            case CALLBACK_ERRORS -> "100 * rate(parley_post_errors_total[1m]) / rate(parley_posts_total[1m])";
            case THROTTLES -> throttles(gateway ? "gateway" : "api");
            case HEALTH -> "parley_health";
        };
    }

    /**
     * Series, one sample every 15 s, with which a signal has a value from the beginning; of the two that compare with 5 min
     * ago, from {@link #CHANGE_AT} on.
     */
    static List<Series> series(Signal signal, Service service, double value) {
        boolean gateway = service == Service.GATEWAY;
        boolean cache = service == Service.CACHE;
        double share = value / 100;
        return switch (signal) {
            case CPU_USAGE ->
                cache
                        ? List.of(Series.growing("redis_cpu_seconds_total", 15 * share))
                        : List.of(Series.constant("machine_cpu_ratio", share));
            case MEMORY_USAGE ->
                cache
                        ? List.of(
                                Series.constant("redis_memory_used_bytes", 1000 * share),
                                Series.constant("redis_memory_max_bytes", 1000))
                        : List.of(Series.constant("machine_memory_ratio", share));
            case DISK_IO -> List.of(Series.growing("machine_disk_busy_seconds_total", 15 * share));
            case REQUEST_RATE_CHANGE ->
                List.of(Series.changing("http_requests_total{status=\"200\"}", 100, 100 * (1 + share)));
            case ERROR_RATE ->
                gateway
                        ? parts(
                                "lambda_invocation_duration_seconds_count{service=\"gateway\",outcome=\"error\"}",
                                "lambda_invocation_duration_seconds_count{service=\"gateway\",outcome=\"ok\"}",
                                share)
                        : parts("http_requests_total{status=\"500\"}", "http_requests_total{status=\"200\"}", share);
            case P99_LATENCY -> {
                // All requests in one bucket from 0: its 99th percentile is 99 % of its bound.
                BigDecimal bound = BigDecimal.valueOf(value / 990).stripTrailingZeros();
                yield List.of(
                        Series.growing(
                                "http_request_duration_seconds_bucket{le=\"" + bound.toPlainString() + "\"}", 100),
                        Series.growing("http_request_duration_seconds_bucket{le=\"+Inf\"}", 100));
            }
            case DATABASE_CONNECTIONS ->
                List.of(
                        Series.constant("pg_stat_activity_count", 1000 * share),
                        Series.constant("pg_settings_max_connections", 1000));
            case QUERY_TIME -> List.of(Series.constant("parley_database_answer_seconds", value / 1000));
            case REPLICATION_LAG -> List.of(Series.constant("pg_replication_lag_seconds", value));
            case ACTIVE_CONNECTIONS ->
                List.of(
                        Series.constant("gateway_connections_active", 1000 * share),
                        Series.constant("gateway_connections_max", 1000));
            case MESSAGE_QUEUE -> List.of(Series.constant("queue_messages{queue=\"events.fifo\"}", value));
            case HEARTBEAT_FAILURES ->
                List.of(
                        Series.growing("parley_missed_heartbeats_total", 250 * share),
                        Series.constant("parley_sessions", 1000));
            case CONNECTIONS_CHANGE -> List.of(Series.stepping("gateway_connections_active", 1000, 1000 * (1 + share)));
            case DEAD_LETTERS -> List.of(Series.constant("queue_dead_letters{queue=\"events.fifo\"}", value));
            case OUTBOX_AGE -> List.of(Series.constant("parley_outbox_age_seconds", value));
            case CALLBACK_ERRORS ->
                List.of(
                        Series.growing("parley_post_errors_total", 1000 * share),
                        Series.growing("parley_posts_total", 1000));
            case THROTTLES -> {
                String label = gateway ? "gateway" : "api";
                yield parts(
                        "lambda_throttles_total{service=\"" + label + "\"}",
                        "lambda_invocation_duration_seconds_count{service=\"" + label + "\",outcome=\"ok\"}",
                        share);
            }
            case HEALTH -> List.of(Series.constant("parley_health", value));
        };
    }

    /** How many samples a test has before something changes: 15 min. */
    static final int CHANGE_AT = 60;

    /** A series of a test, and its values in promtool's notation. */
    record Series(String name, String values) {

        private static final int SAMPLES = 120;

        private static Series constant(String name, double value) {
            return new Series(name, plain(value) + "+0x" + SAMPLES);
        }

        private static Series growing(String name, double step) {
            return new Series(name, "0+" + plain(step) + "x" + SAMPLES);
        }

        /** A total that grows by one step, and then by another. */
        private static Series changing(String name, double before, double after) {
            double reached = before * CHANGE_AT;
            return new Series(
                    name,
                    "0+" + plain(before) + "x" + CHANGE_AT + " " + plain(reached + after) + "+" + plain(after) + "x"
                            + SAMPLES);
        }

        private static Series stepping(String name, double before, double after) {
            return new Series(name, plain(before) + "+0x" + CHANGE_AT + " " + plain(after) + "+0x" + SAMPLES);
        }
    }

    static String number(double value) {
        return plain(value);
    }

    private static List<Series> parts(String bad, String good, double share) {
        List<Series> series = new ArrayList<>();
        series.add(Series.growing(bad, 1000 * share));
        series.add(Series.growing(good, 1000 * (1 - share)));
        return series;
    }

    private static String throttles(String service) {
        String refused = "sum(rate(lambda_throttles_total{service=\"" + service + "\"}[1m]))";
        String run = "sum(rate(lambda_invocation_duration_seconds_count{service=\"" + service + "\"}[1m]))";
        return "100 * " + refused + " / (" + refused + " + " + run + ")";
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value)
                .setScale(6, java.math.RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
