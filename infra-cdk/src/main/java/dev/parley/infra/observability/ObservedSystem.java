package dev.parley.infra.observability;

import dev.parley.infra.Naming;
import dev.parley.infra.phase.PhaseProfile;
import dev.parley.infra.phase.PhaseProfile.DatabaseSize;
import dev.parley.infra.region.RegionPlace;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ssm.StringParameter;

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
     * @param parameter the parameter in Parameter Store that has it, for a cluster that a smaller phase has not; null for others
     * @param proxy name of the RDS Proxy before it
     * @param size what percentages are of
     * @param readThroughProxy whether the proxy leads to its readers, too
     */
    public record ObservedDatabase(
            String cluster, @Nullable String parameter, String proxy, DatabaseSize size, boolean readThroughProxy) {

        private ObservedDatabase lookedUpBy(Stack stack) {
            return parameter == null
                    ? this
                    : new ObservedDatabase(
                            StringParameter.valueForStringParameter(stack, parameter),
                            parameter,
                            proxy,
                            size,
                            readThroughProxy);
        }
    }

    /**
     * The same for a stack beside the system's, which looks up what may go. If it imported that, CloudFormation would not let the
     * system's stack, which is deployed first, take it away.
     */
    ObservedSystem lookedUpBy(Stack stack) {
        return new ObservedSystem(
                naming,
                profile,
                place,
                restApi,
                gatewayApi,
                databases.stream().map(database -> database.lookedUpBy(stack)).toList(),
                cacheGroup);
    }

    /** The name of the deployment. */
    String deployment() {
        return naming.deployment();
    }
}
