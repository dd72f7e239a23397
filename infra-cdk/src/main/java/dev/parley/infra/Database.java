package dev.parley.infra;

import dev.parley.catalog.Regions;
import dev.parley.infra.observability.ObservedSystem.ObservedDatabase;
import dev.parley.infra.phase.ClusterSpec;
import dev.parley.infra.phase.PhaseProfile.DatabaseSize;
import dev.parley.infra.region.GlobalDatabase;
import dev.parley.infra.region.RegionPlace;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
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
import software.amazon.awscdk.services.rds.AuroraPostgresEngineVersion;
import software.amazon.awscdk.services.rds.BackupProps;
import software.amazon.awscdk.services.rds.CfnDBCluster;
import software.amazon.awscdk.services.rds.ClusterInstance;
import software.amazon.awscdk.services.rds.Credentials;
import software.amazon.awscdk.services.rds.DatabaseCluster;
import software.amazon.awscdk.services.rds.DatabaseClusterEngine;
import software.amazon.awscdk.services.rds.DatabaseProxy;
import software.amazon.awscdk.services.rds.DatabaseProxyEndpointOptions;
import software.amazon.awscdk.services.rds.DatabaseProxyOptions;
import software.amazon.awscdk.services.rds.DefaultAuthScheme;
import software.amazon.awscdk.services.rds.IClusterInstance;
import software.amazon.awscdk.services.rds.IDatabaseProxyEndpoint;
import software.amazon.awscdk.services.rds.ProxyEndpointTargetRole;
import software.amazon.awscdk.services.rds.ServerlessV2ClusterInstanceProps;
import software.constructs.Construct;

/**
 * Aurora PostgreSQL behind RDS Proxy: a writer and readers in two Availability Zones, which scale with the load. Encrypted,
 * protected from deletion, with backups to any second of the last days that the profile says.
 *
 * <p>A deployment has one with the directory, and larger ones have others for content, which a smaller phase leaves behind: their
 * cluster stays with its network access, and costs until it is deleted by hand (docs/data.md).
 */
final class Database extends Construct implements SqlDatabase {

    /** The database, and the user that owns its schema. */
    static final String OWNER = "parley";

    /** The user that functions log in as; the migrations make it, where RDS lets in whom IAM lets in. */
    static final String FUNCTIONS_USER = "parley_app";

    /** The version of PostgreSQL, the same in all Regions. */
    static final AuroraPostgresEngineVersion VERSION = AuroraPostgresEngineVersion.VER_17_9;

    private final ClusterSpec spec;
    private final Naming naming;
    private final DatabaseCluster cluster;
    private final DatabaseProxy proxy;
    private final @Nullable IDatabaseProxyEndpoint readOnly;

    Database(Construct scope, String id, ClusterSpec spec, RegionPlace place, NetworkStack network, IKey key) {
        super(scope, id);
        this.spec = spec;
        naming = new Naming(place.deployment());
        DatabaseSize size = spec.size();
        SecurityGroup clusterAccess = securityGroup("ClusterAccess", "The database cluster", network);
        if (!spec.zero()) {
            clusterAccess.applyRemovalPolicy(RemovalPolicy.RETAIN);
        }
        cluster = cluster(size, network, clusterAccess, key);
        Tags.of(cluster).add(ClusterSpec.TAG, spec.name());
        leaveNoPassword();
        SecurityGroup proxyAccess = securityGroup("ProxyAccess", "RDS Proxy", network);
        proxy = proxy(naming.proxy(spec), network, proxyAccess);
        // Content on other clusters is read from their writers.
        readOnly = spec.zero() && size.readers() > 0 ? readOnlyEndpoint(network, proxyAccess) : null;
        Port postgres = Port.tcp(NetworkStack.DATABASE_PORT);
        proxyAccess.addIngressRule(network.functions(), postgres, "Functions");
        if (place.regions() == Regions.TWO) {
            proxyAccess.addIngressRule(Peer.ipv4(place.otherCidr()), postgres, "Functions of the other Region");
            new GlobalDatabase(this, "Global", place, spec, cluster.getClusterIdentifier());
        }
        cluster.getConnections().allowFrom(network.migrations(), postgres, "Migrations");
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
    public String proxyArn() {
        return proxy.getDbProxyArn();
    }

    @Override
    public @Nullable String readOnlyUrl() {
        return readOnly == null ? null : SqlDatabase.proxyUrl(readOnly.getEndpoint());
    }

    @Override
    public String clusterUrl() {
        return SqlDatabase.clusterUrl(cluster.getClusterEndpoint().getHostname());
    }

    @Override
    public ObservedDatabase observed() {
        return new ObservedDatabase(
                cluster.getClusterIdentifier(),
                spec.zero() ? null : naming.clusterParameter(spec),
                spec.zero() ? proxy.getDbProxyName() : naming.proxy(spec),
                spec.size(),
                readOnly != null);
    }

    @Override
    public void grantOwnership(Role role) {
        role.addToPolicy(SqlDatabase.connect(Aws.REGION, cluster.getClusterResourceIdentifier(), OWNER));
    }

    /**
     * The master user, which owns the schema, logs in by IAM from the start (Amazon RDS API reference, CreateDBCluster,
     * MasterUserAuthenticationType), so that no password exists that could leak or would have to be changed.
     */
    private void leaveNoPassword() {
        CfnDBCluster resource = (CfnDBCluster) cluster.getNode().getDefaultChild();
        Objects.requireNonNull(resource, "a cluster has one").setMasterUserAuthenticationType("iam-db-auth");
        resource.addPropertyDeletionOverride("ManageMasterUserPassword");
    }

    /** IAM all the way: clients prove to the proxy who they are, and the proxy to the cluster. */
    private DatabaseProxy proxy(String name, NetworkStack network, SecurityGroup access) {
        Role role = Role.Builder.create(this, "ProxyRole")
                .assumedBy(new ServicePrincipal("rds.amazonaws.com"))
                .description("RDS Proxy: connects to the database")
                .build();
        role.addToPolicy(SqlDatabase.connect(Aws.REGION, cluster.getClusterResourceIdentifier(), FUNCTIONS_USER));
        return cluster.addProxy(
                "Proxy",
                DatabaseProxyOptions.builder()
                        .dbProxyName(name)
                        .vpc(network.vpc())
                        .vpcSubnets(NetworkStack.privateSubnets())
                        .securityGroups(List.of(access))
                        .role(role)
                        .defaultAuthScheme(DefaultAuthScheme.IAM_AUTH)
                        .requireTls(true)
                        .borrowTimeout(Duration.seconds(3))
                        .maxConnectionsPercent(90)
                        .build());
    }

    private IDatabaseProxyEndpoint readOnlyEndpoint(NetworkStack network, SecurityGroup access) {
        return proxy.addEndpoint(
                "ReadOnly",
                DatabaseProxyEndpointOptions.builder()
                        .vpc(network.vpc())
                        .vpcSubnets(NetworkStack.privateSubnets())
                        .securityGroups(List.of(access))
                        .targetRole(ProxyEndpointTargetRole.READ_ONLY)
                        .build());
    }

    private DatabaseCluster cluster(DatabaseSize size, NetworkStack network, SecurityGroup access, IKey key) {
        return DatabaseCluster.Builder.create(this, "Cluster")
                .engine(DatabaseClusterEngine.auroraPostgres(AuroraPostgresClusterEngineProps.builder()
                        .version(VERSION)
                        .build()))
                .vpc(network.vpc())
                .vpcSubnets(NetworkStack.privateSubnets())
                .securityGroups(List.of(access))
                .port(NetworkStack.DATABASE_PORT)
                .defaultDatabaseName(OWNER)
                .credentials(Credentials.fromUsername(OWNER))
                .manageMasterUserPassword(true)
                .writer(ClusterInstance.serverlessV2("Writer"))
                .readers(readers(size.readers()))
                .serverlessV2MinCapacity(size.minCapacity())
                .serverlessV2MaxCapacity(size.maxCapacity())
                .storageEncrypted(true)
                .storageEncryptionKey(key)
                .iamAuthentication(true)
                .deletionProtection(true)
                .removalPolicy(RemovalPolicy.RETAIN)
                .backup(BackupProps.builder()
                        .retention(Duration.days(size.backupDays()))
                        .build())
                .copyTagsToSnapshot(true)
                .build();
    }

    /** Readers; the first one is as large as the writer, since it takes over. */
    private static List<IClusterInstance> readers(int count) {
        return IntStream.range(0, count)
                .<IClusterInstance>mapToObj(index -> ClusterInstance.serverlessV2(
                        index == 0 ? "Reader" : "Reader" + (index + 1),
                        ServerlessV2ClusterInstanceProps.builder()
                                .scaleWithWriter(index == 0)
                                .build()))
                .toList();
    }

    private SecurityGroup securityGroup(String id, String description, NetworkStack network) {
        return SecurityGroup.Builder.create(this, id)
                .vpc(network.vpc())
                .description(description)
                .allowAllOutbound(false)
                .build();
    }
}
