package dev.parley.infra.observability;

import dev.parley.catalog.Signal;
import dev.parley.infra.observability.ObservedSystem.ObservedDatabase;
import dev.parley.infra.observability.SystemMetrics.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;

/**
 * The signals of the database clusters, each judged on its own: an average over shards would hide the one that is full. Within
 * a cluster the worse of writer and readers counts.
 */
final class DatabaseSignals implements ServiceSignals {

    private static final String GLOBAL_LAG = "AuroraGlobalDBReplicationLag";

    private final ObservedSystem system;
    private final SystemMetrics metrics;

    DatabaseSignals(ObservedSystem system, SystemMetrics metrics) {
        this.system = system;
        this.metrics = metrics;
    }

    @Override
    public List<? extends IMetric> of(Signal signal) {
        Function<ObservedDatabase, IMetric> expression = switch (signal) {
            case CPU_USAGE -> this::cpuUsage;
            case MEMORY_USAGE -> this::memoryUsage;
            case DISK_IO -> this::diskOperations;
            case DATABASE_CONNECTIONS -> this::connections;
            case QUERY_TIME -> this::queryTime;
            case REPLICATION_LAG -> this::replicationLag;
            default -> throw ServiceSignals.unknown("the database", signal);
        };
        return system.databases().stream().map(expression).toList();
    }

    /** Of a serverless instance this is the share of the largest capacity, not of the current one. */
    private IMetric cpuUsage(ObservedDatabase database) {
        return worse(database, role -> metrics.instances(database, role, "CPUUtilization", Statistic.MAXIMUM));
    }

    /**
     * Of the memory at the largest capacity: {@code FreeableMemory} of a serverless instance counts what is not scaled up yet as
     * free, so that this approaches 100 % only when there is nowhere to grow. {@code ACUUtilization} would mix in the CPU, which
     * has an alert of its own.
     */
    private IMetric memoryUsage(ObservedDatabase database) {
        return worse(
                database,
                role -> new Expression(
                                "100 * (1 - " + named(database, role, "free") + " / "
                                        + database.size().maxMemoryBytes() + ")",
                                Map.of(
                                        named(database, role, "free"),
                                        metrics.instances(database, role, "FreeableMemory", Statistic.MINIMUM)))
                        .everyMinute());
    }

    /**
     * Of the operations that the phase is made for. Aurora's volume has no limit of its own that a share could be taken of, and
     * {@code DiskQueueDepth} is a length, not a share.
     */
    private IMetric diskOperations(ObservedDatabase database) {
        return worse(database, role -> {
            String all = named(database, role, "operations");
            MathExpression operations = Expression.total(
                            all,
                            List.of(
                                    metrics.instances(database, role, "ReadIOPS", Statistic.MAXIMUM),
                                    metrics.instances(database, role, "WriteIOPS", Statistic.MAXIMUM)))
                    .everyMinute();
            return new Expression(
                            "100 * " + all + " / " + database.size().maxOperationsPerSecond(), Map.of(all, operations))
                    .everyMinute();
        });
    }

    /** Of what the proxy may open: its instances each report their part, so both are sums. */
    private IMetric connections(ObservedDatabase database) {
        return worse(
                database,
                database.readThroughProxy(),
                role -> Expression.percent(
                                named(database, role, ""),
                                metrics.proxy(database, role, "DatabaseConnections", Statistic.SUM),
                                metrics.proxy(database, role, "MaxDatabaseConnectionsAllowed", Statistic.SUM),
                                1)
                        .everyMinute());
    }

    /** As the proxy sees it, without the wait for a connection; in microseconds, of which 1,000 are one in the table. */
    private IMetric queryTime(ObservedDatabase database) {
        return worse(
                database,
                database.readThroughProxy(),
                role -> new Expression(
                                named(database, role, "micros") + " / 1000",
                                Map.of(
                                        named(database, role, "micros"),
                                        metrics.proxy(
                                                database, role, "QueryDatabaseResponseLatency", Statistic.AVERAGE)))
                        .everyMinute());
    }

    /**
     * Of the reader that is furthest behind, from milliseconds. A cluster without readers has none. Where the writer is in the
     * other Region, the lag is that of the whole cluster.
     */
    private IMetric replicationLag(ObservedDatabase database) {
        if (!system.place().home()) {
            return lagBehindOtherRegion(database);
        }
        return new Expression(
                        prefix(database) + "lag / 1000",
                        Map.of(
                                prefix(database) + "lag",
                                metrics.cluster(database, "AuroraReplicaLagMaximum", Statistic.MAXIMUM)))
                .everyMinute();
    }

    /**
     * From milliseconds. The user guide lists the metric among those of clusters ("Amazon CloudWatch metrics for Amazon Aurora"),
     * and the console shows it under the Region that it comes from (Aurora labs, "Use Amazon CloudWatch to monitor for latency"):
     * whichever of the two has numbers counts. The latter is that of all clusters, so it is the first one's alone.
     */
    private IMetric lagBehindOtherRegion(ObservedDatabase database) {
        List<IMetric> reported = new ArrayList<>(List.of(metrics.cluster(database, GLOBAL_LAG, Statistic.MAXIMUM)));
        if (database.equals(system.databases().getFirst())) {
            reported.add(metrics.sourceRegion(system.place().otherRegion(), GLOBAL_LAG, Statistic.MAXIMUM));
        }
        MathExpression lag =
                Expression.largest(prefix(database) + "lag", reported).everyMinute();
        return new Expression(prefix(database) + "behind / 1000", Map.of(prefix(database) + "behind", lag))
                .everyMinute();
    }

    private IMetric worse(ObservedDatabase database, Function<DatabaseRole, IMetric> metric) {
        return worse(database, database.size().readers() > 0, metric);
    }

    private IMetric worse(ObservedDatabase database, boolean readers, Function<DatabaseRole, IMetric> metric) {
        if (!readers) {
            return metric.apply(DatabaseRole.WRITER);
        }
        return Expression.largest(
                        prefix(database),
                        Stream.of(DatabaseRole.values()).map(metric).toList())
                .everyMinute();
    }

    private String named(ObservedDatabase database, DatabaseRole role, String what) {
        return prefix(database) + role.name().toLowerCase(Locale.ROOT) + what;
    }

    /** One for each cluster, since a graph shows several. */
    private String prefix(ObservedDatabase database) {
        return "cluster" + (1 + system.databases().indexOf(database)) + "_";
    }
}
