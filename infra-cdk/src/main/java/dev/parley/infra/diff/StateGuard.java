package dev.parley.infra.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.infra.diff.Change.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says which changes would lose state: data, a key that data is encrypted with, or an address that clients know.
 *
 * <p>A top-level stack that is no longer there loses nothing: {@code cdk deploy} leaves it running.
 */
public final class StateGuard {

    private static final String CLUSTER = "AWS::RDS::DBCluster";
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
            CLUSTER,
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

    /**
     * The storage is the cluster's, so an instance may go as long as every cluster that the stack still has keeps one. A cluster
     * that goes with its instances is a loss itself.
     */
    private static boolean isReaderThatGoes(Change change, DeploymentTemplates after) {
        if (change.kind() != Kind.REMOVED || !change.type().equals(INSTANCE)) {
            return false;
        }
        String stack = change.id().stack();
        Set<JsonNode> kept = ofType(after, stack, INSTANCE)
                .map(instance -> instance.getValue().path("Properties").path("DBClusterIdentifier"))
                .collect(Collectors.toSet());
        return !kept.isEmpty()
                && ofType(after, stack, CLUSTER)
                        .allMatch(cluster -> kept.stream()
                                .anyMatch(identifier -> identifier
                                        .path("Ref")
                                        .asText()
                                        .equals(cluster.getKey().toString())));
    }

    private static Stream<Map.Entry<ResourceId, JsonNode>> ofType(
            DeploymentTemplates templates, String stack, String type) {
        return templates.resources().entrySet().stream()
                .filter(resource -> resource.getKey().stack().equals(stack))
                .filter(resource -> resource.getValue().path("Type").asText().equals(type));
    }
}
