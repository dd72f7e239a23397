package dev.parley.infra;

import dev.parley.infra.phase.PhaseProfile.CacheSize;
import java.util.List;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SelectedSubnets;
import software.amazon.awscdk.services.elasticache.CfnReplicationGroup;
import software.amazon.awscdk.services.elasticache.CfnSubnetGroup;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;

/**
 * ElastiCache for Valkey in cluster mode: sessions, caches and rate limits. Shards with replicas, which take over
 * by themselves; encrypted on disk and on the wire, entered with a password.
 */
final class Cache extends Construct {

    private final CfnReplicationGroup group;
    private final Secret password;

    Cache(Construct scope, String id, CacheSize size, NetworkStack network, IKey key) {
        super(scope, id);
        password = Secret.Builder.create(this, "Password")
                .description("Password of the cache")
                .generateSecretString(SecretStringGenerator.builder()
                        .excludePunctuation(true)
                        .passwordLength(64)
                        .build())
                .build();
        AcceptedFinding.of(
                        "AwsSolutions-SMG4",
                        "The functions get the password when they are deployed, so it changes with a deployment; a rotation"
                                + " in between would lock them out")
                .in(password);
        SecurityGroup access = SecurityGroup.Builder.create(this, "Access")
                .vpc(network.vpc())
                .description("The cache")
                .allowAllOutbound(false)
                .build();
        access.addIngressRule(network.functions(), Port.tcp(NetworkStack.CACHE_PORT), "Functions");
        group = group(size, access, subnets(network), key);
    }

    /** The id of the replication group. */
    String replicationGroup() {
        return group.getRef();
    }

    /** URL of the configuration endpoint, with a dynamic reference to the password. */
    String url() {
        return "rediss://:" + password.getSecretValue().unsafeUnwrap() + "@"
                + group.getAttrConfigurationEndPointAddress() + ":" + NetworkStack.CACHE_PORT;
    }

    private CfnSubnetGroup subnets(NetworkStack network) {
        SelectedSubnets selected = network.vpc().selectSubnets(NetworkStack.privateSubnets());
        return CfnSubnetGroup.Builder.create(this, "Subnets")
                .description("The subnets of the cache")
                .subnetIds(selected.getSubnetIds())
                .build();
    }

    private CfnReplicationGroup group(CacheSize size, SecurityGroup access, CfnSubnetGroup subnets, IKey key) {
        return CfnReplicationGroup.Builder.create(this, "Group")
                .replicationGroupDescription("Sessions, caches and rate limits of Parley")
                .engine("valkey")
                .engineVersion("8.1")
                .cacheParameterGroupName("default.valkey8.cluster.on")
                .clusterMode("enabled")
                .cacheNodeType(size.nodeType())
                .numNodeGroups(size.shards())
                .replicasPerNodeGroup(size.replicas())
                .automaticFailoverEnabled(true)
                .multiAzEnabled(true)
                .port(NetworkStack.CACHE_PORT)
                .transitEncryptionEnabled(true)
                .transitEncryptionMode("required")
                .atRestEncryptionEnabled(true)
                .kmsKeyId(key.getKeyArn())
                .authToken(password.getSecretValue().unsafeUnwrap())
                .cacheSubnetGroupName(subnets.getRef())
                .securityGroupIds(List.of(access.getSecurityGroupId()))
                .snapshotRetentionLimit(size.snapshotDays())
                .build();
    }
}
