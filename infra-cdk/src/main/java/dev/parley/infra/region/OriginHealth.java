package dev.parley.infra.region;

import java.util.List;
import software.amazon.awscdk.services.route53.CfnHealthCheck;
import software.constructs.Construct;

/**
 * A Route 53 health check of one Region's REST API, by which records lead clients to a Region that answers. The API says that it is
 * healthy if its database and its cache answer, so that a Region which cannot serve is not led to (Route 53 developer guide, "How
 * Amazon Route 53 determines whether a health check is healthy").
 */
public final class OriginHealth extends Construct {

    /** Seconds between two questions of a checker, the shorter of the two that there are. */
    private static final int INTERVAL = 10;

    /** Failures in a row until a checker finds the Region unhealthy: half a minute. */
    private static final int FAILURES = 3;

    private final CfnHealthCheck check;

    /**
     * A health check.
     *
     * @param host a host name that leads to this Region alone, and whose certificate the API has
     * @param path the path that answers 200 when all is well
     */
    public OriginHealth(Construct scope, String id, RegionPlace place, String host, String path) {
        super(scope, id);
        check = CfnHealthCheck.Builder.create(this, "Check")
                .healthCheckConfig(CfnHealthCheck.HealthCheckConfigProperty.builder()
                        .type("HTTPS")
                        .fullyQualifiedDomainName(host)
                        .port(443)
                        .resourcePath(path)
                        .enableSni(true)
                        .requestInterval(INTERVAL)
                        .failureThreshold(FAILURES)
                        .measureLatency(true)
                        .build())
                .healthCheckTags(List.of(CfnHealthCheck.HealthCheckTagProperty.builder()
                        .key("Name")
                        .value(place.stackName() + " in " + place.region())
                        .build()))
                .build();
    }

    /** The id that records name. */
    public String id() {
        return check.getAttrHealthCheckId();
    }
}
