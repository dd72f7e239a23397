package dev.parley.infra.observability;

import dev.parley.catalog.MetricSpec;
import dev.parley.catalog.Metrics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The metrics that exist, each with the dimensions that it is published with, copied from AWS's tables (the pages are those that
 * {@link SystemMetrics} names). A metric with a name or a dimension that is spelt wrong is no error anywhere: it has no values.
 */
final class KnownMetrics {

    private static final Set<String> REST = Set.of("Count", "4xx", "5xx", "Latency", "IntegrationLatency");
    private static final Set<String> WEBSOCKET = Set.of(
            "ConnectCount", "MessageCount", "IntegrationError", "ExecutionError", "ClientError", "IntegrationLatency");
    private static final Set<String> FUNCTION = Set.of("Invocations", "Errors", "Throttles", "Duration");
    private static final Set<String> ACCOUNT = Set.of("Invocations", "Throttles", "ConcurrentExecutions");
    private static final Set<String> QUEUE =
            Set.of("ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage");
    private static final Set<String> INSTANCES = Set.of("CPUUtilization", "FreeableMemory", "ReadIOPS", "WriteIOPS");
    private static final Set<String> CLUSTER =
            Set.of("AuroraReplicaLagMaximum", "ServerlessDatabaseCapacity", "AuroraGlobalDBReplicationLag");
    private static final Set<String> PROXY = Set.of(
            "DatabaseConnections",
            "MaxDatabaseConnectionsAllowed",
            "QueryDatabaseResponseLatency",
            "DatabaseConnectionsCurrentlySessionPinned");
    private static final Set<String> NODE =
            Set.of("EngineCPUUtilization", "DatabaseMemoryUsagePercentage", "Evictions", "CurrConnections");

    private final Map<List<Object>, Set<String>> known = new HashMap<>();

    KnownMetrics() {
        add("AWS/ApiGateway", Set.of("ApiId"), REST);
        add("AWS/ApiGateway", Set.of("ApiId"), WEBSOCKET);
        add("AWS/Lambda", Set.of("FunctionName"), FUNCTION);
        add("AWS/Lambda", Set.of(), ACCOUNT);
        add("AWS/SQS", Set.of("QueueName"), QUEUE);
        add("AWS/RDS", Set.of("DBClusterIdentifier", "Role"), INSTANCES);
        add("AWS/RDS", Set.of("DBClusterIdentifier"), CLUSTER);
        add("AWS/RDS", Set.of("SourceRegion"), Set.of("AuroraGlobalDBReplicationLag"));
        add("AWS/RDS", Set.of("ProxyName", "TargetGroup", "TargetRole"), PROXY);
        add("AWS/ElastiCache", Set.of("CacheClusterId", "CacheNodeId"), NODE);
        Metrics.all().stream()
                .map(MetricSpec::name)
                .forEach(name -> add(Metrics.NAMESPACE, Set.of(Metrics.DIMENSION), Set.of(name)));
    }

    /** Whether a metric is published with exactly these dimensions. */
    boolean contains(String namespace, String name, Set<String> dimensions) {
        return known.getOrDefault(List.<Object>of(namespace, dimensions), Set.of())
                .contains(name);
    }

    /** Whether a metric of one of the two kinds of APIs is of that kind. */
    static boolean fits(String api, String name) {
        return switch (api) {
            case "restapi" -> REST.contains(name);
            case "gatewayapi" -> WEBSOCKET.contains(name);
            default -> false;
        };
    }

    private void add(String namespace, Set<String> dimensions, Set<String> names) {
        known.computeIfAbsent(List.<Object>of(namespace, dimensions), key -> new HashSet<>())
                .addAll(names);
    }
}
