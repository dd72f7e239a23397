package dev.parley.infra.cost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.infra.assembly.CloudAssembly;
import dev.parley.infra.assembly.StackTemplate;
import dev.parley.price.PriceList;
import dev.parley.price.UnknownPriceException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Reads from the templates themselves what a deployment costs while nobody uses it, so that the figure follows what is
 * deployed. All Regions are counted at the prices of the list's.
 *
 * <p>Left out, since they are nothing or next to nothing without use: Lambda, SQS, both APIs, CloudFront, logs, metrics, and
 * the storage of an empty database and bucket. Free tiers are left out too, the other way round.
 */
public final class IdleCostEstimator {

    /** RDS Proxy bills a serverless cluster for this many ACUs at least. */
    private static final double PROXY_MINIMUM = 8;

    /** OpenSearch Serverless keeps one unit for indexing and one for searching at least. */
    private static final int MINIMUM_OCUS = 2;

    private final PriceList prices;

    public IdleCostEstimator(PriceList prices) {
        this.prices = prices;
    }

    /**
     * What the stacks of an assembly cost.
     *
     * @throws UnknownPriceException if one holds something whose price is not listed
     */
    public IdleCost of(CloudAssembly assembly) {
        List<CostItem> items = new ArrayList<>();
        database(assembly, items);
        cache(assembly, items);
        counted(assembly, items);
        search(assembly, items);
        items.removeIf(item -> item.monthly() == 0);
        items.sort(Comparator.comparingDouble(CostItem::monthly).reversed());
        return new IdleCost(items);
    }

    private void database(CloudAssembly assembly, List<CostItem> items) {
        double acus = 0;
        int instances = 0;
        double proxied = 0;
        int proxies = 0;
        for (StackTemplate stack : assembly.stacks()) {
            Map<String, Double> byCluster = new TreeMap<>();
            for (JsonNode instance : stack.ofType("AWS::RDS::DBInstance").values()) {
                String cluster = reference(property(instance, "DBClusterIdentifier"));
                double minimum = stack.json()
                        .path("Resources")
                        .path(cluster)
                        .path("Properties")
                        .path("ServerlessV2ScalingConfiguration")
                        .path("MinCapacity")
                        .asDouble();
                byCluster.merge(cluster, minimum, Double::sum);
                acus += minimum;
                instances++;
            }
            for (JsonNode target : stack.ofType("AWS::RDS::DBProxyTargetGroup").values()) {
                String cluster =
                        reference(property(target, "DBClusterIdentifiers").path(0));
                proxied += Math.max(PROXY_MINIMUM, byCluster.getOrDefault(cluster, 0.0));
                proxies++;
            }
        }
        items.add(new CostItem(
                "Aurora",
                number(acus) + " ACUs at least in " + counted(instances, "instance"),
                prices.monthly("aurora-acu", acus)));
        items.add(new CostItem(
                "RDS Proxy",
                number(proxied) + " ACUs in " + counted(proxies, "proxy"),
                prices.monthly("rds-proxy-acu", proxied)));
    }

    private void cache(CloudAssembly assembly, List<CostItem> items) {
        Map<String, Integer> nodes = new TreeMap<>();
        List<JsonNode> groups = assembly.stacks().stream()
                .flatMap(stack -> stack.ofType("AWS::ElastiCache::ReplicationGroup").values().stream())
                .toList();
        for (JsonNode group : groups) {
            // A secondary group of a global datastore has the node type and the shards of the primary one.
            JsonNode primary = property(group, "CacheNodeType").isMissingNode() ? groups.getFirst() : group;
            int shards = Math.max(1, property(primary, "NumNodeGroups").asInt(1));
            int replicas = property(group, "ReplicasPerNodeGroup")
                    .asInt(property(primary, "ReplicasPerNodeGroup").asInt());
            nodes.merge(property(primary, "CacheNodeType").asText(), shards * (1 + replicas), Integer::sum);
        }
        nodes.forEach((type, count) -> items.add(
                new CostItem("ElastiCache", counted(count, "node") + " " + type, prices.monthly(type, count))));
    }

    /** What is billed for each one there is. */
    private void counted(CloudAssembly assembly, List<CostItem> items) {
        add(
                assembly,
                items,
                "CloudWatch",
                "alarm metric",
                "alarm-metric",
                "AWS::CloudWatch::Alarm",
                alarm -> Math.max(
                        1, property(alarm, "Metrics").findValues("MetricStat").size()));
        add(assembly, items, "CloudWatch", "composite alarm", "composite-alarm", "AWS::CloudWatch::CompositeAlarm");
        add(assembly, items, "CloudWatch", "dashboard", "dashboard", "AWS::CloudWatch::Dashboard");
        add(assembly, items, "Secrets Manager", "secret", "secret", "AWS::SecretsManager::Secret");
        add(assembly, items, "KMS", "key", "kms-key", "AWS::KMS::Key");
        add(assembly, items, "KMS", "replica key", "kms-key", "AWS::KMS::ReplicaKey");
        add(assembly, items, "WAF", "web ACL", "web-acl", "AWS::WAFv2::WebACL");
        add(
                assembly,
                items,
                "WAF",
                "rule",
                "web-acl-rule",
                "AWS::WAFv2::WebACL",
                acl -> property(acl, "Rules").size());
        add(assembly, items, "Route 53", "health check", "health-check", "AWS::Route53::HealthCheck");
        add(
                assembly,
                items,
                "Route 53",
                "health check option",
                "health-check-option",
                "AWS::Route53::HealthCheck",
                IdleCostEstimator::healthCheckOptions);
        add(assembly, items, "VPC", "NAT gateway", "nat-gateway", "AWS::EC2::NatGateway");
        add(
                assembly,
                items,
                "VPC",
                "interface endpoint zone",
                "interface-endpoint",
                "AWS::EC2::VPCEndpoint",
                endpoint -> property(endpoint, "VpcEndpointType").asText().equals("Interface")
                        ? property(endpoint, "SubnetIds").size()
                        : 0);
        add(
                assembly,
                items,
                "Lambda",
                "event poller",
                "event-poller",
                "AWS::Lambda::EventSourceMapping",
                mapping -> property(mapping, "ProvisionedPollerConfig")
                        .path("MinimumPollers")
                        .asInt());
        add(
                assembly,
                items,
                "OpenSearch",
                "OCU",
                "opensearch-ocu",
                "AWS::OpenSearchServerless::Collection",
                collection -> MINIMUM_OCUS);
    }

    private void search(CloudAssembly assembly, List<CostItem> items) {
        for (StackTemplate stack : assembly.stacks()) {
            for (JsonNode domain :
                    stack.ofType("AWS::OpenSearchService::Domain").values()) {
                JsonNode cluster = property(domain, "ClusterConfig");
                int data = cluster.path("InstanceCount").asInt(1);
                node(cluster.path("InstanceType").asText(), data, items);
                if (cluster.path("DedicatedMasterEnabled").asBoolean()) {
                    node(
                            cluster.path("DedicatedMasterType").asText(),
                            cluster.path("DedicatedMasterCount").asInt(3),
                            items);
                }
                int gigabytes =
                        data * property(domain, "EBSOptions").path("VolumeSize").asInt();
                items.add(new CostItem(
                        "OpenSearch", gigabytes + " GB of storage", prices.monthly("opensearch-storage", gigabytes)));
            }
        }
    }

    private void node(String type, int count, List<CostItem> items) {
        items.add(new CostItem("OpenSearch", counted(count, "node") + " " + type, prices.monthly(type, count)));
    }

    private void add(
            CloudAssembly assembly, List<CostItem> items, String service, String what, String price, String type) {
        add(assembly, items, service, what, price, type, resource -> 1);
    }

    private void add(
            CloudAssembly assembly,
            List<CostItem> items,
            String service,
            String what,
            String price,
            String type,
            ToDoubleFunction<JsonNode> quantity) {
        double count = assembly.stacks().stream()
                .flatMap(stack -> stack.ofType(type).values().stream())
                .mapToDouble(quantity)
                .sum();
        items.add(
                new CostItem(service, counted(Math.toIntExact(Math.round(count)), what), prices.monthly(price, count)));
    }

    /** What a health check costs more for: TLS, looking into the answer, every ten seconds, and measuring. */
    private static double healthCheckOptions(JsonNode check) {
        JsonNode config = property(check, "HealthCheckConfig");
        String type = config.path("Type").asText();
        return (type.startsWith("HTTPS") ? 1 : 0)
                + (type.endsWith("STR_MATCH") ? 1 : 0)
                + (config.path("RequestInterval").asInt() == 10 ? 1 : 0)
                + (config.path("MeasureLatency").asBoolean() ? 1 : 0);
    }

    private static JsonNode property(JsonNode resource, String name) {
        return resource.path("Properties").path(name);
    }

    private static String reference(JsonNode value) {
        return value.path("Ref").asText();
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString(Math.round(value)) : Double.toString(value);
    }

    private static String counted(int count, String what) {
        if (count == 1) {
            return "1 " + what;
        }
        return count + " " + (what.matches(".*[^aeiou]y") ? what.substring(0, what.length() - 1) + "ies" : what + "s");
    }
}
