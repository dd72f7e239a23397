package dev.parley.infra.observability;

import dev.parley.catalog.Signal;
import dev.parley.infra.observability.SystemMetrics.Statistic;
import dev.parley.infra.phase.PhaseProfile.CacheSize;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import software.amazon.awscdk.services.cloudwatch.IMetric;

/**
 * The signals of the cache: those of the node that is worst. A node is the unit that runs full, since keys are where their slot
 * is.
 *
 * <p>Nodes are named one by one because nothing else fits an alarm: {@code SEARCH} cannot be alarmed on, Metrics Insights cannot
 * select by prefix and would take in the caches of other systems, and the metrics of a whole replication group exist only where
 * automatic scaling does.
 */
final class CacheSignals implements ServiceSignals {

    private final ObservedSystem system;
    private final SystemMetrics metrics;

    CacheSignals(ObservedSystem system, SystemMetrics metrics) {
        this.system = system;
        this.metrics = metrics;
    }

    @Override
    public List<? extends IMetric> of(Signal signal) {
        return switch (signal) {
            // Commands run on one thread: its share of one core says more than the share of all cores.
            case CPU_USAGE -> worst("EngineCPUUtilization");
            case MEMORY_USAGE -> worst("DatabaseMemoryUsagePercentage");
            default -> throw ServiceSignals.unknown("the cache", signal);
        };
    }

    /** The names of all nodes, shard by shard (ElastiCache user guide, "Replication: node and shard names"). */
    static List<String> nodes(String group, CacheSize size) {
        return IntStream.rangeClosed(1, size.shards())
                .boxed()
                .flatMap(shard -> IntStream.rangeClosed(1, 1 + size.replicas())
                        .mapToObj(node -> String.format(Locale.ROOT, "%s-%04d-%03d", group, shard, node)))
                .toList();
    }

    private List<? extends IMetric> worst(String name) {
        List<String> nodes = nodes(system.cacheGroup(), system.profile().cache());
        return Parts.of(nodes, Expression.MOST_METRICS).stream()
                .map(part -> Expression.largest(
                                "node",
                                part.stream()
                                        .map(node -> metrics.cacheNode(node, name, Statistic.MAXIMUM))
                                        .toList())
                        .everyMinute())
                .toList();
    }
}
