package dev.parley.infra.edge;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.apigatewayv2.CfnApiMapping;
import software.amazon.awscdk.services.apigatewayv2.CfnDomainName;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.certificatemanager.CertificateValidation;
import software.amazon.awscdk.services.route53.CfnRecordSet;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * The names under which the edge finds the APIs of one Region: custom domain names of API Gateway with a certificate, and
 * their records. Other Regions have the same names; the routing policy says which one a name leads to. The REST API has a
 * name that leads to this Region alone besides, for health checks: the name that AWS gives the API is switched off.
 */
public final class OriginDomains extends Construct {

    private final EdgeAddresses addresses;
    private final Certificate certificate;

    /**
     * A stage that is reached under a name.
     *
     * @param api the API's id
     * @param stage its stage
     * @param made the stage's construct, which has to be there before
     */
    public record Target(String api, String stage, IConstruct made) {}

    /**
     * Makes the names.
     *
     * @param region this Region
     * @param routing whether the names that Regions share lead here
     * @param rest the REST API, which has its name to itself
     * @param gateway the WebSocket API, which is at the gateway's path
     */
    public OriginDomains(
            Construct scope,
            String id,
            EdgeAddresses addresses,
            String region,
            RoutingPolicy routing,
            Target rest,
            Target gateway) {
        super(scope, id);
        this.addresses = addresses;
        certificate = Certificate.Builder.create(this, "Certificate")
                .domainName(addresses.restOrigin())
                .subjectAlternativeNames(List.of(addresses.gatewayOrigin(), addresses.restOrigin(region)))
                .validation(CertificateValidation.fromDns(HostedZone.fromHostedZoneAttributes(
                        this,
                        "Zone",
                        HostedZoneAttributes.builder()
                                .hostedZoneId(addresses.hostedZone())
                                .zoneName(addresses.domain())
                                .build())))
                .build();
        map("Rest", addresses.restOrigin(), rest, null, routing);
        map("Gateway", addresses.gatewayOrigin(), gateway, EdgeAddresses.GATEWAY_PATH, routing);
        map("Region", addresses.restOrigin(region), rest, null, new RoutingPolicy.Simple());
    }

    private void map(String id, String host, Target target, @Nullable String key, RoutingPolicy routing) {
        CfnDomainName name = CfnDomainName.Builder.create(this, id + "Name")
                .domainName(host)
                .domainNameConfigurations(List.of(CfnDomainName.DomainNameConfigurationProperty.builder()
                        .certificateArn(certificate.getCertificateArn())
                        .endpointType("REGIONAL")
                        .securityPolicy("TLS_1_2")
                        .ipAddressType("dualstack")
                        .build()))
                .build();
        CfnApiMapping mapping = CfnApiMapping.Builder.create(this, id + "Mapping")
                .apiId(target.api())
                .stage(target.stage())
                .domainName(name.getRef())
                .apiMappingKey(key)
                .build();
        mapping.getNode().addDependency(target.made());
        record(id + "Ipv4", host, "A", name, routing);
        record(id + "Ipv6", host, "AAAA", name, routing);
    }

    private void record(String id, String host, String type, CfnDomainName target, RoutingPolicy routing) {
        CfnRecordSet.Builder record = CfnRecordSet.Builder.create(this, id)
                .hostedZoneId(addresses.hostedZone())
                .name(host)
                .type(type)
                .aliasTarget(CfnRecordSet.AliasTargetProperty.builder()
                        .dnsName(target.getAttrRegionalDomainName())
                        .hostedZoneId(target.getAttrRegionalHostedZoneId())
                        .evaluateTargetHealth(false)
                        .build());
        routing.apply(record);
        record.build();
    }
}
