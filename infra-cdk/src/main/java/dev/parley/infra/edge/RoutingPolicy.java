package dev.parley.infra.edge;

import software.amazon.awscdk.services.route53.CfnRecordSet;

/** Which of several Regions the records of an origin lead to (Route 53 developer guide, "Choosing a routing policy"). */
public sealed interface RoutingPolicy {

    /** One Region, and no other. */
    record Simple() implements RoutingPolicy {}

    /**
     * The primary Region while it is healthy, and the secondary one when it is not.
     *
     * @param role which of both this Region is
     * @param region what tells the records of both apart
     * @param healthCheck id of the Route 53 health check that says whether this Region is healthy
     */
    record Failover(Role role, String region, String healthCheck) implements RoutingPolicy {}

    /** Of two Regions, this one or the other. */
    enum Role {
        PRIMARY,
        SECONDARY
    }

    /** Adds what makes a record set follow the policy. */
    default void apply(CfnRecordSet.Builder record) {
        if (this instanceof Failover failover) {
            record.failover(failover.role().name())
                    .setIdentifier(failover.region())
                    .healthCheckId(failover.healthCheck());
        }
    }
}
