package dev.parley.infra.logsearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.infra.observability.ObservabilitySynthesis;
import dev.parley.infra.phase.Parameters;
import dev.parley.infra.phase.Phase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The stack that makes logs searchable. */
class LogsStackTest {

    private static final List<String> LOG_GROUPS = List.of("/Demo/functions/api", "/Demo/functions/gateway");

    private static final ObservabilitySynthesis SYNTHESIS = ObservabilitySynthesis.of(
            "Demo-Logs",
            (app, key) -> new LogsStack(
                    app,
                    "Demo-Logs",
                    Parameters.read(
                            Map.of(
                                    "name", "Demo",
                                    "phase", Phase.SCALE.title(),
                                    "domain", "chat.example.com",
                                    "hostedZone", "Z0123456789EXAMPLE")::get,
                            null),
                    "us-east-1",
                    "Demo",
                    LOG_GROUPS,
                    key));

    @Test
    void everyGivenLogGroupIsShippedAndNothingElse() {
        Set<String> shipped = SYNTHESIS.properties("AWS::Logs::SubscriptionFilter").values().stream()
                .map(subscription -> subscription.path("LogGroupName").asText())
                .collect(Collectors.toSet());
        assertThat(shipped).isEqualTo(Set.copyOf(LOG_GROUPS));
    }

    @Test
    void everySubscriptionWaitsForThePermissionToInvoke() {
        String permission = SYNTHESIS
                .properties("AWS::Lambda::Permission")
                .keySet()
                .iterator()
                .next();
        SYNTHESIS
                .properties("AWS::Logs::SubscriptionFilter")
                .keySet()
                .forEach(id -> assertThat(SYNTHESIS
                                .template()
                                .path("Resources")
                                .path(id)
                                .path("DependsOn")
                                .toString())
                        .as(id)
                        .contains(permission));
    }

    @Test
    void thereIsAnIndexForEachDayAndABucketForWhatIsRefused() {
        assertThat(SYNTHESIS.properties("AWS::KinesisFirehose::DeliveryStream").values())
                .singleElement()
                .satisfies(stream -> {
                    JsonNode search = stream.path("AmazonopensearchserviceDestinationConfiguration");
                    assertThat(search.path("IndexName").asText()).isEqualTo("demo");
                    assertThat(search.path("IndexRotationPeriod").asText()).isEqualTo("OneDay");
                    assertThat(search.path("S3BackupMode").asText()).isEqualTo("FailedDocumentsOnly");
                    assertThat(search.has("ProcessingConfiguration"))
                            .as("Firehose splits nothing for OpenSearch")
                            .isFalse();
                    assertThat(stream.path("DeliveryStreamEncryptionConfigurationInput")
                                    .path("KeyType")
                                    .asText())
                            .isEqualTo("CUSTOMER_MANAGED_CMK");
                });
    }

    @Test
    void theDomainIsEncryptedAndAsksWhoOneIs() {
        assertThat(SYNTHESIS.properties("AWS::OpenSearchService::Domain").values())
                .singleElement()
                .satisfies(domain -> {
                    assertThat(domain.at("/EncryptionAtRestOptions/Enabled").asBoolean())
                            .isTrue();
                    assertThat(domain.at("/NodeToNodeEncryptionOptions/Enabled").asBoolean())
                            .isTrue();
                    assertThat(domain.at("/DomainEndpointOptions/EnforceHTTPS").asBoolean())
                            .isTrue();
                    assertThat(domain.at("/AdvancedSecurityOptions/Enabled").asBoolean())
                            .isTrue();
                    assertThat(domain.at("/ClusterConfig/InstanceCount").asInt())
                            .isEqualTo(3);
                });
    }

    @Test
    void nothingIsWrittenBeforeTheDomainIsPrepared() {
        String stream = SYNTHESIS
                .properties("AWS::KinesisFirehose::DeliveryStream")
                .keySet()
                .iterator()
                .next();
        String trigger =
                SYNTHESIS.properties("Custom::Trigger").keySet().iterator().next();
        assertThat(SYNTHESIS
                        .template()
                        .path("Resources")
                        .path(stream)
                        .path("DependsOn")
                        .toString())
                .contains(trigger);
    }

    @Test
    void theSavedDashboardRefersOnlyToWhatItBrings() throws IOException {
        // Given
        ObjectMapper mapper = new ObjectMapper();
        Set<String> brought = new HashSet<>();
        Set<String> referred = new HashSet<>();

        // When
        for (String line : file("dashboard.ndjson").lines().toList()) {
            JsonNode object = mapper.readTree(line);
            brought.add(object.path("type").asText() + "/" + object.path("id").asText());
            object.path("references")
                    .forEach(reference -> referred.add(reference.path("type").asText() + "/"
                            + reference.path("id").asText()));
            for (String nested : List.of("visState", "panelsJSON")) {
                JsonNode text = object.path("attributes").path(nested);
                if (text.isTextual()) {
                    assertThat(mapper.readTree(text.asText())).as(nested).isNotEmpty();
                }
            }
        }

        // Then
        assertThat(brought).contains("dashboard/INDEX_NAME-overview", "index-pattern/INDEX_NAME-logs");
        assertThat(brought).containsAll(referred);
    }

    @Test
    void indicesAreForTheNamesThatFirehoseGivesAndGoAfterSomeDays() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode template = mapper.readTree(file("index_template.json"));
        JsonNode policy = mapper.readTree(file("retention_policy.json"));
        assertThat(template.at("/index_patterns/0").asText()).isEqualTo("INDEX_NAME-*");
        assertThat(policy.at("/policy/ism_template/0/index_patterns/0").asText())
                .isEqualTo("INDEX_NAME-*");
        assertThat(policy.at("/policy/states/0/transitions/0/conditions/min_index_age")
                        .asText())
                .isEqualTo("RETENTION_DAYSd");
        assertThat(policy.at("/policy/states/1/actions/0").has("delete")).isTrue();
    }

    @Test
    void noFindingIsLeftAndTheStackIsSmall() {
        assertThat(SYNTHESIS.findings()).isEmpty();
        assertThat(SYNTHESIS.template().path("Resources").size()).isLessThan(400);
    }

    private static String file(String name) throws IOException {
        try (var in = Objects.requireNonNull(LogsStack.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
