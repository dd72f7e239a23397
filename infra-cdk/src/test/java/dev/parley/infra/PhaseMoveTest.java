package dev.parley.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.catalog.Routes;
import dev.parley.infra.command.PhaseAssemblies;
import dev.parley.infra.diff.Change;
import dev.parley.infra.diff.DeploymentTemplates;
import dev.parley.infra.diff.ReplacementRules;
import dev.parley.infra.diff.StateGuard;
import dev.parley.infra.diff.TemplateDiff;
import dev.parley.infra.phase.Parameters;
import dev.parley.infra.phase.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.App;

/** A deployment moves between neighbouring phases, up and down, without losing state. */
@ExtendWith(PhaseAssemblies.class)
class PhaseMoveTest {

    /** With the domain in all phases, so that a move changes the phase and nothing else. */
    private static final Map<String, String> DOMAIN =
            Map.of("domain", "chat.example.com", "hostedZone", "Z0123456789EXAMPLE");

    private static final Map<Phase, DeploymentTemplates> PHASES = new EnumMap<>(Phase.class);

    @BeforeAll
    static void synthesize(PhaseAssemblies.Assemblies assemblies, @TempDir Path directory) throws IOException {
        Path code = Files.createDirectory(directory.resolve("code"));
        Files.writeString(code.resolve("empty"), "");
        for (Phase phase : Phase.values()) {
            if (phase.profile().edge()) {
                PHASES.put(
                        phase,
                        DeploymentTemplates.read(assemblies.byPhase().get(phase).directory()));
                continue;
            }
            Path assembly = directory.resolve(phase.title());
            App app = ParleyApp.app(assembly);
            Parameters parameters = Parameters.read(key -> key.equals("phase") ? phase.title() : DOMAIN.get(key), null);
            new Deployment(app, parameters, code, Routes.http());
            app.synth();
            PHASES.put(phase, DeploymentTemplates.read(assembly));
        }
    }

    @ParameterizedTest
    @MethodSource("moves")
    void losesNoState(Phase from, Phase to) {
        // Given
        DeploymentTemplates before = PHASES.get(from);
        DeploymentTemplates after = PHASES.get(to);
        assertThat(types(before))
                .contains("AWS::RDS::DBCluster", "AWS::S3::Bucket", "AWS::ElastiCache::ReplicationGroup");

        // When
        List<Change> changes = new TemplateDiff(ReplacementRules.load()).compare(before, after);

        // Then
        assertThat(changes).isNotEmpty();
        List<Change> losses = new StateGuard().violations(changes, after);
        assertThat(losses).filteredOn(change -> !joinsRegions(change)).isEmpty();
        assertThat(losses)
                .as("what leaving the second Region asks an operator to do first (docs/regions.md)")
                .hasSize(from.profile().secondRegion() && !to.profile().secondRegion() ? 3 : 0);
    }

    @Test
    void knowsWhatReplacesEachTypeThatIsDeployed() {
        ReplacementRules rules = ReplacementRules.load();
        Set<String> unknown = new TreeSet<>();
        PHASES.values()
                .forEach(phase -> types(phase).stream()
                        .filter(type -> type.startsWith("AWS::") && !type.equals("AWS::CDK::Metadata"))
                        .filter(type -> !rules.knows(type))
                        .forEach(unknown::add));
        assertThat(unknown)
                .as("run tools/create-only-properties.py with their services")
                .isEmpty();
    }

    /** The queue to the other Region with its dead letters, and the global database, which has no data of its own. */
    private static boolean joinsRegions(Change change) {
        boolean relayQueue = change.type().equals("AWS::SQS::Queue")
                && change.id().toString().contains(".Queuesrelayfifo");
        return change.kind() == Change.Kind.REMOVED
                && (relayQueue || change.type().equals("AWS::RDS::GlobalCluster"));
    }

    private static Stream<Arguments> moves() {
        Phase[] phases = Phase.values();
        return Stream.iterate(1, i -> i < phases.length, i -> i + 1)
                .flatMap(
                        i -> Stream.of(Arguments.of(phases[i - 1], phases[i]), Arguments.of(phases[i], phases[i - 1])));
    }

    private static Set<String> types(DeploymentTemplates templates) {
        Set<String> types = new TreeSet<>();
        templates
                .resources()
                .values()
                .forEach(resource -> types.add(resource.path("Type").asText()));
        return types;
    }
}
