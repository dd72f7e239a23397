package dev.parley.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.catalog.Routes;
import dev.parley.infra.phase.ClusterSpec;
import dev.parley.infra.phase.Phase;
import dev.parley.settings.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Clusters that content can be moved to are as safe as the first one, and everything that uses the database reaches them. */
class ContentClustersTest {

    private static final List<ClusterSpec> CLUSTERS = Phase.SCALE.profile().clusters();
    private static final Template DATA = Synthesis.of(Phase.SCALE).template("Data");
    private static final Template WHOLE = Synthesis.of(Phase.SCALE).whole();

    @Test
    void areAsSafeAsTheFirst() {
        // Given
        Map<String, String> clusters = ids("AWS::RDS::DBCluster");
        String zero = clusters.get("zero");

        // Then they differ from it in nothing but size and place
        assertThat(clusters.keySet()).containsExactlyInAnyOrder("zero", "cluster-2", "cluster-3");
        assertThat(clusters).allSatisfy((name, id) -> {
            assertThat(withoutSizeAndPlace(id)).as(name).isEqualTo(withoutSizeAndPlace(zero));
            assertThat(DATA.resource(id).path("DeletionPolicy").asText()).isEqualTo("Retain");
            assertThat(DATA.resource(id).path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
        });
        JsonNode properties = DATA.resource(zero).path("Properties");
        assertThat(properties.path("DeletionProtection").asBoolean()).isTrue();
        assertThat(properties.path("StorageEncrypted").asBoolean()).isTrue();
        assertThat(properties.has("KmsKeyId")).isTrue();
        assertThat(properties.path("MasterUserAuthenticationType").asText()).isEqualTo("iam-db-auth");
    }

    @Test
    void areAsLargeAsTheProfileSays() {
        Map<String, String> clusters = ids("AWS::RDS::DBCluster");
        for (ClusterSpec spec : CLUSTERS) {
            String id = Objects.requireNonNull(clusters.get(spec.name()));
            JsonNode scaling = DATA.resource(id).path("Properties").path("ServerlessV2ScalingConfiguration");
            assertThat(scaling.path("MinCapacity").asDouble())
                    .isEqualTo(spec.size().minCapacity());
            assertThat(scaling.path("MaxCapacity").asDouble())
                    .isEqualTo(spec.size().maxCapacity());
            assertThat(DATA.properties("AWS::RDS::DBInstance").values())
                    .filteredOn(instance -> Template.references(instance.path("DBClusterIdentifier"))
                            .contains(id))
                    .as(spec.name())
                    .hasSize(1 + spec.size().readers());
        }
    }

    @Test
    void haveAProxyEachThatLeadsToItsClusterAndAsksForIam() {
        Map<String, String> clusters = ids("AWS::RDS::DBCluster");
        for (ClusterSpec spec : CLUSTERS) {
            String proxy = proxy(spec);
            JsonNode properties = DATA.resource(proxy).path("Properties");
            JsonNode targets = DATA.properties("AWS::RDS::DBProxyTargetGroup").values().stream()
                    .filter(group ->
                            Template.references(group.path("DBProxyName")).contains(proxy))
                    .findFirst()
                    .orElseThrow();
            assertThat(Template.references(targets.path("DBClusterIdentifiers")))
                    .containsExactly(clusters.get(spec.name()));
            assertThat(properties.path("RequireTLS").asBoolean()).isTrue();
            assertThat(properties.path("DefaultAuthScheme").asText()).isEqualTo("IAM_AUTH");
            assertThat(policies(DATA, DATA.referenced(properties.path("RoleArn"), "AWS::IAM::Role")))
                    .singleElement()
                    .satisfies(statement -> {
                        assertThat(statement.path("Action").asText()).isEqualTo("rds-db:connect");
                        assertThat(Template.references(statement)).contains(clusters.get(spec.name()));
                        assertThat(statement.toString()).contains("/" + Database.FUNCTIONS_USER + "\"");
                    });
        }
        assertThat(DATA.properties("AWS::RDS::DBProxyEndpoint").values())
                .as("functions ask readers of the first alone")
                .singleElement()
                .satisfies(endpoint -> assertThat(Template.references(endpoint.path("DBProxyName")))
                        .containsExactly(proxy(CLUSTERS.getFirst())));
    }

    @Test
    void areReachedByFunctionsThroughTheirProxiesAndByTheMigrationDirectly() {
        // Given
        String network = "Network.";
        List<String> clusters = new ArrayList<>();
        List<String> proxies = new ArrayList<>();
        WHOLE.properties("AWS::EC2::SecurityGroup").forEach((id, group) -> {
            if (id.startsWith("Data.Database")) {
                (group.path("GroupDescription").asText().equals("RDS Proxy") ? proxies : clusters).add(id);
            }
        });

        // When
        Map<String, Set<String>> from = new LinkedHashMap<>();
        Stream.concat(clusters.stream(), proxies.stream()).forEach(id -> from.put(id, new TreeSet<>()));
        WHOLE.properties("AWS::EC2::SecurityGroupIngress")
                .values()
                .forEach(rule -> Template.references(rule.path("GroupId")).stream()
                        .filter(from::containsKey)
                        .forEach(group -> Template.references(rule.path("SourceSecurityGroupId")).stream()
                                .map(source ->
                                        source.startsWith(network) ? source.replaceAll("[0-9A-F]{8}$", "") : "proxy")
                                .forEach(Objects.requireNonNull(from.get(group))::add)));

        // Then
        assertThat(clusters).hasSize(CLUSTERS.size());
        assertThat(proxies).hasSize(CLUSTERS.size());
        assertThat(from).allSatisfy((group, sources) -> {
            if (clusters.contains(group)) {
                assertThat(sources).as(group).containsExactlyInAnyOrder("proxy", "Network.Migrations");
            } else {
                assertThat(sources).as(group).containsExactly("Network.Functions");
            }
        });
    }

    @Test
    void areToldToEveryFunctionThatHasTheDatabaseAndPastTheProxyToTheMigrationAlone() {
        // Given
        List<String> proxies =
                CLUSTERS.stream().skip(1).map(spec -> "Data." + proxy(spec)).toList();
        Map<String, String> ids = ids("AWS::RDS::DBCluster");
        List<String> clusters = Stream.of("cluster-2", "cluster-3")
                .map(name -> "Data." + ids.get(name))
                .toList();

        // Then
        assertThat(functions(WHOLE)).hasSizeGreaterThan(60).allSatisfy(function -> {
            JsonNode variables = function.path("Environment").path("Variables");
            assertUrls(variables.path(Setting.DATABASE_CLUSTERS.variable()), proxies, "?sslmode=verify-full");
            boolean migrates = function.path("Handler").asText().equals(Routes.MIGRATE.handler());
            assertThat(variables.has(Setting.MIGRATION_CLUSTERS.variable())).isEqualTo(migrates);
            if (migrates) {
                assertUrls(variables.path(Setting.MIGRATION_CLUSTERS.variable()), clusters, "?sslmode=require");
            }
            assertThat(size(variables))
                    .as("Lambda takes 4 KB (Lambda quotas), and two Regions add some 400 characters")
                    .isLessThan(3500);
        });
    }

    @Test
    void letInEveryRoleThatTheFirstLetsIn() {
        // Given
        Set<String> proxies =
                CLUSTERS.stream().map(spec -> "Data." + proxy(spec)).collect(Collectors.toSet());
        Set<String> clusters = ids("AWS::RDS::DBCluster").values().stream()
                .map(id -> "Data." + id)
                .collect(Collectors.toSet());

        // When
        int migrating = 0;
        Set<String> roles = functions(WHOLE).stream()
                .map(function -> WHOLE.referenced(function.path("Role"), "AWS::IAM::Role"))
                .collect(Collectors.toSet());
        for (String role : roles) {
            Set<String> users = new TreeSet<>();
            Set<String> owners = new TreeSet<>();
            policies(WHOLE, role).stream()
                    .filter(statement -> statement.toString().contains("\"rds-db:connect\""))
                    .forEach(statement -> resources(statement).forEach(resource -> {
                        assertThat(resource.toString()).doesNotContain("*");
                        (resource.toString().contains("/" + Database.OWNER + "\"") ? owners : users)
                                .addAll(Template.references(resource));
                    }));
            users.removeIf(reference -> reference.startsWith("AWS::"));
            owners.removeIf(reference -> reference.startsWith("AWS::"));

            // Then
            assertThat(users).as(role).isEqualTo(proxies);
            assertThat(owners).as(role).isIn(Set.of(), clusters);
            migrating += owners.isEmpty() ? 0 : 1;
        }
        assertThat(migrating).isEqualTo(1);
    }

    @Test
    void areObservedWithoutBeingHeldInPlace() {
        // Given
        JsonNode observability = Objects.requireNonNull(
                        Synthesis.of(Phase.SCALE).beside().get("Observability"))
                .json();
        Map<String, String> ids = ids("AWS::RDS::DBCluster");

        // When
        Map<String, String> looked = new LinkedHashMap<>();
        observability.path("Parameters").properties().forEach(parameter -> {
            String name = parameter.getValue().path("Default").asText();
            if (parameter.getValue().path("Type").asText().equals("AWS::SSM::Parameter::Value<String>")
                    && name.startsWith("/Parley/")) {
                looked.put(name, parameter.getKey());
            }
        });

        // Then
        assertThat(looked).containsOnlyKeys("/Parley/clusters/cluster-2", "/Parley/clusters/cluster-3");
        DATA.properties("AWS::SSM::Parameter").values().forEach(parameter -> {
            String name = parameter.path("Name").asText().substring("/Parley/clusters/".length());
            assertThat(Template.references(parameter.path("Value"))).containsExactly(ids.get(name));
        });
        for (ClusterSpec spec : CLUSTERS.subList(1, CLUSTERS.size())) {
            String used = observability.path("Resources").toString();
            assertThat(used)
                    .contains(
                            "{\"Name\":\"DBClusterIdentifier\",\"Value\":{\"Ref\":\""
                                    + looked.get("/Parley/clusters/" + spec.name()) + "\"}}",
                            "{\"Name\":\"ProxyName\",\"Value\":\"" + spec.numbered("Parley-proxy") + "\"}");
        }
        assertThat(observability.findValuesAsText("Fn::ImportValue"))
                .anyMatch(name -> name.contains("DatabaseCluster"))
                .noneMatch(name -> name.matches(".*Database\\d.*"));
    }

    @Test
    void passTheRulesOfCdkNagAndCdkItself() {
        assertThat(Synthesis.of(Phase.SCALE).findings()).isEmpty();
    }

    @Test
    void areNotInSmallerPhases() {
        Synthesis small = Synthesis.SHARED;

        assertThat(small.template("Data").properties("AWS::RDS::DBCluster")).hasSize(1);
        assertThat(functions(small.whole()))
                .noneMatch(function -> function.toString().contains(Setting.DATABASE_CLUSTERS.variable()));
    }

    /** Of the stack of data, by what the clusters' tags call them. */
    private static Map<String, String> ids(String type) {
        Map<String, String> ids = new LinkedHashMap<>();
        DATA.properties(type)
                .forEach((id, properties) -> properties.path("Tags").forEach(tag -> {
                    if (tag.path("Key").asText().equals(ClusterSpec.TAG)) {
                        assertThat(ids.put(tag.path("Value").asText(), id)).isNull();
                    }
                }));
        return ids;
    }

    private static String proxy(ClusterSpec spec) {
        return DATA.properties("AWS::RDS::DBProxy").entrySet().stream()
                .filter(proxy -> proxy.getValue().path("DBProxyName").asText().equals(spec.numbered("Parley-proxy")))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode withoutSizeAndPlace(String cluster) {
        ObjectNode properties = DATA.resource(cluster).path("Properties").deepCopy();
        assertThat(properties.path("VpcSecurityGroupIds")).hasSize(1);
        return properties.without(
                List.of("ServerlessV2ScalingConfiguration", "DBSubnetGroupName", "VpcSecurityGroupIds", "Tags"));
    }

    /** What a role may do. */
    private static List<JsonNode> policies(Template template, String role) {
        List<JsonNode> statements = new ArrayList<>();
        template.properties("AWS::IAM::Policy").values().stream()
                .filter(policy -> Template.references(policy.path("Roles")).contains(role))
                .forEach(policy ->
                        policy.path("PolicyDocument").path("Statement").forEach(statements::add));
        return statements;
    }

    private static List<JsonNode> resources(JsonNode statement) {
        JsonNode resource = statement.path("Resource");
        List<JsonNode> resources = new ArrayList<>();
        if (resource.isArray()) {
            resource.forEach(resources::add);
        } else {
            resources.add(resource);
        }
        return resources;
    }

    private static List<JsonNode> functions(Template template) {
        return template.properties("AWS::Lambda::Function").values().stream()
                .filter(function -> function.path("Runtime").asText().startsWith("java"))
                .toList();
    }

    /** {@code cluster-2=jdbc:…,cluster-3=jdbc:…}, with the address of one of those that are expected in each, in their order. */
    private static void assertUrls(JsonNode value, List<String> hosts, String options) {
        StringBuilder text = new StringBuilder();
        value.path("Fn::Join")
                .path(1)
                .forEach(part -> text.append(
                        part.isTextual()
                                ? part.asText()
                                : "<" + Template.references(part).getFirst() + ">"));
        String[] entries = text.toString().split(",", -1);
        assertThat(entries).as(text.toString()).hasSize(hosts.size());
        for (int i = 0; i < entries.length; i++) {
            assertThat(entries[i])
                    .startsWith("cluster-" + (i + 2) + "=jdbc:postgresql://<" + hosts.get(i) + ">:")
                    .contains(":5432/parley" + options);
        }
    }

    /** What variables take, with a reference counted as the 100 characters that a host name or ARN has at the most. */
    private static int size(JsonNode variables) {
        int size = 0;
        for (Map.Entry<String, JsonNode> variable : variables.properties()) {
            size += variable.getKey().length();
            JsonNode parts = variable.getValue().path("Fn::Join").path(1);
            if (parts.isArray()) {
                for (JsonNode part : parts) {
                    size += part.isTextual() ? part.asText().length() : 100;
                }
            } else {
                size += variable.getValue().isTextual()
                        ? variable.getValue().asText().length()
                        : 100;
            }
        }
        return size;
    }
}
