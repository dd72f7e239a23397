package dev.parley.infra;

import dev.parley.infra.observability.ObservedSystem.ObservedDatabase;
import dev.parley.infra.phase.Parameters;
import dev.parley.infra.phase.PhaseProfile.DatabaseSize;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.iam.PolicyStatement;
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
 */
final class Database extends Construct {

    private static final String VERIFIED = "?sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory";

    /** The database, and the user that owns its schema. */
    static final String OWNER = "parley";

    /** The user that functions log in as; the migrations make it, where RDS lets in whom IAM lets in. */
    static final String FUNCTIONS_USER = "parley_app";

    private final DatabaseCluster cluster;
    private final DatabaseProxy proxy;
    private final @Nullable IDatabaseProxyEndpoint readOnly;

    Database(Construct scope, String id, Parameters parameters, NetworkStack network, IKey key) {
        super(scope, id);
        DatabaseSize size = parameters.profile().database();
        cluster = cluster(size, network, securityGroup("ClusterAccess", "The database cluster", network), key);
        leaveNoPassword();
        SecurityGroup proxyAccess = securityGroup("ProxyAccess", "RDS Proxy", network);
        proxy = proxy(parameters.name(), network, proxyAccess);
        readOnly = size.readers() > 0 ? readOnlyEndpoint(network, proxyAccess) : null;
        Port postgres = Port.tcp(NetworkStack.DATABASE_PORT);
        proxyAccess.addIngressRule(network.functions(), postgres, "Functions");
        cluster.getConnections().allowFrom(network.migrations(), postgres, "Migrations");
    }

    /** JDBC URL of the proxy. Its certificate is one of Amazon Trust Services, which Java knows. */
    String proxyUrl() {
        return url(proxy.getEndpoint()) + VERIFIED;
    }

    /** JDBC URL of the proxy's endpoint that leads to readers; null when there are none. */
    @Nullable String readOnlyUrl() {
        return readOnly == null ? null : url(readOnly.getEndpoint()) + VERIFIED;
    }

    /**
     * JDBC URL of the cluster. Its certificate is one of the RDS authority, which Java does not know, so the connection is
     * encrypted and the server is vouched for by the network alone.
     */
    String clusterUrl() {
        return url(cluster.getClusterEndpoint().getHostname()) + "?sslmode=require";
    }

    /** What CloudWatch's metrics of the cluster and its proxy are found by. */
    ObservedDatabase observed() {
        return new ObservedDatabase(cluster.getClusterIdentifier(), proxy.getDbProxyName());
    }

    /** Lets a role open connections to the proxy as the functions' user. */
    void grantConnect(Role role) {
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("rds-db:connect"))
                .resources(List.of(userArn(proxyResourceId(), FUNCTIONS_USER)))
                .build());
    }

    /** Lets a role open connections to the cluster itself as the owner of the schema. */
    void grantOwnership(Role role) {
        role.addToPolicy(connect(OWNER));
    }

    /** What a role needs for connections to the cluster itself as one of its users. */
    private PolicyStatement connect(String user) {
        return PolicyStatement.Builder.create()
                .actions(List.of("rds-db:connect"))
                .resources(List.of(userArn(cluster.getClusterResourceIdentifier(), user)))
                .build();
    }

    /** Aurora user guide, "Creating and using an IAM policy for IAM database access". */
    private static String userArn(String resource, String user) {
        return "arn:" + Aws.PARTITION + ":rds-db:" + Aws.REGION + ":" + Aws.ACCOUNT_ID + ":dbuser:" + resource + "/"
                + user;
    }

    /** The last part of a proxy's ARN, {@code prx-…}, and not its name. */
    private String proxyResourceId() {
        return Fn.select(6, Fn.split(":", proxy.getDbProxyArn()));
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
    private DatabaseProxy proxy(String deployment, NetworkStack network, SecurityGroup access) {
        Role role = Role.Builder.create(this, "ProxyRole")
                .assumedBy(new ServicePrincipal("rds.amazonaws.com"))
                .description("RDS Proxy: connects to the database")
                .build();
        role.addToPolicy(connect(FUNCTIONS_USER));
        return cluster.addProxy(
                "Proxy",
                DatabaseProxyOptions.builder()
                        .dbProxyName(deployment + "-proxy")
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

    private static String url(String host) {
        return "jdbc:postgresql://" + host + ":" + NetworkStack.DATABASE_PORT + "/" + OWNER;
    }

    private DatabaseCluster cluster(DatabaseSize size, NetworkStack network, SecurityGroup access, IKey key) {
        return DatabaseCluster.Builder.create(this, "Cluster")
                .engine(DatabaseClusterEngine.auroraPostgres(AuroraPostgresClusterEngineProps.builder()
                        .version(AuroraPostgresEngineVersion.VER_17_9)
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
