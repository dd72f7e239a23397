package dev.parley.infra.observability;

import dev.parley.catalog.Signal;
import dev.parley.infra.observability.SystemMetrics.Statistic;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;

/** The signals of the REST API. Its health is measured from outside, and so in another Region. */
final class ApiSignals implements ServiceSignals {

    /** Requests a minute below which a share of failed ones says nothing. */
    static final int LEAST_REQUESTS = 20;

    /** Requests a minute below which the 99th percentile is the slowest one, as a restore from a snapshot always is. */
    static final int LEAST_FOR_P99 = 100;

    private final SystemMetrics metrics;

    ApiSignals(SystemMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public List<? extends IMetric> of(Signal signal) {
        return List.of(
                switch (signal) {
                    case REQUEST_RATE_CHANGE -> requestRateChange();
                    case ERROR_RATE ->
                        Expression.percent("", metrics.restApi("5xx", Statistic.SUM), requests(), LEAST_REQUESTS)
                                .everyMinute();
                    case P99_LATENCY -> p99Latency();
                    case THROTTLES -> throttles();
                    default -> throw ServiceSignals.unknown("the REST API", signal);
                });
    }

    /**
     * A total outage is a drop too, and brings no numbers, so here missing ones are zeros. The newest five minutes may lack their
     * last one or two, which makes up to 40 % and stays below the threshold.
     */
    private MathExpression requestRateChange() {
        Duration period = AlarmTiming.COMPARED;
        MathExpression now =
                new Expression("FILL(requests, 0)", Map.of("requests", AlarmTiming.compared(requests()))).every(period);
        return Expression.change(now, LEAST_REQUESTS * (int) period.toMinutes().doubleValue())
                .every(period);
    }

    private MathExpression p99Latency() {
        return new Expression(
                        "IF(requests >= " + LEAST_FOR_P99 + ", latency, 0)",
                        Map.of("requests", requests(), "latency", metrics.restApi("Latency", Statistic.P99)))
                .everyMinute();
    }

    /**
     * Of the whole account: the functions of routes have no concurrency of their own, so what throttles them is the account's
     * limit, and that throttles all alike.
     */
    private MathExpression throttles() {
        return Expression.refused(
                        "",
                        metrics.allFunctions("Throttles", Statistic.SUM),
                        metrics.allFunctions("Invocations", Statistic.SUM),
                        LEAST_REQUESTS)
                .everyMinute();
    }

    private Metric requests() {
        return metrics.restApi("Count", Statistic.SAMPLES);
    }
}
