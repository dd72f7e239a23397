package dev.parley.infra.diff;

import dev.parley.infra.diff.Change.Kind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says which changes would lose state: data, a key that data is encrypted with, or an address that clients know.
 *
 * <p>A top-level stack that is no longer there loses nothing: {@code cdk deploy} leaves it running.
 */
public final class StateGuard {

    private static final String INSTANCE = "AWS::RDS::DBInstance";

    private static final Set<Kind> LOSING = Set.of(Kind.REMOVED, Kind.REPLACED, Kind.MAY_BE_REPLACED);

    private static final Set<String> STATEFUL = Set.of(
            "AWS::ApiGatewayV2::Api",
            "AWS::ApiGatewayV2::DomainName",
            "AWS::ApiGatewayV2::Stage",
            "AWS::Backup::BackupVault",
            "AWS::CloudFront::Distribution",
            "AWS::DynamoDB::GlobalTable",
            "AWS::DynamoDB::Table",
            "AWS::EC2::Subnet",
            "AWS::EC2::VPC",
            "AWS::ElastiCache::GlobalReplicationGroup",
            "AWS::ElastiCache::ReplicationGroup",
            "AWS::ElastiCache::SubnetGroup",
            "AWS::ElastiCache::User",
            "AWS::ElastiCache::UserGroup",
            "AWS::KMS::Key",
            "AWS::Logs::LogGroup",
            INSTANCE,
            "AWS::RDS::DBCluster",
            "AWS::RDS::DBProxy",
            "AWS::RDS::DBSubnetGroup",
            "AWS::RDS::GlobalCluster",
            "AWS::Route53::HostedZone",
            "AWS::S3::Bucket",
            "AWS::SQS::Queue",
            "AWS::SecretsManager::Secret");

    /** The changes among them that would. */
    public List<Change> violations(List<Change> changes, DeploymentTemplates after) {
        Set<String> stacks = after.resources().keySet().stream()
                .map(ResourceId::topLevelStack)
                .collect(Collectors.toSet());
        return changes.stream()
                .filter(change -> STATEFUL.contains(change.type()))
                .filter(change -> LOSING.contains(change.kind()))
                .filter(change -> stacks.contains(change.id().topLevelStack()))
                .filter(change -> !isReaderThatGoes(change, after))
                .toList();
    }

    /** The storage is the cluster's, so an instance may go as long as the stack still has another one. */
    private static boolean isReaderThatGoes(Change change, DeploymentTemplates after) {
        return change.kind() == Kind.REMOVED
                && change.type().equals(INSTANCE)
                && after.resources().entrySet().stream()
                        .anyMatch(resource -> resource.getKey()
                                        .stack()
                                        .equals(change.id().stack())
                                && resource.getValue().path("Type").asText().equals(INSTANCE));
    }
}
