package dev.parley.infra.logsearch;

import dev.parley.infra.AcceptedFinding;
import dev.parley.infra.phase.PhaseProfile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.ResourcePolicy;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.opensearchservice.CfnDomain;
import software.amazon.awscdk.services.opensearchservice.CfnDomain.AdvancedSecurityOptionsInputProperty;
import software.amazon.awscdk.services.opensearchservice.CfnDomain.ClusterConfigProperty;
import software.amazon.awscdk.services.opensearchservice.CfnDomain.DomainEndpointOptionsProperty;
import software.amazon.awscdk.services.opensearchservice.CfnDomain.EBSOptionsProperty;
import software.amazon.awscdk.services.opensearchservice.CfnDomain.EncryptionAtRestOptionsProperty;
import software.amazon.awscdk.services.opensearchservice.CfnDomain.LogPublishingOptionProperty;
import software.amazon.awscdk.services.opensearchservice.CfnDomain.MasterUserOptionsProperty;
import software.amazon.awscdk.services.opensearchservice.CfnDomain.NodeToNodeEncryptionOptionsProperty;
import software.amazon.awscdk.services.opensearchservice.CfnDomain.OffPeakWindowOptionsProperty;
import software.amazon.awscdk.services.opensearchservice.CfnDomain.SoftwareUpdateOptionsProperty;
import software.amazon.awscdk.services.opensearchservice.CfnDomain.ZoneAwarenessConfigProperty;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;

/**
 * The OpenSearch domain of the logs: three data nodes for each million users, in three Availability Zones, with masters of their
 * own.
 *
 * <p>Its endpoint is public, because whoever looks for a fault at night has a browser and no VPN into the VPC. Who may do what is
 * decided by fine-grained access control, over TLS only: the administrator's password is generated and in Secrets Manager.
 *
 * <p>The CloudFormation resource and not CDK's construct, which needs functions of its own to set the resource policy.
 *
 * <p>It is not kept when the stack is deleted: what is here is a copy, and the logs are in CloudWatch.
 */
final class LogDomain extends Construct {

    private static final int NODES_PER_MILLION_USERS = 3;
    private static final int MILLION = 1_000_000;
    private static final int VOLUME_GIB = 1_000;
    private static final String ADMINISTRATOR = "parley";

    private final String name;
    private final CfnDomain domain;
    private final Secret secret;

    LogDomain(Construct scope, String id, String deployment, PhaseProfile profile, IKey key) {
        super(scope, id);
        secret = Secret.Builder.create(this, "Administrator")
                .description("Administrator of the log search of " + deployment)
                .encryptionKey(key)
                .generateSecretString(SecretStringGenerator.builder()
                        .secretStringTemplate("{\"username\":\"" + ADMINISTRATOR + "\"}")
                        .generateStringKey("password")
                        .passwordLength(32)
                        .requireEachIncludedType(true)
                        .excludeCharacters("\"\\/@ '")
                        .build())
                .build();
        AcceptedFinding.of(
                        "AwsSolutions-SMG4",
                        "OpenSearch takes the administrator's password with the configuration of the domain; a rotation that"
                                + " the domain does not hear of would lock everybody out")
                .in(secret);
        name = deployment.toLowerCase(Locale.ROOT) + "-logs";
        List<LogGroup> logs = logs(deployment, key);
        domain = domain(profile, key, logs);
        domain.getNode().addDependency(allowLogs(deployment, logs));
        accept(domain);
    }

    /** The domain's host. */
    String endpoint() {
        return domain.getAttrDomainEndpoint();
    }

    /** The domain's ARN, known before it is made. */
    String arn() {
        return "arn:" + Aws.PARTITION + ":es:" + Aws.REGION + ":" + Aws.ACCOUNT_ID + ":domain/" + name;
    }

    /** User and password of the administrator, as {@code username} and {@code password}. */
    ISecret administrator() {
        return secret;
    }

    private CfnDomain domain(PhaseProfile profile, IKey key, List<LogGroup> logs) {
        return CfnDomain.Builder.create(this, "Domain")
                .domainName(name)
                .engineVersion("OpenSearch_2.19")
                .clusterConfig(ClusterConfigProperty.builder()
                        .instanceCount(NODES_PER_MILLION_USERS * Math.ceilDiv(profile.users(), MILLION))
                        .instanceType("r7g.xlarge.search")
                        .dedicatedMasterEnabled(true)
                        .dedicatedMasterCount(3)
                        .dedicatedMasterType("m7g.large.search")
                        .zoneAwarenessEnabled(true)
                        .zoneAwarenessConfig(ZoneAwarenessConfigProperty.builder()
                                .availabilityZoneCount(3)
                                .build())
                        .build())
                .ebsOptions(EBSOptionsProperty.builder()
                        .ebsEnabled(true)
                        .volumeType("gp3")
                        .volumeSize(VOLUME_GIB)
                        .build())
                .encryptionAtRestOptions(EncryptionAtRestOptionsProperty.builder()
                        .enabled(true)
                        .kmsKeyId(key.getKeyId())
                        .build())
                .nodeToNodeEncryptionOptions(NodeToNodeEncryptionOptionsProperty.builder()
                        .enabled(true)
                        .build())
                .domainEndpointOptions(DomainEndpointOptionsProperty.builder()
                        .enforceHttps(true)
                        .tlsSecurityPolicy("Policy-Min-TLS-1-2-PFS-2023-10")
                        .build())
                .advancedSecurityOptions(AdvancedSecurityOptionsInputProperty.builder()
                        .enabled(true)
                        .internalUserDatabaseEnabled(true)
                        .masterUserOptions(MasterUserOptionsProperty.builder()
                                .masterUserName(ADMINISTRATOR)
                                .masterUserPassword(
                                        secret.secretValueFromJson("password").unsafeUnwrap())
                                .build())
                        .build())
                .accessPolicies(everybodyWhoKnowsAPassword())
                .logPublishingOptions(Map.of(
                        "ES_APPLICATION_LOGS", published(logs.get(0)),
                        "SEARCH_SLOW_LOGS", published(logs.get(1)),
                        "INDEX_SLOW_LOGS", published(logs.get(2))))
                .softwareUpdateOptions(SoftwareUpdateOptionsProperty.builder()
                        .autoSoftwareUpdateEnabled(true)
                        .build())
                .offPeakWindowOptions(
                        OffPeakWindowOptionsProperty.builder().enabled(true).build())
                .build();
    }

    /** The resource policy leaves it to fine-grained access control, which a request reaches only with user and password. */
    private PolicyDocument everybodyWhoKnowsAPassword() {
        return PolicyDocument.Builder.create()
                .statements(List.of(PolicyStatement.Builder.create()
                        .principals(List.of(new AnyPrincipal()))
                        .actions(List.of("es:ESHttp*"))
                        .resources(List.of(arn() + "/*"))
                        .build()))
                .build();
    }

    private List<LogGroup> logs(String deployment, IKey key) {
        return Stream.of("application", "slow-searches", "slow-indexing")
                .map(kind -> LogGroup.Builder.create(this, kind)
                        .logGroupName("/" + deployment + "/log-search/" + kind)
                        .encryptionKey(key)
                        .retention(RetentionDays.ONE_MONTH)
                        .removalPolicy(RemovalPolicy.DESTROY)
                        .build())
                .toList();
    }

    /** The domain writes to its log groups (OpenSearch Service developer guide, "Monitoring OpenSearch logs"). */
    private ResourcePolicy allowLogs(String deployment, List<LogGroup> logs) {
        return ResourcePolicy.Builder.create(this, "LogsPolicy")
                .resourcePolicyName(deployment + "-log-search")
                .policyStatements(List.of(PolicyStatement.Builder.create()
                        .principals(List.of(new ServicePrincipal("es.amazonaws.com")))
                        .actions(List.of("logs:PutLogEvents", "logs:CreateLogStream"))
                        .resources(logs.stream().map(LogGroup::getLogGroupArn).toList())
                        .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
                        .build()))
                .build();
    }

    private static LogPublishingOptionProperty published(LogGroup log) {
        return LogPublishingOptionProperty.builder()
                .enabled(true)
                .cloudWatchLogsLogGroupArn(log.getLogGroupArn())
                .build();
    }

    private static void accept(CfnDomain domain) {
        AcceptedFinding.of(
                        "AwsSolutions-OS1",
                        "Whoever looks for a fault has a browser and no way into the VPC; fine-grained access control decides"
                                + " who may do what")
                .in(domain);
        AcceptedFinding.of(
                        "AwsSolutions-OS3",
                        "Addresses of those who are on call are not known; fine-grained access control asks for a password")
                .in(domain);
        AcceptedFinding.of(
                        "AwsSolutions-OS5",
                        "Browsers sign no requests; every request needs the password that fine-grained access control asks for")
                .in(domain);
    }
}
