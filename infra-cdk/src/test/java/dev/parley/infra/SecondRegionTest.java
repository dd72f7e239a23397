package dev.parley.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.Functions;
import dev.parley.catalog.Queues;
import dev.parley.catalog.Regions;
import dev.parley.catalog.Routes;
import dev.parley.catalog.ScheduleSpec;
import dev.parley.catalog.Schedules;
import dev.parley.infra.command.PhaseAssemblies;
import dev.parley.infra.phase.Parameters;
import dev.parley.infra.phase.Phase;
import dev.parley.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;

/** A deployment in two Regions is the catalog twice, with what only one of them does in the home Region alone. */
@ExtendWith(PhaseAssemblies.class)
@TestInstance(Lifecycle.PER_CLASS)
class SecondRegionTest {

    private static final String FIRST = "Parley";
    private static final String SECOND = "ParleySecond";

    /** Of 500, as StackLimitsTest has it. */
    private static final int RESOURCES = 400;

    private static final int RESOURCES_OF_ALL = 2500;
    private static final int DYNAMIC_REFERENCES = 60;

    @TempDir
    private static Path folder;

    private Map<String, Template> files;
    private List<String> findings;

    @BeforeAll
    void read(PhaseAssemblies.Assemblies assemblies) throws IOException {
        Path out = assemblies.byPhase().get(Phase.ENTERPRISE).directory();
        files = templates(out);
        findings = findings(out);
    }

    @Test
    void bothRegionsHoldTheCatalogAndTheRelay() {
        // Given
        Set<String> handlers =
                Functions.of(Regions.TWO).stream().map(FunctionSpec::handler).collect(Collectors.toSet());
        Set<String> withoutMigration = new HashSet<>(handlers);
        withoutMigration.remove(Routes.MIGRATE.handler());

        // Then
        assertThat(texts(FIRST, "AWS::Lambda::Function", "Handler")).containsAll(handlers);
        assertThat(texts(SECOND, "AWS::Lambda::Function", "Handler"))
                .containsAll(withoutMigration)
                .doesNotContain(Routes.MIGRATE.handler());
        for (String region : List.of(FIRST, SECOND)) {
            Set<String> queues = texts(region, "AWS::SQS::Queue", "QueueName");
            Queues.of(Regions.TWO)
                    .forEach(queue ->
                            assertThat(queues).contains("Parley-" + queue.name(), "Parley-" + queue.deadLetterName()));
            assertThat(properties(region, "AWS::Lambda::EventSourceMapping"))
                    .hasSizeGreaterThanOrEqualTo(Queues.of(Regions.TWO).size());
            assertThat(properties(region, "AWS::ApiGatewayV2::Api")).hasSize(2);
        }
    }

    @Test
    void whatLooksAfterTheDatabaseRunsInTheHomeRegionAlone() {
        assertThat(texts(FIRST, "AWS::Scheduler::Schedule", "Name")).containsAll(scheduleNames(Schedules.all()));
        assertThat(texts(SECOND, "AWS::Scheduler::Schedule", "Name"))
                .containsExactlyInAnyOrderElementsOf(scheduleNames(
                        Schedules.all().stream().filter(ScheduleSpec::perRegion).toList()));
        assertThat(properties(FIRST, "Custom::Trigger")).isNotEmpty();
        assertThat(properties(SECOND, "Custom::Trigger")).isEmpty();
    }

    @Test
    void allEventsArePublishedInTheHomeRegionAndRelayedToTheOther() {
        assertThat(setting(FIRST, Setting.EVENTS_QUEUE_URL))
                .allMatch(url -> url.contains("\"Ref\"") || !url.contains("https://sqs."));
        assertThat(setting(SECOND, Setting.EVENTS_QUEUE_URL))
                .isNotEmpty()
                .allMatch(url -> url.contains("https://sqs.us-east-1.") && url.contains("/Parley-events.fifo"));
        assertThat(setting(FIRST, Setting.RELAY_TARGET_URL))
                .isNotEmpty()
                .allMatch(url -> url.contains("https://sqs.us-west-2.") && url.contains("/Parley-events.fifo"));
        assertThat(setting(SECOND, Setting.RELAY_TARGET_URL)).allMatch(url -> url.contains("https://sqs.us-east-1."));
        assertThat(setting(FIRST, Setting.SNOWFLAKE_WORKERS)).containsExactly("\"0-511\"");
        assertThat(setting(SECOND, Setting.SNOWFLAKE_WORKERS)).containsExactly("\"512-1023\"");
        assertThat(setting(SECOND, Setting.STORAGE_REGION)).containsExactly("\"us-east-1\"");
    }

    @Test
    void theDatabaseIsOneAcrossBothRegions() {
        // Given
        int clusters = Phase.ENTERPRISE.profile().clusters().size();
        List<JsonNode> primaries = properties(FIRST, "AWS::RDS::DBCluster");
        List<JsonNode> secondaries = properties(SECOND, "AWS::RDS::DBCluster");
        List<JsonNode> globals = properties(FIRST, "AWS::RDS::GlobalCluster");
        List<String> logins = properties(SECOND, "AWS::IAM::Policy").stream()
                .map(JsonNode::toString)
                .filter(policy -> policy.contains("elasticache:Connect"))
                .toList();

        // Then the primary cluster does not name the global one, which would replace it
        assertThat(primaries).hasSize(clusters).noneMatch(primary -> primary.has("GlobalClusterIdentifier"));
        assertThat(globals)
                .extracting(global ->
                        global.path("SourceDBClusterIdentifier").path("Ref").asText())
                .doesNotHaveDuplicates()
                .doesNotContain("")
                .hasSize(clusters);
        assertThat(secondaries).hasSize(clusters).allSatisfy(secondary -> {
            assertThat(secondary.path("EngineVersion"))
                    .isEqualTo(primaries.getFirst().path("EngineVersion"));
            assertThat(secondary.path("StorageEncrypted").asBoolean()).isTrue();
            assertThat(secondary.path("DeletionProtection").asBoolean()).isTrue();
            assertThat(secondary.has("MasterUsername")).isFalse();
        });
        assertThat(texts(SECOND, "AWS::RDS::DBCluster", "GlobalClusterIdentifier"))
                .isEqualTo(texts(FIRST, "AWS::RDS::GlobalCluster", "GlobalClusterIdentifier"))
                .hasSize(clusters)
                .contains("parley-global", "parley-global-2");
        assertThat(logins)
                .as("functions of the second Region log in where the writer is")
                .isNotEmpty()
                .allMatch(policy -> policy.contains(":rds-db:us-east-1:") && policy.contains("/parley_app"));
        assertThat(properties(SECOND, "AWS::RDS::DBInstance")).hasSize(2 * clusters);
        assertThat(texts(SECOND, "AWS::RDS::DBProxy", "DBProxyName"))
                .isEqualTo(texts(FIRST, "AWS::RDS::DBProxy", "DBProxyName"))
                .hasSize(clusters);
        assertThat(setting(SECOND, Setting.DATABASE_CLUSTERS))
                .as("functions of the second Region find the proxies of the first")
                .singleElement()
                .satisfies(urls -> assertThat(urls)
                        .contains("cluster-2=jdbc:postgresql://", ",cluster-3=jdbc:postgresql://")
                        .contains("OtherProxy2", "OtherProxy3"));
        assertThat(setting(SECOND, Setting.MIGRATION_CLUSTERS)).isEmpty();
    }

    @Test
    void theNetworksMeetWithoutOverlap() {
        assertThat(texts(FIRST, "AWS::EC2::VPC", "CidrBlock")).containsExactly("10.0.0.0/16");
        assertThat(texts(SECOND, "AWS::EC2::VPC", "CidrBlock")).containsExactly("10.1.0.0/16");
        assertThat(only(SECOND, "AWS::EC2::VPCPeeringConnection")
                        .path("PeerRegion")
                        .asText())
                .isEqualTo("us-east-1");
        assertThat(properties(SECOND, "AWS::EC2::Route").stream()
                        .filter(route ->
                                route.path("DestinationCidrBlock").asText().equals("10.0.0.0/16")))
                .as("a route for each private subnet")
                .hasSize(2);
        for (String region : List.of(FIRST, SECOND)) {
            String other = region.equals(FIRST) ? "10.1.0.0/16" : "10.0.0.0/16";
            assertThat(Stream.of("AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress")
                            .flatMap(type -> properties(region, type).stream())
                            .map(JsonNode::toString))
                    .as("the proxy lets the other Region's functions in")
                    .anyMatch(group -> group.contains(other) && group.contains("Functions of the other Region"));
        }
    }

    @Test
    void everyStackOfBothRegionsStaysAwayFromTheLimits() {
        Map<String, Integer> sizes = new TreeMap<>();
        files.forEach((file, template) -> {
            sizes.put(file, template.size());
            assertThat(template.size()).as("resources of " + file).isLessThanOrEqualTo(RESOURCES);
            assertThat(template.json().toString().split("\\{\\{resolve:", -1).length - 1)
                    .as("dynamic references of " + file)
                    .isLessThanOrEqualTo(DYNAMIC_REFERENCES);
        });
        for (String region : List.of(FIRST, SECOND)) {
            assertThat(of(region).stream().mapToInt(Template::size).sum())
                    .as("resources of " + region)
                    .isBetween(100, RESOURCES_OF_ALL);
        }
        System.out.println("Resources by file " + sizes);
    }

    @Test
    void eachRegionHasAlarmsOfItsOwn() {
        Template first = Objects.requireNonNull(files.get("Parley-Observability.template.json"));
        Template second = Objects.requireNonNull(files.get("Parley-Second-Observability.template.json"));

        // Dashboards are seen in all Regions of an account, so that two of one name would be one
        assertThat(dashboards(first)).containsExactly("Parley");
        assertThat(dashboards(second)).containsExactly("Parley-Second");
        assertThat(second.properties("AWS::CloudWatch::Alarm").values().stream()
                        .map(alarm -> alarm.path("AlarmName").asText()))
                .isNotEmpty()
                .isSubsetOf(first.properties("AWS::CloudWatch::Alarm").values().stream()
                        .map(alarm -> alarm.path("AlarmName").asText())
                        .toList());
        assertThat(second.properties("AWS::SNS::Topic")).hasSize(2);
    }

    private static List<String> dashboards(Template template) {
        return template.properties("AWS::CloudWatch::Dashboard").values().stream()
                .map(dashboard -> dashboard.path("DashboardName").asText())
                .toList();
    }

    @Test
    void nothingIsFoundInEitherRegion() {
        assertThat(findings).isEmpty();
    }

    @Test
    void otherPhasesHaveNothingOfIt(PhaseAssemblies.Assemblies assemblies) throws IOException {
        // Given
        Map<String, Template> scale =
                templates(assemblies.byPhase().get(Phase.SCALE).directory());

        // Then
        assertThat(scale.keySet()).noneMatch(file -> file.startsWith(SECOND) || file.startsWith("Parley-Second"));
        List<String> text = scale.values().stream()
                .map(template -> template.json().toString())
                .toList();
        assertThat(text)
                .noneMatch(template -> template.contains("relay.fifo")
                        || template.contains("RelayFunction")
                        || template.contains("AWS::RDS::GlobalCluster")
                        || template.contains("10.1.0.0/16")
                        || template.contains(Setting.SNOWFLAKE_WORKERS.variable()));
    }

    @Test
    void theSecondRegionCanBecomeTheHomeOfAll() throws IOException {
        // Given
        Map<String, String> context = Map.of(
                "phase",
                "enterprise",
                "home",
                "second",
                "domain",
                "chat.example.com",
                "hostedZone",
                "Z0123456789EXAMPLE");
        Map<String, Template> before = files;

        // When
        files = templates(synthesise(Parameters.read(context::get, null), "failover"));

        // Then
        try {
            assertThat(setting(FIRST, Setting.EVENTS_QUEUE_URL))
                    .allMatch(url -> url.contains("https://sqs.us-west-2."));
            assertThat(setting(SECOND, Setting.EVENTS_QUEUE_URL)).noneMatch(url -> url.contains("https://sqs."));
            assertThat(texts(SECOND, "AWS::Scheduler::Schedule", "Name")).containsAll(scheduleNames(Schedules.all()));
            assertThat(texts(SECOND, "AWS::Lambda::Function", "Handler")).contains(Routes.MIGRATE.handler());
            assertThat(texts(FIRST, "AWS::Lambda::Function", "Handler")).doesNotContain(Routes.MIGRATE.handler());
            assertThat(setting(FIRST, Setting.DATABASE_CLUSTERS))
                    .singleElement()
                    .satisfies(urls -> assertThat(urls).contains("OtherProxy2", "OtherProxy3"));
            assertThat(setting(SECOND, Setting.DATABASE_CLUSTERS))
                    .singleElement()
                    .satisfies(urls -> assertThat(urls).doesNotContain("OtherProxy"));
            assertThat(setting(SECOND, Setting.MIGRATION_CLUSTERS)).hasSize(1);
        } finally {
            files = before;
        }
    }

    private static Path synthesise(Parameters parameters, String name) throws IOException {
        Path code = Files.createDirectories(folder.resolve(name).resolve("code"));
        Files.writeString(code.resolve("empty"), "");
        Path out = folder.resolve(name).resolve("cdk.out");
        App app = ParleyApp.app(out);
        new Deployment(app, parameters, code, Routes.http());
        app.synth();
        return out;
    }

    private static Map<String, Template> templates(Path out) throws IOException {
        Map<String, Template> read = new TreeMap<>();
        ObjectMapper mapper = new ObjectMapper();
        try (Stream<Path> all = Files.list(out)) {
            for (Path file : all.filter(path -> path.toString().endsWith("template.json"))
                    .toList()) {
                read.put(file.getFileName().toString(), new Template(mapper.readTree(file.toFile())));
            }
        }
        return read;
    }

    private static List<String> findings(Path out) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(out)) {
            for (Path file : all.filter(path -> path.toString().endsWith("metadata.json"))
                    .toList()) {
                new ObjectMapper()
                        .readTree(file.toFile())
                        .properties()
                        .forEach(construct -> construct.getValue().forEach(entry -> {
                            String type = entry.path("type").asText();
                            if (type.equals("aws:cdk:error") || type.equals("aws:cdk:warning")) {
                                found.add(construct.getKey() + ": "
                                        + entry.path("data").asText());
                            }
                        }));
            }
        }
        return found;
    }

    /** The templates of one Region: its stack, and what is nested in it. */
    private List<Template> of(String region) {
        return files.entrySet().stream()
                .filter(file -> {
                    boolean second =
                            file.getKey().startsWith(SECOND) || file.getKey().startsWith("Parley-Second");
                    return region.equals(SECOND) == second;
                })
                .map(Map.Entry::getValue)
                .toList();
    }

    private List<JsonNode> properties(String region, String type) {
        return of(region).stream()
                .flatMap(template -> template.properties(type).values().stream())
                .toList();
    }

    private JsonNode only(String region, String type) {
        List<JsonNode> found = properties(region, type);
        assertThat(found).as(type + " of " + region).hasSize(1);
        return found.getFirst();
    }

    private Set<String> texts(String region, String type, String property) {
        return properties(region, type).stream()
                .map(properties -> properties.path(property).asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The values that a setting has in a Region's functions, as JSON. */
    private Set<String> setting(String region, Setting setting) {
        return properties(region, "AWS::Lambda::Function").stream()
                .map(function -> function.path("Environment").path("Variables").path(setting.variable()))
                .filter(value -> !value.isMissingNode())
                .map(JsonNode::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> scheduleNames(List<ScheduleSpec> schedules) {
        List<String> names = new ArrayList<>();
        for (ScheduleSpec schedule : schedules) {
            for (int slice = 0; slice < schedule.slices(); slice++) {
                names.add("Parley-" + schedule.name() + (schedule.slices() > 1 ? "-" + slice : ""));
            }
        }
        return names;
    }
}
