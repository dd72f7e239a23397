package dev.parley.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.infra.phase.Phase;
import dev.parley.redis.RedisLogin;
import dev.parley.settings.Setting;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for everything that has state, in a phase without readers and in one with them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataPostureTest {

    private final Map<Phase, Synthesis> syntheses =
            new EnumMap<>(Map.of(Phase.MVP, Synthesis.SHARED, Phase.GROWTH, Synthesis.of(Phase.GROWTH)));

    @ParameterizedTest
    @EnumSource(names = {"MVP", "GROWTH"})
    void passesTheRulesOfCdkNagAndCdkItself(Phase phase) {
        assertThat(syntheses.get(phase).findings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"MVP", "GROWTH"})
    void keepsTheDatabaseEncryptedBackedUpAndFromDeletion(Phase phase) {
        // Given
        Template data = data(phase);
        String id = only(data, "AWS::RDS::DBCluster");
        JsonNode cluster = properties(data, id);

        // Then
        assertThat(cluster.path("StorageEncrypted").asBoolean()).isTrue();
        assertThat(isTheKey(phase, cluster.path("KmsKeyId"))).isTrue();
        assertThat(cluster.path("DeletionProtection").asBoolean()).isTrue();
        assertThat(cluster.path("EngineVersion").asText()).startsWith("17.");
        assertThat(cluster.path("BackupRetentionPeriod").asInt())
                .isEqualTo(phase.profile().database().backupDays())
                .isGreaterThanOrEqualTo(7);
        assertThat(cluster.path("CopyTagsToSnapshot").asBoolean()).isTrue();
        assertPolicies(data, id, "Retain");
    }

    @ParameterizedTest
    @EnumSource(names = {"MVP", "GROWTH"})
    void leavesTheDatabaseNoPassword(Phase phase) {
        // Given
        Template data = data(phase);
        JsonNode cluster = properties(data, only(data, "AWS::RDS::DBCluster"));
        JsonNode proxy = properties(data, only(data, "AWS::RDS::DBProxy"));

        // Then
        assertThat(cluster.path("MasterUserAuthenticationType").asText()).isEqualTo("iam-db-auth");
        assertThat(cluster.path("EnableIAMDatabaseAuthentication").asBoolean()).isTrue();
        assertThat(cluster.has("MasterUserPassword")).isFalse();
        assertThat(cluster.has("ManageMasterUserPassword")).isFalse();
        assertThat(proxy.path("RequireTLS").asBoolean()).isTrue();
        assertThat(proxy.path("DefaultAuthScheme").asText()).isEqualTo("IAM_AUTH");
        assertThat(proxy.has("Auth")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"MVP", "GROWTH"})
    void letsTheProxyLogInAsTheFunctionsUserAndNobodyElse(Phase phase) {
        // Given
        Template data = data(phase);
        JsonNode proxy = properties(data, only(data, "AWS::RDS::DBProxy"));
        String role = data.referenced(proxy.path("RoleArn"), "AWS::IAM::Role");

        // Then
        List<JsonNode> statements = data.properties("AWS::IAM::Policy").values().stream()
                .filter(policy -> Template.references(policy.path("Roles")).contains(role))
                .flatMap(policy -> toList(policy.path("PolicyDocument").path("Statement")).stream())
                .toList();
        assertThat(statements).hasSize(1).allSatisfy(statement -> {
            assertThat(statement.path("Action").asText()).isEqualTo("rds-db:connect");
            assertThat(statement.path("Resource").toString())
                    .contains("DBClusterResourceId", "/" + Database.FUNCTIONS_USER)
                    .doesNotContain("*");
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"MVP", "GROWTH"})
    void letsEveryRoleConnectAsTheFunctionsUserAndOneAsTheOwner(Phase phase) {
        // Given
        Template api = syntheses.get(phase).template("Api");
        // The others are those of deployments, which have nothing to do with data.
        List<JsonNode> policies = api.properties("AWS::IAM::Policy").values().stream()
                .filter(policy -> policy.path("PolicyName").asText().startsWith("Roles"))
                .toList();

        // Then
        assertThat(policies).isNotEmpty().allSatisfy(policy -> {
            assertThat(policy.toString())
                    .contains("\"elasticache:Connect\"", "\"rds-db:connect\"", "/" + Database.FUNCTIONS_USER + "\"");
            assertThat(policy.findValues("Resource").toString()).doesNotContain(":dbuser:*", "/*\"]]}\"");
        });
        assertThat(policies.stream()
                        .filter(policy -> policy.toString().contains("/" + Database.OWNER + "\""))
                        .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"MVP", "GROWTH"})
    void hasAReadOnlyEndpointWhereThereAreReaders(Phase phase) {
        boolean readers = phase.profile().database().readers() > 0;

        assertThat(data(phase).properties("AWS::RDS::DBProxyEndpoint").values())
                .hasSize(readers ? 1 : 0)
                .allMatch(endpoint -> endpoint.path("TargetRole").asText().equals("READ_ONLY"));
        assertThat(syntheses
                        .get(phase)
                        .template("Parley")
                        .json()
                        .path("Outputs")
                        .has("ReadOnlyDatabaseUrl"))
                .isEqualTo(readers);
        assertThat(syntheses
                        .get(phase)
                        .whole()
                        .properties("AWS::Lambda::Function")
                        .values())
                .filteredOn(function -> function.path("Runtime").asText().startsWith("java"))
                .isNotEmpty()
                .allMatch(function ->
                        function.path("Environment").path("Variables").has(Setting.DATABASE_READER_URL.variable())
                                == readers);
    }

    @ParameterizedTest
    @EnumSource(names = {"MVP", "GROWTH"})
    void keepsTheCacheEncryptedInPlaceAndASnapshotOfItsEnd(Phase phase) {
        // Given
        Template data = data(phase);
        String id = only(data, "AWS::ElastiCache::ReplicationGroup");
        JsonNode group = properties(data, id);

        // Then
        assertThat(group.path("ClusterMode").asText()).isEqualTo("enabled");
        assertThat(group.path("TransitEncryptionEnabled").asBoolean()).isTrue();
        assertThat(group.path("TransitEncryptionMode").asText()).isEqualTo("required");
        assertThat(group.path("AtRestEncryptionEnabled").asBoolean()).isTrue();
        assertThat(isTheKey(phase, group.path("KmsKeyId"))).isTrue();
        assertThat(group.path("AutomaticFailoverEnabled").asBoolean()).isTrue();
        assertThat(group.path("SnapshotRetentionLimit").asInt()).isPositive();
        assertThat(data.resource(id)
                        .path("UpdatePolicy")
                        .path("UseOnlineResharding")
                        .asBoolean())
                .isTrue();
        assertPolicies(data, id, "Snapshot");
    }

    @ParameterizedTest
    @EnumSource(names = {"MVP", "GROWTH"})
    void letsIntoTheCacheByIamAndNobodyWithoutAName(Phase phase) {
        // Given
        Template data = data(phase);
        JsonNode group = properties(data, only(data, "AWS::ElastiCache::ReplicationGroup"));
        JsonNode users = properties(data, data.referenced(group.path("UserGroupIds"), "AWS::ElastiCache::UserGroup"));

        // Then
        assertThat(group.has("AuthToken")).isFalse();
        assertThat(Template.references(users.path("UserIds"))).hasSize(2).allSatisfy(id -> {
            JsonNode user = properties(data, id);
            String type = user.path("AuthenticationMode").path("Type").asText();
            if (user.path("UserName").asText().equals("default")) {
                assertThat(user.path("AccessString").asText()).isEqualTo("off ~* -@all");
            } else {
                assertThat(type).isEqualTo("iam");
                assertThat(user.path("UserName")).isEqualTo(user.path("UserId"));
                assertThat(user.path("AccessString").asText()).isEqualTo(RedisLogin.ACCESS);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"MVP", "GROWTH"})
    void keepsFilesAndTheirVersionsForAsLongAsTheDatabaseCanGoBack(Phase phase) {
        // Given
        Template data = data(phase);
        String id = only(data, "AWS::S3::Bucket");
        JsonNode bucket = properties(data, id);

        // Then
        assertThat(bucket.path("VersioningConfiguration").path("Status").asText())
                .isEqualTo("Enabled");
        assertThat(bucket.path("LifecycleConfiguration").path("Rules"))
                .anySatisfy(rule -> assertThat(rule.path("NoncurrentVersionExpiration")
                                .path("NoncurrentDays")
                                .asInt())
                        .isEqualTo(phase.profile().database().backupDays()));
        JsonNode encryption = bucket.path("BucketEncryption")
                .path("ServerSideEncryptionConfiguration")
                .path(0);
        assertThat(encryption.path("BucketKeyEnabled").asBoolean()).isTrue();
        assertThat(isTheKey(
                        phase, encryption.path("ServerSideEncryptionByDefault").path("KMSMasterKeyID")))
                .isTrue();
        assertPolicies(data, id, "Retain");
    }

    @ParameterizedTest
    @EnumSource(names = {"MVP", "GROWTH"})
    void keepsTheKeyAndTurnsIt(Phase phase) {
        // Given
        Template root = syntheses.get(phase).template("Parley");
        String id = only(root, "AWS::KMS::Key");

        // Then
        assertThat(properties(root, id).path("EnableKeyRotation").asBoolean()).isTrue();
        assertPolicies(root, id, "Retain");
    }

    @ParameterizedTest
    @EnumSource(names = {"MVP", "GROWTH"})
    void keepsTheKeysOfLinks(Phase phase) {
        // Given
        Template data = data(phase);
        String id = only(data, "AWS::SecretsManager::Secret");

        // Then
        assertThat(isTheKey(phase, properties(data, id).path("KmsKeyId"))).isTrue();
        assertPolicies(data, id, "Retain");
    }

    private Template data(Phase phase) {
        return syntheses.get(phase).template("Data");
    }

    private boolean isTheKey(Phase phase, JsonNode value) {
        return value.path("Ref").asText().startsWith("reference")
                && syntheses
                        .get(phase)
                        .template("Parley")
                        .resource(syntheses.get(phase).nestedResource("Data"))
                        .path("Properties")
                        .path("Parameters")
                        .path(value.path("Ref").asText())
                        .toString()
                        .contains(only(syntheses.get(phase).template("Parley"), "AWS::KMS::Key"));
    }

    private static void assertPolicies(Template template, String id, String policy) {
        assertThat(template.resource(id).path("DeletionPolicy").asText()).isEqualTo(policy);
        assertThat(template.resource(id).path("UpdateReplacePolicy").asText()).isEqualTo(policy);
    }

    private static JsonNode properties(Template template, String id) {
        return template.resource(id).path("Properties");
    }

    private static String only(Template template, String type) {
        Iterator<String> ids = template.properties(type).keySet().iterator();
        assertThat(ids.hasNext()).as(type).isTrue();
        String id = ids.next();
        assertThat(ids.hasNext()).as("another " + type).isFalse();
        return id;
    }

    private static List<JsonNode> toList(JsonNode array) {
        return array.valueStream().toList();
    }
}
