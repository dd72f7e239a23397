package dev.parley.infra.edge;

import dev.parley.catalog.HttpRoute;
import dev.parley.infra.phase.Parameters;
import java.util.List;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.certificatemanager.CertificateValidation;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.route53.ARecord;
import software.amazon.awscdk.services.route53.AaaaRecord;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.route53.IHostedZone;
import software.amazon.awscdk.services.route53.RecordTarget;
import software.amazon.awscdk.services.route53.targets.CloudFrontTarget;
import software.constructs.Construct;

/**
 * One domain in front of both APIs, in whichever Regions they are. It is in us-east-1, where CloudFront takes certificates and
 * web ACLs from; origins and the secret are known by name, so that nothing is exported from one Region to another.
 */
public final class EdgeStack extends Stack {

    /** The one Region of CloudFront's certificates and web ACLs (CloudFront developer guide, "Requirements for using SSL/TLS certificates"). */
    public static final String REGION = "us-east-1";

    /**
     * The edge of a deployment.
     *
     * @param secret what it proves itself to the functions with; the stack of the first Region makes it
     * @param routes the routes of the REST API
     */
    public EdgeStack(
            Construct scope,
            Parameters parameters,
            EdgeAddresses addresses,
            EdgeSecret secret,
            List<HttpRoute> routes) {
        super(
                scope,
                parameters.name() + "-Edge",
                StackProps.builder()
                        .env(Environment.builder().region(REGION).build())
                        .description("Parley: one domain in front of the APIs")
                        .build());
        IHostedZone zone = HostedZone.fromHostedZoneAttributes(
                this,
                "Zone",
                HostedZoneAttributes.builder()
                        .hostedZoneId(addresses.hostedZone())
                        .zoneName(addresses.domain())
                        .build());
        Certificate certificate = Certificate.Builder.create(this, "Certificate")
                .domainName(addresses.domain())
                .validation(CertificateValidation.fromDns(zone))
                .build();
        WebFirewall firewall = new WebFirewall(this, "Firewall", parameters.name());
        FrontDoor door = new FrontDoor(
                this, "Door", new FrontDoor.Props(addresses, secret, certificate, firewall.arn(), routes));
        addRecords(zone, door.distribution());
        CfnOutput.Builder.create(this, "DistributionId")
                .description("The CloudFront distribution, for invalidations")
                .value(door.distribution().getDistributionId())
                .build();
    }

    private void addRecords(IHostedZone zone, Distribution distribution) {
        RecordTarget target = RecordTarget.fromAlias(new CloudFrontTarget(distribution));
        ARecord.Builder.create(this, "Ipv4").zone(zone).target(target).build();
        AaaaRecord.Builder.create(this, "Ipv6").zone(zone).target(target).build();
    }
}
