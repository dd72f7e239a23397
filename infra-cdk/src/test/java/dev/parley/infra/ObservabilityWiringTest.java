package dev.parley.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.infra.phase.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The stacks beside the system look at the system that is deployed with them. */
class ObservabilityWiringTest {

    @Test
    void alarmsLookAtTheApisTheDatabaseAndTheCacheOfTheSystem() {
        // Given
        Template alarms = Objects.requireNonNull(Synthesis.SHARED.beside().get("Observability"));
        JsonNode outputs = Synthesis.SHARED.template("Parley").json().path("Outputs");
        List<String> imported = new ArrayList<>();
        alarms.json().findValues("Fn::ImportValue").forEach(value -> imported.add(value.asText()));

        // When
        Set<String> exported = new TreeSet<>();
        outputs.forEach(
                output -> exported.add(output.path("Export").path("Name").asText()));

        // Then
        assertThat(imported).isNotEmpty();
        assertThat(exported).containsAll(imported);
        assertThat(new TreeSet<>(imported))
                .as("both APIs, a cluster, a proxy, the cache, and the key")
                .hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void logsAreSearchedInThePhasesThatSayIt() {
        // Given
        Synthesis scale = Synthesis.of(Phase.SCALE);

        // When
        Set<String> logGroups = scale.beside().get("Logs").properties("AWS::Logs::SubscriptionFilter").values().stream()
                .map(subscription -> subscription.path("LogGroupName").asText())
                .collect(Collectors.toSet());

        // Then
        assertThat(Synthesis.SHARED.beside()).doesNotContainKey("Logs");
        Template whole = scale.whole();
        Set<String> written = whole.properties("AWS::Lambda::Function").values().stream()
                .filter(function -> function.path("Runtime").asText().startsWith("java"))
                .map(function -> whole.resource(whole.referenced(function.path("LoggingConfig"), "AWS::Logs::LogGroup"))
                        .path("Properties")
                        .path("LogGroupName")
                        .asText())
                .collect(Collectors.toSet());
        assertThat(logGroups).isNotEmpty().isEqualTo(written);
    }
}
