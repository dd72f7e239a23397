package dev.parley.infra;

import dev.parley.infra.observability.ObservedSystem.ObservedDatabase;
import dev.parley.infra.phase.ClusterSpec;
import dev.parley.infra.phase.PhaseProfile.DatabaseSize;
import dev.parley.infra.region.GlobalDatabase;
import dev.parley.infra.region.RegionPlace;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.rds.AuroraPostgresClusterEngineProps;
import software.amazon.awscdk.services.rds.CfnDBCluster;
import software.amazon.awscdk.services.rds.CfnDBInstance;
import software.amazon.awscdk.services.rds.CfnDBSubnetGroup;
import software.amazon.awscdk.services.rds.DatabaseCluster;
import software.amazon.awscdk.services.rds.DatabaseClusterAttributes;
import software.amazon.awscdk.services.rds.DatabaseClusterEngine;
import software.amazon.awscdk.services.rds.DatabaseProxy;
import software.amazon.awscdk.services.rds.DefaultAuthScheme;
import software.amazon.awscdk.services.rds.IClusterEngine;
import software.amazon.awscdk.services.rds.IDatabaseCluster;
import software.amazon.awscdk.services.rds.ProxyTarget;
import software.constructs.Construct;

/**
 * The second Region's copy of a database: a secondary cluster of the Aurora global database, which has readers only until it is
 * promoted, behind a proxy that is ready to lead to its writer then. Users and data come from the first Region; so none of
 * them is said here, which CDK's own construct for clusters would not allow.
 */
final class SecondaryDatabase extends Construct implements SqlDatabase {

    /** Two, so that one is left when the other becomes the writer and fails. */
    private static final int INSTANCES = 2;

    private static final IClusterEngine ENGINE = DatabaseClusterEngine.auroraPostgres(
            AuroraPostgresClusterEngineProps.builder().version(Database.VERSION).build());

    private final ClusterSpec spec;
    private final Naming naming;
    private final CfnDBCluster cluster;
    private final DatabaseProxy proxy;

    SecondaryDatabase(Construct scope, String id, ClusterSpec spec, RegionPlace place, NetworkStack network, IKey key) {
        super(scope, id);
        this.spec = spec;
        naming = new Naming(place.deployment());
        Port postgres = Port.tcp(NetworkStack.DATABASE_PORT);
        SecurityGroup clusterAccess = securityGroup("ClusterAccess", "The database cluster", network);
        clusterAccess.addIngressRule(network.migrations(), postgres, "Migrations");
        cluster = cluster(spec.size(), place, network, clusterAccess, key);
        SecurityGroup proxyAccess = securityGroup("ProxyAccess", "RDS Proxy", network);
        proxyAccess.addIngressRule(network.functions(), postgres, "Functions");
        proxyAccess.addIngressRule(Peer.ipv4(place.otherCidr()), postgres, "Functions of the other Region");
        IDatabaseCluster known = DatabaseCluster.fromDatabaseClusterAttributes(
                this,
                "Known",
                DatabaseClusterAttributes.builder()
                        .clusterIdentifier(cluster.getRef())
                        .engine(ENGINE)
                        .port(NetworkStack.DATABASE_PORT)
                        .securityGroups(List.of(clusterAccess))
                        .build());
        Role role = Role.Builder.create(this, "ProxyRole")
                .assumedBy(new ServicePrincipal("rds.amazonaws.com"))
                .description("RDS Proxy: connects to the database")
                .build();
        role.addToPolicy(
                SqlDatabase.connect(Aws.REGION, cluster.getAttrDbClusterResourceId(), Database.FUNCTIONS_USER));
        proxy = DatabaseProxy.Builder.create(this, "Proxy")
                .proxyTarget(ProxyTarget.fromCluster(known))
                .dbProxyName(naming.proxy(spec))
                .vpc(network.vpc())
                .vpcSubnets(NetworkStack.privateSubnets())
                .securityGroups(List.of(proxyAccess))
                .role(role)
                .defaultAuthScheme(DefaultAuthScheme.IAM_AUTH)
                .requireTls(true)
                .borrowTimeout(Duration.seconds(3))
                .maxConnectionsPercent(90)
                .build();
        for (int i = 0; i < INSTANCES; i++) {
            proxy.getNode().addDependency(instance(i));
        }
    }

    @Override
    public ClusterSpec spec() {
        return spec;
    }

    @Override
    public String proxyHost() {
        return proxy.getEndpoint();
    }

    @Override
    public String clusterUrl() {
        return SqlDatabase.clusterUrl(cluster.getAttrEndpointAddress());
    }

    @Override
    public String proxyArn() {
        return proxy.getDbProxyArn();
    }

    /** Its readers are for the moment in which they become the writer. */
    @Override
    public @Nullable String readOnlyUrl() {
        return null;
    }

    @Override
    public ObservedDatabase observed() {
        return new ObservedDatabase(
                cluster.getRef(),
                spec.zero() ? null : naming.clusterParameter(spec),
                spec.zero() ? proxy.getDbProxyName() : naming.proxy(spec),
                spec.size(),
                false);
    }

    @Override
    public void grantOwnership(Role role) {
        role.addToPolicy(SqlDatabase.connect(Aws.REGION, cluster.getAttrDbClusterResourceId(), Database.OWNER));
    }

    private CfnDBCluster cluster(
            DatabaseSize size, RegionPlace place, NetworkStack network, SecurityGroup access, IKey key) {
        CfnDBSubnetGroup subnets = CfnDBSubnetGroup.Builder.create(this, "Subnets")
                .dbSubnetGroupDescription("The subnets of the database")
                .subnetIds(network.vpc()
                        .selectSubnets(NetworkStack.privateSubnets())
                        .getSubnetIds())
                .build();
        CfnDBCluster made = CfnDBCluster.Builder.create(this, "Cluster")
                .globalClusterIdentifier(GlobalDatabase.identifier(place, spec))
                .engine(ENGINE.getEngineType())
                .engineVersion(Database.VERSION.getAuroraPostgresFullVersion())
                .dbSubnetGroupName(subnets.getRef())
                .vpcSecurityGroupIds(List.of(access.getSecurityGroupId()))
                .port(NetworkStack.DATABASE_PORT)
                .serverlessV2ScalingConfiguration(CfnDBCluster.ServerlessV2ScalingConfigurationProperty.builder()
                        .minCapacity(size.minCapacity())
                        .maxCapacity(size.maxCapacity())
                        .build())
                .storageEncrypted(true)
                .kmsKeyId(key.getKeyArn())
                .enableIamDatabaseAuthentication(true)
                .backupRetentionPeriod(size.backupDays())
                .copyTagsToSnapshot(true)
                .deletionProtection(true)
                .build();
        made.applyRemovalPolicy(RemovalPolicy.RETAIN);
        Tags.of(made).add(ClusterSpec.TAG, spec.name());
        return made;
    }

    private CfnDBInstance instance(int number) {
        CfnDBInstance instance = CfnDBInstance.Builder.create(this, "Instance" + number)
                .dbClusterIdentifier(cluster.getRef())
                .engine(ENGINE.getEngineType())
                .dbInstanceClass("db.serverless")
                .promotionTier(number)
                .publiclyAccessible(false)
                .build();
        instance.applyRemovalPolicy(RemovalPolicy.RETAIN);
        return instance;
    }

    private SecurityGroup securityGroup(String id, String description, NetworkStack network) {
        return SecurityGroup.Builder.create(this, id)
                .vpc(network.vpc())
                .description(description)
                .allowAllOutbound(false)
                .build();
    }
}
