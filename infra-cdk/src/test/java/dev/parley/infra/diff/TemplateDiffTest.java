package dev.parley.infra.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.infra.diff.Change.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateDiffTest {

    private static final String STACK = "us-east-1/Parley";
    private static final String NESTED = STACK + "/DataNestedStack";
    private static final String CLUSTER = """
            {"Db": {"Type": "AWS::RDS::DBCluster", "Properties": {"StorageEncrypted": %s, "Port": %s}}}""";

    @Test
    void changesInPlaceWhatMayChange() throws JsonProcessingException {
        // When
        List<Change> changes = compare(CLUSTER.formatted(true, 5432), CLUSTER.formatted(true, 5433));

        // Then
        assertThat(changes)
                .extracting(Change::kind, Change::properties)
                .containsExactly(tuple(Kind.CHANGED, List.of("Port")));
    }

    @Test
    void replacesWhatCannotChange() throws JsonProcessingException {
        // When
        String before = CLUSTER.formatted(false, 5432);
        String after = CLUSTER.formatted(true, 5432);

        // Then
        assertThat(compare(before, after)).extracting(Change::kind).containsExactly(Kind.REPLACED);
        assertThat(violations(before, after)).hasSize(1);
    }

    @Test
    void saysWhatNeedsAReplacementInSomeCases() throws JsonProcessingException {
        // Given
        String cluster = """
                {"Db": {"Type": "AWS::RDS::DBCluster", "Properties": {"Engine": "%s"}}}""";

        // Then
        assertThat(violations(cluster.formatted("aurora-postgresql"), cluster.formatted("aurora-mysql")))
                .extracting(Change::kind)
                .containsExactly(Kind.MAY_BE_REPLACED);
    }

    @Test
    void takesANewLogicalIdForALossAndNotOnlyAnAddition() throws JsonProcessingException {
        // Given
        String bucket = """
                {"%s": {"Type": "AWS::S3::Bucket"}}""";

        // Then
        assertThat(compare(bucket.formatted("Files"), bucket.formatted("Uploads")))
                .extracting(change -> change.id().logicalId(), Change::kind)
                .containsExactly(tuple("Files", Kind.REMOVED), tuple("Uploads", Kind.ADDED));
        assertThat(violations(bucket.formatted("Files"), bucket.formatted("Uploads")))
                .extracting(change -> change.id().logicalId())
                .containsExactly("Files");
    }

    @Test
    void replacesWhatRefersToAReplacedResourceWhereItCannotChange() throws JsonProcessingException {
        // Given
        String subnets = """
                {"Group": {"Type": "AWS::RDS::DBSubnetGroup", "Properties": {"DBSubnetGroupName": "%s"}},
                "Db": {"Type": "AWS::RDS::DBCluster", "Properties": {"DBSubnetGroupName": {"Ref": "Group"}}}}""";

        // Then
        assertThat(compare(subnets.formatted("one"), subnets.formatted("two")))
                .extracting(change -> change.id().logicalId(), Change::kind)
                .containsExactlyInAnyOrder(tuple("Db", Kind.REPLACED), tuple("Group", Kind.REPLACED));
    }

    @Test
    void seesAValueThatANestedStackGetsAsAParameter() throws JsonProcessingException {
        // Then
        assertThat(diff(nested("{\"Ref\": \"KeyA\"}"), nested("{\"Ref\": \"KeyB\"}")))
                .filteredOn(change -> change.kind() == Kind.REPLACED)
                .extracting(change -> change.id().logicalId())
                .containsExactly("Db");
    }

    @Test
    void letsAReaderGoButNotTheLastInstance() throws JsonProcessingException {
        // Given
        String instance = "\"%s\": {\"Type\": \"AWS::RDS::DBInstance\"}";
        String writer = instance.formatted("Writer");

        // Then
        assertThat(violations("{" + writer + ", " + instance.formatted("Reader") + "}", "{" + writer + "}"))
                .isEmpty();
        assertThat(violations("{" + writer + "}", "{\"Topic\": {\"Type\": \"AWS::SNS::Topic\"}}"))
                .hasSize(1);
    }

    @Test
    void letsNoClusterLoseItsLastInstanceBecauseAnotherClusterHasOne() throws JsonProcessingException {
        // Given
        String cluster = "\"%s\": {\"Type\": \"AWS::RDS::DBCluster\"}";
        String instance =
                "\"%sWriter\": {\"Type\": \"AWS::RDS::DBInstance\", \"Properties\": {\"DBClusterIdentifier\": {\"Ref\": \"%s\"}}}";
        String first = cluster.formatted("First") + ", " + instance.formatted("First", "First");
        String second = cluster.formatted("Second");
        String secondWriter = instance.formatted("Second", "Second");
        String both = "{" + String.join(", ", first, second, secondWriter) + "}";

        // Then
        assertThat(violations(both, "{" + first + ", " + second + "}"))
                .extracting(change -> change.id().logicalId())
                .containsExactly("SecondWriter");
        assertThat(violations(both, "{" + first + "}"))
                .extracting(change -> change.id().logicalId())
                .containsExactly("Second");
    }

    @Test
    void losesNothingWithATopLevelStackThatIsNotDeployedAnyMore() throws JsonProcessingException {
        // Given
        JsonNode bucket = template("{\"Files\": {\"Type\": \"AWS::S3::Bucket\"}}");
        DeploymentTemplates before = DeploymentTemplates.of(Map.of(STACK, bucket, "us-west-2/Second", bucket));
        DeploymentTemplates after = DeploymentTemplates.of(Map.of(STACK, bucket));

        // When
        List<Change> changes = diff(before, after);

        // Then
        assertThat(changes).extracting(Change::kind).containsExactly(Kind.REMOVED);
        assertThat(new StateGuard().violations(changes, after)).isEmpty();
    }

    @Test
    void namesInItsReportWhatWouldBeLost() throws JsonProcessingException {
        // Given
        String before = CLUSTER.formatted(false, 5432);
        String after = CLUSTER.formatted(true, 5432);

        // Then
        assertThat(new DiffReport(compare(before, after), violations(before, after)).markdown())
                .contains("State would be lost", "replaced", STACK + ".Db", "StorageEncrypted");
    }

    private static DeploymentTemplates nested(String key) throws JsonProcessingException {
        return DeploymentTemplates.of(
                Map.of(STACK, template("""
                        {"DataNestedStack": {"Type": "AWS::CloudFormation::Stack", "Properties": {"Parameters": {"Key": %s}}}}""".formatted(key)), NESTED, new ObjectMapper().readTree("""
                        {"Parameters": {"Key": {"Type": "String"}}, "Resources": {"Db": {"Type": "AWS::RDS::DBCluster",
                        "Properties": {"KmsKeyId": {"Ref": "Key"}}}}}""")));
    }

    private static List<Change> compare(String before, String after) throws JsonProcessingException {
        return diff(one(before), one(after));
    }

    private static List<Change> violations(String before, String after) throws JsonProcessingException {
        return new StateGuard().violations(compare(before, after), one(after));
    }

    private static List<Change> diff(DeploymentTemplates before, DeploymentTemplates after) {
        return new TemplateDiff(ReplacementRules.load()).compare(before, after);
    }

    private static DeploymentTemplates one(String resources) throws JsonProcessingException {
        return DeploymentTemplates.of(Map.of(STACK, template(resources)));
    }

    private static JsonNode template(String resources) throws JsonProcessingException {
        return new ObjectMapper().readTree("{\"Resources\": " + resources + "}");
    }
}
