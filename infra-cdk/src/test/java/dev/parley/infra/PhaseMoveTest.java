package dev.parley.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.catalog.Routes;
import dev.parley.infra.command.PhaseAssemblies;
import dev.parley.infra.diff.Change;
import dev.parley.infra.diff.DeploymentTemplates;
import dev.parley.infra.diff.ReplacementRules;
import dev.parley.infra.diff.ResourceId;
import dev.parley.infra.diff.StateGuard;
import dev.parley.infra.diff.TemplateDiff;
import dev.parley.infra.phase.Parameters;
import dev.parley.infra.phase.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

    /** What of a cluster that holds content counts as state. */
    private static final List<String> CONTENT =
            List.of("AWS::RDS::DBCluster", "AWS::RDS::DBSubnetGroup", "AWS::RDS::DBProxy");

    private static final Map<Phase, DeploymentTemplates> PHASES = new EnumMap<>(Phase.class);

    private static final Map<Phase, Path> ASSEMBLIES = new EnumMap<>(Phase.class);

    @BeforeAll
    static void synthesize(PhaseAssemblies.Assemblies assemblies, @TempDir Path directory) throws IOException {
        Path code = Files.createDirectory(directory.resolve("code"));
        Files.writeString(code.resolve("empty"), "");
        for (Phase phase : Phase.values()) {
            if (phase.profile().edge()) {
                ASSEMBLIES.put(phase, assemblies.byPhase().get(phase).directory());
                continue;
            }
            Path assembly = directory.resolve(phase.title());
            App app = ParleyApp.app(assembly);
            Parameters parameters = Parameters.read(key -> key.equals("phase") ? phase.title() : DOMAIN.get(key), null);
            new Deployment(app, parameters, code, Routes.http());
            app.synth();
            ASSEMBLIES.put(phase, assembly);
        }
        ASSEMBLIES.forEach((phase, assembly) -> PHASES.put(phase, DeploymentTemplates.read(assembly)));
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
        assertThat(losses)
                .filteredOn(change -> !joinsRegions(change) && !holdsContent(change))
                .isEmpty();
        int regionsLeft = from.profile().secondRegion() && !to.profile().secondRegion() ? 1 : 0;
        assertThat(losses)
                .as("what leaving the second Region asks an operator to do first (docs/regions.md)")
                .filteredOn(PhaseMoveTest::joinsRegions)
                .hasSize(regionsLeft * (2 + from.profile().clusters().size()));
        int clustersLeft = Math.max(
                0, from.profile().content().clusters() - to.profile().content().clusters());
        assertThat(losses)
                .as("what is left behind after its content was moved to zero (docs/data.md)")
                .filteredOn(PhaseMoveTest::holdsContent)
                .extracting(Change::type)
                .containsExactlyInAnyOrderElementsOf(Collections.nCopies(clustersLeft, CONTENT).stream()
                        .flatMap(List::stream)
                        .toList());
    }

    /** CloudFormation refuses to take away what another stack imports, and the stack that gives it is deployed first. */
    @ParameterizedTest
    @MethodSource("moves")
    void takesAwayNothingThatAnotherStackImports(Phase from, Phase to) throws IOException {
        // Given
        Set<String> exported = exports(to);
        Set<String> stacks = exported.stream().map(PhaseMoveTest::stack).collect(Collectors.toSet());

        // When
        Set<String> imported = new TreeSet<>();
        for (JsonNode template : templates(from)) {
            imported.addAll(template.findValuesAsText("Fn::ImportValue"));
        }

        // Then
        assertThat(imported).isNotEmpty();
        assertThat(exported)
                .containsAll(imported.stream()
                        .filter(name -> stacks.contains(stack(name)))
                        .toList());
    }

    private static Set<String> exports(Phase phase) throws IOException {
        Set<String> exports = new TreeSet<>();
        for (JsonNode template : templates(phase)) {
            template.path("Outputs").forEach(output -> {
                if (output.has("Export")) {
                    exports.add(output.path("Export").path("Name").asText());
                }
            });
        }
        return exports;
    }

    /** An export is named by its stack, a colon, and what it is. */
    private static String stack(String export) {
        return export.substring(0, export.indexOf(':'));
    }

    private static List<JsonNode> templates(Phase phase) throws IOException {
        List<JsonNode> templates = new ArrayList<>();
        try (Stream<Path> files = Files.list(ASSEMBLIES.get(phase))) {
            for (Path file : files.filter(file -> file.toString().endsWith(".template.json"))
                    .toList()) {
                templates.add(new ObjectMapper().readTree(file.toFile()));
            }
        }
        return templates;
    }

    @Test
    void leavesNoContentToBeDeletedWithItsCluster() {
        // Given
        Map<ResourceId, JsonNode> growth = PHASES.get(Phase.GROWTH).resources();
        Set<String> kept = Set.of("AWS::RDS::DBCluster", "AWS::RDS::DBInstance", "AWS::RDS::DBSubnetGroup");

        // When
        List<JsonNode> left = PHASES.get(Phase.SCALE).resources().entrySet().stream()
                .filter(resource -> !growth.containsKey(resource.getKey()))
                .filter(resource -> resource.getKey().logicalId().matches("Database\\d.*"))
                .map(Map.Entry::getValue)
                .filter(resource -> kept.contains(resource.path("Type").asText())
                        || resource.path("Properties")
                                .path("GroupDescription")
                                .asText()
                                .equals("The database cluster"))
                .toList();

        // Then
        assertThat(left)
                .as("of each: a cluster, its writer, a reader, its subnets, and who may reach it")
                .hasSize(5 * Phase.SCALE.profile().content().clusters())
                .allSatisfy(resource ->
                        assertThat(resource.path("DeletionPolicy").asText()).isEqualTo("Retain"));
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

    /** The queue to the other Region with its dead letters, and the global databases, which have no data of their own. */
    private static boolean joinsRegions(Change change) {
        boolean relayQueue = change.type().equals("AWS::SQS::Queue")
                && change.id().toString().contains(".Queuesrelayfifo");
        return change.kind() == Change.Kind.REMOVED
                && (relayQueue || change.type().equals("AWS::RDS::GlobalCluster"));
    }

    /** A cluster that a smaller phase has not. */
    private static boolean holdsContent(Change change) {
        return change.kind() == Change.Kind.REMOVED
                && change.id().logicalId().matches("Database\\d.*")
                && CONTENT.contains(change.type());
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
