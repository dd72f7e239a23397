package dev.parley.infra.region;

import dev.parley.infra.phase.ClusterSpec;
import java.util.Map;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.services.ec2.IVpc;
import software.constructs.Construct;

/** What a Region has and finds of the other: the way there, and what has no name that is known before. */
public final class OtherRegionStack extends NestedStack {

    private final RegionPlace place;

    /** Joins this Region to the other if it is the second; the first one is joined by then. */
    public OtherRegionStack(Construct scope, String id, RegionPlace place, IVpc vpc) {
        super(scope, id);
        this.place = place;
        if (!place.first()) {
            new Peering(this, "Peering", place, vpc);
        }
    }

    /** The host name of the other Region's proxy before a cluster, which holds something random. */
    public String proxyHost(ClusterSpec cluster, String proxyName) {
        return proxy(cluster.numbered("OtherProxy"), proxyName, "DBProxies.0.Endpoint");
    }

    /** The ARN of that proxy, which does not hold its name. */
    public String proxyArn(ClusterSpec cluster, String proxyName) {
        return proxy(cluster.numbered("OtherProxyArn"), proxyName, "DBProxies.0.DBProxyArn");
    }

    /** What the first Region calls something that both use. */
    public String shared(SharedPart part) {
        return new Lookup(
                        this,
                        "Shared-" + part.name(),
                        place.otherRegion(),
                        "SSM",
                        "GetParameter",
                        "ssm:GetParameter",
                        Map.of("Name", part.parameter(place)),
                        "Parameter.Value")
                .answer();
    }

    private String proxy(String id, String proxyName, String path) {
        return new Lookup(
                        this,
                        id,
                        place.otherRegion(),
                        "RDS",
                        "DescribeDBProxies",
                        "rds:DescribeDBProxies",
                        Map.of("DBProxyName", proxyName),
                        path)
                .answer();
    }
}
