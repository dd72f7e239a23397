package dev.parley.infra;

import dev.parley.infra.phase.Parameters;
import dev.parley.infra.phase.PhaseProfile.DatabaseSize;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Resource;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.rds.AuroraPostgresClusterEngineProps;
import software.amazon.awscdk.services.rds.AuroraPostgresEngineVersion;
import software.amazon.awscdk.services.rds.BackupProps;
import software.amazon.awscdk.services.rds.ClientPasswordAuthType;
import software.amazon.awscdk.services.rds.ClusterInstance;
import software.amazon.awscdk.services.rds.Credentials;
import software.amazon.awscdk.services.rds.CredentialsBaseOptions;
import software.amazon.awscdk.services.rds.DatabaseCluster;
import software.amazon.awscdk.services.rds.DatabaseClusterEngine;
import software.amazon.awscdk.services.rds.DatabaseProxy;
import software.amazon.awscdk.services.rds.DatabaseProxyOptions;
import software.amazon.awscdk.services.rds.IClusterInstance;
import software.amazon.awscdk.services.rds.ServerlessV2ClusterInstanceProps;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * Aurora PostgreSQL behind RDS Proxy: a writer and readers in two Availability Zones, which scale with the load. Encrypted,
 * protected from deletion, with backups to any second of the last days that the profile says.
 */
final class Database extends Construct {

    /** The database user and the database, both of this name. */
    static final String USER = "parley";

    /** Characters that a URL, a shell or a quoted string would have to escape. */
    private static final String UNSAFE = " %+~`#$&*()|[]{}:;<>?!'/@\"\\^=,.";

    private final DatabaseCluster cluster;
    private final DatabaseProxy proxy;
    private final ISecret secret;

    Database(Construct scope, String id, Parameters parameters, NetworkStack network, IKey key) {
        super(scope, id);
        cluster = cluster(
                parameters.profile().database(),
                network,
                securityGroup("ClusterAccess", "The database cluster", network),
                key);
        secret = Objects.requireNonNull(cluster.getSecret(), "the cluster makes its secret");
        SecurityGroup proxyAccess = securityGroup("ProxyAccess", "RDS Proxy", network);
        proxy = cluster.addProxy(
                "Proxy",
                DatabaseProxyOptions.builder()
                        .dbProxyName(parameters.name() + "-proxy")
                        .vpc(network.vpc())
                        .vpcSubnets(NetworkStack.privateSubnets())
                        .securityGroups(List.of(proxyAccess))
                        .secrets(List.of(secret))
                        .clientPasswordAuthType(ClientPasswordAuthType.POSTGRES_SCRAM_SHA_256)
                        .requireTls(true)
                        .borrowTimeout(Duration.seconds(3))
                        .maxConnectionsPercent(90)
                        .build());
        Port postgres = Port.tcp(NetworkStack.DATABASE_PORT);
        proxyAccess.addIngressRule(network.functions(), postgres, "Functions");
        cluster.getConnections().allowFrom(network.migrations(), postgres, "Migrations");
        keepSecret();
    }

    /** JDBC URL of the proxy. Its certificate is one of Amazon Trust Services, which Java knows. */
    String proxyUrl() {
        return url(proxy.getEndpoint()) + "?sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory";
    }

    /**
     * JDBC URL of the cluster. Its certificate is one of the RDS authority, which Java does not know, so the connection is
     * encrypted and the server is vouched for by the network alone.
     */
    String clusterUrl() {
        return url(cluster.getClusterEndpoint().getHostname()) + "?sslmode=require";
    }

    /** A dynamic reference to the password. */
    String password() {
        return secret.secretValueFromJson("password").unsafeUnwrap();
    }

    /** The cluster outlives its stack, and so must the only copy of its password. */
    private void keepSecret() {
        IConstruct generated = cluster.getNode().findChild("Secret");
        if (generated instanceof Resource resource) {
            resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
        }
        AcceptedFinding.of(
                        "AwsSolutions-SMG4",
                        "The functions get the password when they are deployed, so it changes with a deployment; a rotation"
                                + " in between would lock them out")
                .in(generated);
    }

    private static String url(String host) {
        return "jdbc:postgresql://" + host + ":" + NetworkStack.DATABASE_PORT + "/" + USER;
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
                .defaultDatabaseName(USER)
                .credentials(Credentials.fromGeneratedSecret(
                        USER,
                        CredentialsBaseOptions.builder()
                                .excludeCharacters(UNSAFE)
                                .build()))
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
