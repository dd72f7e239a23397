package dev.parley.infra.observability;

import dev.parley.catalog.Metrics;
import dev.parley.catalog.QueueSpec;
import dev.parley.catalog.Queues;
import dev.parley.catalog.Signal;
import dev.parley.infra.observability.SystemMetrics.Statistic;
import java.util.List;
import java.util.function.Function;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;

/** The signals of what carries events from the database to sessions. */
final class FanoutSignals implements ServiceSignals {

    private static final String WAITING = "ApproximateNumberOfMessagesVisible";

    private final ObservedSystem system;
    private final SystemMetrics metrics;

    FanoutSignals(ObservedSystem system, SystemMetrics metrics) {
        this.system = system;
        this.metrics = metrics;
    }

    @Override
    public List<? extends IMetric> of(Signal signal) {
        return List.of(
                switch (signal) {
                    case MESSAGE_QUEUE -> waiting(system.naming()::queue);
                    case DEAD_LETTERS -> waiting(system.naming()::deadLetterQueue);
                    case OUTBOX_AGE -> metrics.own(Metrics.OUTBOX_AGE);
                    default -> throw ServiceSignals.unknown("the fan-out", signal);
                });
    }

    /** In all queues, the one to the other Region included: while that is away, its events pile up there. */
    private MathExpression waiting(Function<QueueSpec, String> name) {
        return Expression.total(
                        "waiting",
                        Queues.of(system.place().regions()).stream()
                                .map(queue -> metrics.queue(name.apply(queue), WAITING, Statistic.MAXIMUM))
                                .toList())
                .everyMinute();
    }
}
