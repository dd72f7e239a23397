package dev.parley.infra.region;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.customresources.AwsCustomResource;
import software.amazon.awscdk.customresources.AwsCustomResourcePolicy;
import software.amazon.awscdk.customresources.AwsSdkCall;
import software.amazon.awscdk.customresources.PhysicalResourceId;
import software.amazon.awscdk.services.ec2.CfnRoute;
import software.amazon.awscdk.services.ec2.CfnVPCPeeringConnection;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * The way between the private subnets of both Regions, made from the second one: an inter-Region peering connection, which AWS
 * encrypts, and the routes on both sides. RDS Proxy's name resolves to private addresses everywhere, so that no DNS option is
 * needed; security groups of the other Region cannot be named in rules (VPC peering guide, "Update your security groups to
 * reference peer security groups"), so that both sides allow each other's addresses.
 */
final class Peering extends Construct {

    private final RegionPlace place;
    private final CfnVPCPeeringConnection connection;

    Peering(Construct scope, String id, RegionPlace place, IVpc vpc) {
        super(scope, id);
        this.place = place;
        String otherVpc = place.otherStackName() + "/Network/Vpc";
        Lookup found = new Lookup(
                this,
                "OtherVpc",
                place.otherRegion(),
                "EC2",
                "DescribeVpcs",
                "ec2:DescribeVpcs",
                Map.of("Filters", named(otherVpc)),
                "Vpcs.0.VpcId");
        connection = CfnVPCPeeringConnection.Builder.create(this, "Connection")
                .vpcId(vpc.getVpcId())
                .peerVpcId(found.answer())
                .peerRegion(place.otherRegion())
                .build();
        LogGroup log = LogGroup.Builder.create(this, "Log")
                .retention(RetentionDays.ONE_MONTH)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        List<ISubnet> subnets = new ArrayList<>(vpc.getPrivateSubnets());
        for (int i = 0; i < subnets.size(); i++) {
            CfnRoute.Builder.create(this, "There" + i)
                    .routeTableId(subnets.get(i).getRouteTable().getRouteTableId())
                    .destinationCidrBlock(place.otherCidr())
                    .vpcPeeringConnectionId(connection.getRef())
                    .build();
            // CDK names a route table by the path of its subnet; both Regions have the same ones.
            wayBack(i, otherVpc + "/privateSubnet" + (i + 1), log);
        }
    }

    /** A route in the other Region, whose stack cannot wait for this one. */
    private void wayBack(int number, String subnet, LogGroup log) {
        String table = new Lookup(
                        this,
                        "OtherTable" + number,
                        place.otherRegion(),
                        "EC2",
                        "DescribeRouteTables",
                        "ec2:DescribeRouteTables",
                        Map.of("Filters", named(subnet)),
                        "RouteTables.0.RouteTableId")
                .answer();
        Map<String, Object> route = Map.of(
                "RouteTableId",
                table,
                "DestinationCidrBlock",
                place.cidr(),
                "VpcPeeringConnectionId",
                connection.getRef());
        AwsCustomResource.Builder.create(this, "Back" + number)
                .onCreate(call("CreateRoute", route))
                .onUpdate(call("ReplaceRoute", route))
                .onDelete(call("DeleteRoute", Map.of("RouteTableId", table, "DestinationCidrBlock", place.cidr())))
                .installLatestAwsSdk(false)
                .logGroup(log)
                .policy(AwsCustomResourcePolicy.fromStatements(List.of(PolicyStatement.Builder.create()
                        .actions(List.of("ec2:CreateRoute", "ec2:ReplaceRoute", "ec2:DeleteRoute"))
                        .resources(List.of("arn:" + Aws.PARTITION + ":ec2:" + place.otherRegion() + ":" + Aws.ACCOUNT_ID
                                + ":route-table/" + table))
                        .build())))
                .build();
    }

    private AwsSdkCall call(String action, Map<String, Object> parameters) {
        return AwsSdkCall.builder()
                .region(place.otherRegion())
                .service("EC2")
                .action(action)
                .parameters(parameters)
                .physicalResourceId(PhysicalResourceId.of("route"))
                .outputPaths(List.of("Return"))
                .build();
    }

    private List<Map<String, Object>> named(String name) {
        return List.of(
                Map.of("Name", "tag:Name", "Values", List.of(name)),
                Map.of("Name", "tag:parley:deployment", "Values", List.of(place.deployment())));
    }
}
