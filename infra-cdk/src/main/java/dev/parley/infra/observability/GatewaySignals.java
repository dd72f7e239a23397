package dev.parley.infra.observability;

import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.GatewayRoute;
import dev.parley.catalog.Metrics;
import dev.parley.catalog.Routes;
import dev.parley.catalog.Signal;
import dev.parley.infra.observability.SystemMetrics.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;

/** The signals of the gateway: connections, frames, and posts to clients. */
final class GatewaySignals implements ServiceSignals {

    /** Frames, posts or sessions below which a share of them says nothing. */
    static final int LEAST = 20;

    private static final int METRICS_OF_A_FUNCTION = 2;

    private final ObservedSystem system;
    private final SystemMetrics metrics;

    GatewaySignals(ObservedSystem system, SystemMetrics metrics) {
        this.system = system;
        this.metrics = metrics;
    }

    @Override
    public List<? extends IMetric> of(Signal signal) {
        return switch (signal) {
            case ERROR_RATE -> List.of(errorRate());
            case ACTIVE_CONNECTIONS -> List.of(activeConnections());
            case HEARTBEAT_FAILURES ->
                List.of(share(metrics.own(Metrics.MISSED_HEARTBEATS), metrics.own(Metrics.SESSIONS)));
            case CONNECTIONS_CHANGE -> List.of(connectionsChange());
            case CALLBACK_ERRORS -> List.of(share(metrics.own(Metrics.POST_ERRORS), metrics.own(Metrics.POSTS)));
            case THROTTLES -> throttles();
            default -> throw ServiceSignals.unknown("the gateway", signal);
        };
    }

    /** The functions that frames and upgrades go to, and the one that says HELLO. */
    static List<FunctionSpec> functions() {
        return Stream.concat(Routes.gateway().stream().map(GatewayRoute::function), Stream.of(Routes.HELLO))
                .distinct()
                .toList();
    }

    /**
     * API Gateway counts messages in both directions, so the number of integration calls is taken from their latency, which
     * posts to clients do not have (same page as the metrics).
     */
    private MathExpression errorRate() {
        MathExpression failed = Expression.total(
                        "failed",
                        List.of(
                                metrics.gatewayApi("IntegrationError", Statistic.SUM),
                                metrics.gatewayApi("ExecutionError", Statistic.SUM)))
                .everyMinute();
        return share(failed, metrics.gatewayApi("IntegrationLatency", Statistic.SAMPLES));
    }

    private MathExpression activeConnections() {
        return new Expression(
                        "100 * connections / " + system.profile().gateway().connections(),
                        Map.of("connections", metrics.own(Metrics.OPEN_CONNECTIONS)))
                .everyMinute();
    }

    /**
     * Means of five minutes: one minute that was counted wrong is a fifth of one, and stays below the threshold; a drop of all
     * connections passes it within two minutes, one of 40 % within four.
     */
    private MathExpression connectionsChange() {
        return Expression.change(AlarmTiming.compared(metrics.own(Metrics.OPEN_CONNECTIONS, Statistic.AVERAGE)), LEAST)
                .every(AlarmTiming.COMPARED);
    }

    /** The worst of the functions: each opcode may have concurrency of its own, and run out of it alone. */
    private List<MathExpression> throttles() {
        List<MathExpression> shares = new ArrayList<>();
        for (FunctionSpec function : functions()) {
            shares.add(Expression.refused(
                            function.name().toLowerCase(Locale.ROOT),
                            metrics.function(function, "Throttles", Statistic.SUM),
                            metrics.function(function, "Invocations", Statistic.SUM),
                            LEAST)
                    .everyMinute());
        }
        return Parts.of(shares, Expression.MOST_METRICS / METRICS_OF_A_FUNCTION).stream()
                .map(part -> Expression.largest("share", part).everyMinute())
                .toList();
    }

    private static MathExpression share(IMetric part, IMetric whole) {
        return Expression.percent("", part, whole, LEAST).everyMinute();
    }
}
