package dev.parley.infra;

import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.Regions;
import dev.parley.infra.region.RegionPlace;
import java.util.List;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ec2.CfnVPCEndpoint;
import software.amazon.awscdk.services.ec2.FlowLogDestination;
import software.amazon.awscdk.services.ec2.FlowLogOptions;
import software.amazon.awscdk.services.ec2.FlowLogTrafficType;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpoint;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.ec2.IpProtocol;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * The network: a dual-stack VPC over two Availability Zones.
 *
 * <p>The functions reach AWS over IPv6 through an egress-only internet gateway, which costs nothing, instead of a NAT
 * gateway. There must never be an {@code execute-api} VPC endpoint with private DNS here: it would take the traffic to
 * {@code @connections}, which such endpoints do not serve (AWS Knowledge Center, "How do I connect to an API Gateway
 * from a VPC").
 */
final class NetworkStack extends NestedStack implements FunctionPlace {

    /** Where PostgreSQL listens; RDS Proxy offers no other port. */
    static final int DATABASE_PORT = 5432;

    /** Where Redis listens. */
    static final int CACHE_PORT = 6380;

    private final Vpc vpc;
    private final SecurityGroup functions;
    private final SecurityGroup migrations;

    NetworkStack(Construct scope, String id, RegionPlace place) {
        super(scope, id);
        vpc = Vpc.Builder.create(this, "Vpc")
                .ipProtocol(IpProtocol.DUAL_STACK)
                .ipAddresses(IpAddresses.cidr(place.cidr()))
                .maxAzs(2)
                .natGateways(0)
                .subnetConfiguration(List.of(
                        SubnetConfiguration.builder()
                                .name("public")
                                .subnetType(SubnetType.PUBLIC)
                                .mapPublicIpOnLaunch(false)
                                .cidrMask(24)
                                .build(),
                        SubnetConfiguration.builder()
                                .name("private")
                                .subnetType(SubnetType.PRIVATE_WITH_EGRESS)
                                .cidrMask(20)
                                .build()))
                .build();
        // Free, and traffic to files does not leave the network.
        GatewayVpcEndpoint files = vpc.addGatewayEndpoint(
                "Files",
                GatewayVpcEndpointOptions.builder()
                        .service(GatewayVpcEndpointAwsService.S3)
                        .subnets(List.of(privateSubnets()))
                        .build());
        if (files.getNode().getDefaultChild() instanceof CfnVPCEndpoint endpoint) {
            // The functions prefer IPv6.
            endpoint.setIpAddressType("dualstack");
        }
        logFlows();
        functions = securityGroup("Functions", "Functions: the data, and AWS over IPv6");
        functions.addEgressRule(Peer.anyIpv6(), Port.tcp(443), "AWS APIs over IPv6");
        functions.addEgressRule(Peer.ipv4(vpc.getVpcCidrBlock()), Port.tcp(DATABASE_PORT), "RDS Proxy");
        functions.addEgressRule(Peer.ipv4(vpc.getVpcCidrBlock()), Port.tcp(CACHE_PORT), "Redis");
        if (place.regions() == Regions.TWO) {
            functions.addEgressRule(
                    Peer.ipv4(place.otherCidr()), Port.tcp(DATABASE_PORT), "RDS Proxy of the other Region");
        }
        migrations = securityGroup("Migrations", "The migration function, which may reach the database past the proxy");
    }

    IVpc vpc() {
        return vpc;
    }

    /** The subnets that functions and data are in: without a way in from the internet. */
    static SubnetSelection privateSubnets() {
        return SubnetSelection.builder()
                .subnetType(SubnetType.PRIVATE_WITH_EGRESS)
                .build();
    }

    @Override
    public void place(Function.Builder function, FunctionSpec spec) {
        function.vpc(vpc)
                .vpcSubnets(privateSubnets())
                .securityGroups(
                        Power.of(spec).contains(Power.MIGRATE) ? List.of(functions, migrations) : List.of(functions))
                .ipv6AllowedForDualStack(true);
    }

    /** The alias, since SnapStart does not serve {@code $LATEST}. */
    @Override
    public IFunction invoked(Function function, Alias alias) {
        return alias;
    }

    /** The security group of every function. */
    SecurityGroup functions() {
        return functions;
    }

    /** The security group that the migration function has besides. */
    SecurityGroup migrations() {
        return migrations;
    }

    private SecurityGroup securityGroup(String id, String description) {
        return SecurityGroup.Builder.create(this, id)
                .vpc(vpc)
                .description(description)
                .allowAllOutbound(false)
                .allowAllIpv6Outbound(false)
                .build();
    }

    private void logFlows() {
        LogGroup flows = LogGroup.Builder.create(this, "FlowLogs")
                .retention(RetentionDays.ONE_MONTH)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        vpc.addFlowLog(
                "Rejected",
                FlowLogOptions.builder()
                        .destination(FlowLogDestination.toCloudWatchLogs(flows))
                        .trafficType(FlowLogTrafficType.REJECT)
                        .build());
    }
}
