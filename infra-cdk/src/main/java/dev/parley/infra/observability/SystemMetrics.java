package dev.parley.infra.observability;

import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.MetricSpec;
import dev.parley.catalog.Metrics;
import dev.parley.infra.observability.ObservedSystem.ObservedDatabase;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;

/**
 * The CloudWatch metrics of one deployment. Each has the dimensions that its service publishes it with (the pages are named at
 * each); a metric with other dimensions would exist, and never have a value.
 */
final class SystemMetrics {

    /** How the values of a period become one. */
    enum Statistic {
        SUM("Sum"),
        MAXIMUM("Maximum"),
        MINIMUM("Minimum"),
        AVERAGE("Average"),
        SAMPLES("SampleCount"),
        P50("p50"),
        P99("p99");

        private final String title;

        Statistic(String title) {
            this.title = title;
        }
    }

    private static final Duration MINUTE = Duration.minutes(1);

    private final ObservedSystem system;

    SystemMetrics(ObservedSystem system) {
        this.system = system;
    }

    /** One of the system's own, put together as its kind says. */
    Metric own(MetricSpec spec) {
        return own(
                spec,
                switch (spec.kind()) {
                    case COUNT -> Statistic.SUM;
                    case GAUGE -> Statistic.MAXIMUM;
                    case DISTRIBUTION -> Statistic.P99;
                });
    }

    /** One of the system's own, put together in another way. */
    Metric own(MetricSpec spec, Statistic statistic) {
        return metric(Metrics.NAMESPACE, spec.name(), statistic, Map.of(Metrics.DIMENSION, system.deployment()));
    }

    /** Of the HTTP API (API Gateway developer guide, "Monitor CloudWatch metrics for HTTP APIs"). */
    Metric restApi(String name, Statistic statistic) {
        return metric("AWS/ApiGateway", name, statistic, Map.of("ApiId", system.restApi()));
    }

    /** Of the WebSocket API (API Gateway developer guide, "Monitor WebSocket API execution with CloudWatch metrics"). */
    Metric gatewayApi(String name, Statistic statistic) {
        return metric("AWS/ApiGateway", name, statistic, Map.of("ApiId", system.gatewayApi()));
    }

    /** Of all functions of the account in this Region (Lambda developer guide, "Types of metrics"). */
    Metric allFunctions(String name, Statistic statistic) {
        return metric("AWS/Lambda", name, statistic, Map.of());
    }

    /** Of one function. */
    Metric function(FunctionSpec function, String name, Statistic statistic) {
        return metric(
                "AWS/Lambda",
                name,
                statistic,
                Map.of("FunctionName", system.naming().function(function)));
    }

    /** Of a queue (SQS developer guide, "Available CloudWatch metrics for Amazon SQS"). */
    Metric queue(String queue, String name, Statistic statistic) {
        return metric("AWS/SQS", name, statistic, Map.of("QueueName", queue));
    }

    /** Of a cluster as a whole (Aurora user guide, "Amazon CloudWatch metrics for Amazon Aurora"). */
    Metric cluster(ObservedDatabase database, String name, Statistic statistic) {
        return metric("AWS/RDS", name, statistic, Map.of("DBClusterIdentifier", database.cluster()));
    }

    /** Of what the global database copies from another Region (Aurora user guide, "Aurora dimensions for CloudWatch"). */
    Metric sourceRegion(String region, String name, Statistic statistic) {
        return metric("AWS/RDS", name, statistic, Map.of("SourceRegion", region));
    }

    /** Of the instances of a cluster that have a role, together (Aurora user guide, "Aurora dimensions for CloudWatch"). */
    Metric instances(ObservedDatabase database, DatabaseRole role, String name, Statistic statistic) {
        return metric(
                "AWS/RDS",
                name,
                statistic,
                Map.of("DBClusterIdentifier", database.cluster(), "Role", role.instances()));
    }

    /** Of what a proxy has to the instances of a role (Aurora user guide, "Monitoring RDS Proxy", dimension set 4). */
    Metric proxy(ObservedDatabase database, DatabaseRole role, String name, Statistic statistic) {
        return metric(
                "AWS/RDS",
                name,
                statistic,
                Map.of("ProxyName", database.proxy(), "TargetGroup", "default", "TargetRole", role.targets()));
    }

    /** Of one node of the cache (ElastiCache user guide, "Metrics for Valkey and Redis OSS"). */
    Metric cacheNode(String node, String name, Statistic statistic) {
        return metric("AWS/ElastiCache", name, statistic, Map.of("CacheClusterId", node, "CacheNodeId", "0001"));
    }

    private static Metric metric(String namespace, String name, Statistic statistic, Map<String, String> dimensions) {
        return Metric.Builder.create()
                .namespace(namespace)
                .metricName(name)
                .statistic(statistic.title)
                .dimensionsMap(dimensions)
                .period(MINUTE)
                .build();
    }
}
