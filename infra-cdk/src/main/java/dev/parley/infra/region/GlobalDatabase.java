package dev.parley.infra.region;

import dev.parley.infra.phase.ClusterSpec;
import java.util.Locale;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.rds.CfnGlobalCluster;
import software.constructs.Construct;

/**
 * The Aurora global database around a cluster of the first Region, which becomes its primary one in place. The cluster itself must
 * not name the global database: that is for secondary clusters (CloudFormation, {@code AWS::RDS::DBCluster},
 * {@code GlobalClusterIdentifier}).
 */
public final class GlobalDatabase extends Construct {

    /** @param clusterIdentifier the cluster's identifier; CloudFormation does not take its ARN */
    public GlobalDatabase(Construct scope, String id, RegionPlace place, ClusterSpec spec, String clusterIdentifier) {
        super(scope, id);
        CfnGlobalCluster global = CfnGlobalCluster.Builder.create(this, "Cluster")
                .globalClusterIdentifier(identifier(place, spec))
                .sourceDbClusterIdentifier(clusterIdentifier)
                .deletionProtection(true)
                .build();
        // Taken apart by hand, when the second Region's cluster has left it.
        global.applyRemovalPolicy(RemovalPolicy.RETAIN);
    }

    /** Its identifier, in every Region. RDS has lower-case ones. */
    public static String identifier(RegionPlace place, ClusterSpec spec) {
        return spec.numbered(place.deployment().toLowerCase(Locale.ROOT) + "-global");
    }
}
