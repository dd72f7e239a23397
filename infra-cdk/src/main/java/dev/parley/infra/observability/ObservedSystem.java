package dev.parley.infra.observability;

import dev.parley.infra.Naming;
import dev.parley.infra.phase.PhaseProfile;
import dev.parley.infra.region.RegionPlace;
import java.util.List;

/**
 * What is looked at in one Region: the identifiers that CloudWatch's dimensions have, and the sizes that percentages are of.
 *
 * @param naming names that are known from the catalog
 * @param profile sizes
 * @param place where it stands among the Regions
 * @param restApi id of the HTTP API
 * @param gatewayApi id of the WebSocket API
 * @param databases the database clusters with their proxies, shard zero first
 * @param cacheGroup id of the replication group; its nodes' names follow from it
 */
public record ObservedSystem(
        Naming naming,
        PhaseProfile profile,
        RegionPlace place,
        String restApi,
        String gatewayApi,
        List<ObservedDatabase> databases,
        String cacheGroup) {

    /**
     * One database cluster.
     *
     * @param cluster the cluster's identifier
     * @param proxy name of the RDS Proxy before it
     */
    public record ObservedDatabase(String cluster, String proxy) {}

    /** The name of the deployment. */
    String deployment() {
        return naming.deployment();
    }
}
