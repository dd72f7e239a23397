package dev.parley.infra;

import dev.parley.infra.phase.Parameters;
import dev.parley.infra.phase.PhaseProfile.CacheSize;
import dev.parley.redis.RedisLogin;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnUpdatePolicy;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SelectedSubnets;
import software.amazon.awscdk.services.elasticache.CfnReplicationGroup;
import software.amazon.awscdk.services.elasticache.CfnSubnetGroup;
import software.amazon.awscdk.services.elasticache.CfnUser;
import software.amazon.awscdk.services.elasticache.CfnUserGroup;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kms.IKey;
import software.constructs.Construct;

/**
 * ElastiCache for Valkey in cluster mode: sessions, caches and rate limits. Shards with replicas, which take over
 * by themselves; encrypted on disk and on the wire, entered by those whom IAM lets in, without a password.
 */
final class Cache extends Construct {

    private static final String ENGINE = "valkey";

    private final CfnReplicationGroup group;
    private final CfnUser user;

    Cache(Construct scope, String id, Parameters parameters, NetworkStack network, IKey key) {
        super(scope, id);
        String prefix = parameters.name().toLowerCase(Locale.ROOT);
        user = user("User", prefix + "-functions");
        SecurityGroup access = SecurityGroup.Builder.create(this, "Access")
                .vpc(network.vpc())
                .description("The cache")
                .allowAllOutbound(false)
                .build();
        access.addIngressRule(network.functions(), Port.tcp(NetworkStack.CACHE_PORT), "Functions");
        group = group(parameters.profile().cache(), access, subnets(network), key);
        group.setUserGroupIds(List.of(userGroup(prefix + "-users", nobody(prefix + "-nobody"))));
    }

    /** URL of the configuration endpoint. */
    String url() {
        return "rediss://" + group.getAttrConfigurationEndPointAddress() + ":" + NetworkStack.CACHE_PORT;
    }

    /** What tokens for it name. */
    String replicationGroup() {
        return group.getRef();
    }

    /** The user that functions log in as. */
    String user() {
        return user.getUserId();
    }

    /** Lets a role open connections as the functions' user (ElastiCache user guide, "Authenticating with IAM"). */
    void grantConnect(Role role) {
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("elasticache:Connect"))
                .resources(List.of(arn("replicationgroup", group.getRef()), arn("user", user.getUserId())))
                .build());
    }

    private static String arn(String type, String name) {
        return "arn:" + Aws.PARTITION + ":elasticache:" + Aws.REGION + ":" + Aws.ACCOUNT_ID + ":" + type + ":" + name;
    }

    /** A user who logs in by IAM, which asks for a name that is its id. */
    private CfnUser user(String id, String name) {
        return CfnUser.Builder.create(this, id)
                .engine(ENGINE)
                .userId(name)
                .userName(name)
                .accessString(RedisLogin.ACCESS)
                .authenticationMode(Map.of("Type", "iam"))
                .build();
    }

    /** Who connects without a name is the user {@code default}: this one takes the place of AWS's, which may do everything. */
    private CfnUser nobody(String id) {
        return CfnUser.Builder.create(this, "Nobody")
                .engine(ENGINE)
                .userId(id)
                .userName("default")
                .accessString("off ~* -@all")
                .authenticationMode(Map.of("Type", "no-password-required"))
                .build();
    }

    private String userGroup(String id, CfnUser nobody) {
        return CfnUserGroup.Builder.create(this, "Users")
                .engine(ENGINE)
                .userGroupId(id)
                .userIds(List.of(nobody.getRef(), user.getRef()))
                .build()
                .getRef();
    }

    private CfnSubnetGroup subnets(NetworkStack network) {
        SelectedSubnets selected = network.vpc().selectSubnets(NetworkStack.privateSubnets());
        return CfnSubnetGroup.Builder.create(this, "Subnets")
                .description("The subnets of the cache")
                .subnetIds(selected.getSubnetIds())
                .build();
    }

    private CfnReplicationGroup group(CacheSize size, SecurityGroup access, CfnSubnetGroup subnets, IKey key) {
        CfnReplicationGroup made = CfnReplicationGroup.Builder.create(this, "Group")
                .replicationGroupDescription("Sessions, caches and rate limits of Parley")
                .engine(ENGINE)
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
                .cacheSubnetGroupName(subnets.getRef())
                .securityGroupIds(List.of(access.getSecurityGroupId()))
                .snapshotRetentionLimit(size.snapshotDays())
                .build();
        // Without it another number of shards would be another cache (CloudFormation user guide, "UpdatePolicy
        // attribute").
        made.getCfnOptions()
                .setUpdatePolicy(
                        CfnUpdatePolicy.builder().useOnlineResharding(true).build());
        made.applyRemovalPolicy(RemovalPolicy.SNAPSHOT);
        AcceptedFinding.of(
                        "AwsSolutions-AEC6",
                        "Users of the user group log in by IAM instead of a password that all share, and who has no name has no"
                                + " access")
                .in(made);
        return made;
    }
}
