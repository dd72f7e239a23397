package dev.parley.local.metrics;

import dev.parley.catalog.MetricSpec;
import dev.parley.catalog.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics that the functions write, as Prometheus has them: {@code MissedHeartbeats} is
 * {@code parley_missed_heartbeats_total}, and times are in seconds. Counts begin at 0, so that the first of them shows;
 * a gauge is not there before its first value. Thread-safe.
 */
final class OwnMetrics {

    private static final Logger log = LoggerFactory.getLogger(OwnMetrics.class);

    private final MeterRegistry registry;
    private final Map<String, DoubleConsumer> takers = new LinkedHashMap<>();
    private final Map<String, Double> totals = new ConcurrentHashMap<>();
    private final Map<String, Double> states = new ConcurrentHashMap<>();

    OwnMetrics(MeterRegistry registry) {
        this.registry = registry;
        Metrics.all().forEach(metric -> takers.put(metric.name(), taker(metric)));
    }

    /** The name of a metric in Prometheus, without the {@code _total} of counts. */
    static String name(MetricSpec metric) {
        String snake = metric.name().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
        return metric.unit() == MetricSpec.Unit.COUNT ? "parley_" + snake : "parley_" + snake + "_seconds";
    }

    /** Takes a line of a function's output that has metrics. */
    void line(String line) {
        Map<String, List<Double>> values = EmbeddedMetrics.read(line, Metrics.NAMESPACE);
        if (values.isEmpty()) {
            log.warn("A line of metrics that cannot be read: {}", line);
        }
        values.forEach((name, recorded) -> {
            DoubleConsumer taker = takers.get(name);
            if (taker == null) {
                log.warn("There is no metric {} in the catalog", name);
            } else {
                recorded.forEach(taker::accept);
            }
        });
    }

    /** All that a count has come to. */
    double total(MetricSpec metric) {
        return totals.getOrDefault(metric.name(), 0.0);
    }

    /** The last value of a gauge. */
    OptionalDouble state(MetricSpec metric) {
        Double state = states.get(metric.name());
        return state == null ? OptionalDouble.empty() : OptionalDouble.of(state);
    }

    private DoubleConsumer taker(MetricSpec metric) {
        String name = name(metric);
        double perSecond = metric.unit() == MetricSpec.Unit.MILLISECONDS ? 1000 : 1;
        return switch (metric.kind()) {
            case COUNT -> {
                Counter counter =
                        Counter.builder(name).description(metric.description()).register(registry);
                yield value -> {
                    counter.increment(value);
                    totals.merge(metric.name(), value, Double::sum);
                };
            }
            case GAUGE ->
                value -> {
                    if (states.put(metric.name(), value) == null) {
                        Gauge.builder(name, states, all -> all.getOrDefault(metric.name(), Double.NaN) / perSecond)
                                .description(metric.description())
                                .register(registry);
                    }
                };
            case DISTRIBUTION -> {
                // Only times are distributed.
                Timer timer = Timer.builder(name)
                        .description(metric.description())
                        .serviceLevelObjectives(Latencies.BOUNDS.toArray(Duration[]::new))
                        .register(registry);
                yield value -> timer.record((long) (1e6 * value / perSecond), TimeUnit.MICROSECONDS);
            }
        };
    }
}
