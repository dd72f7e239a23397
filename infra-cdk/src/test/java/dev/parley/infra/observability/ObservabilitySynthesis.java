package dev.parley.infra.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.infra.Naming;
import dev.parley.infra.ParleyApp;
import dev.parley.infra.observability.ObservedSystem.ObservedDatabase;
import dev.parley.infra.phase.Parameters;
import dev.parley.infra.phase.Phase;
import dev.parley.infra.region.RegionPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;

/**
 * The observability stack of a system whose identifiers are made up, so that nothing of the system has to be synthesised.
 *
 * @param template its template
 * @param findings the errors and warnings of CDK and cdk-nag
 */
public record ObservabilitySynthesis(JsonNode template, List<String> findings) {

    static final String DEPLOYMENT = "Demo";

    /** Synthesises it for a phase, with parameters besides those that the phase needs. */
    static ObservabilitySynthesis of(Phase phase, Map<String, String> more) {
        Parameters parameters = parameters(phase, more);
        return of(parameters, system(parameters, RegionPlace.first(parameters)));
    }

    /** Synthesises it for the second Region of a phase that has one. */
    static ObservabilitySynthesis ofSecondRegion(Phase phase) {
        Parameters parameters = parameters(phase, Map.of());
        return of(parameters, system(parameters, RegionPlace.second(parameters)));
    }

    private static ObservabilitySynthesis of(Parameters parameters, ObservedSystem system) {
        return of(
                DEPLOYMENT + "-Observability",
                (app, key) -> new ObservabilityStack(
                        app, DEPLOYMENT + "-Observability", parameters, "us-east-1", system, key));
    }

    /** Synthesises a stack that takes a key of another one. */
    public static ObservabilitySynthesis of(String stack, BiConsumer<App, IKey> add) {
        try {
            Path directory = Files.createTempDirectory("parley-observability");
            try {
                App app = ParleyApp.app(directory);
                Stack keys = new Stack(
                        app,
                        "Keys",
                        StackProps.builder()
                                .env(Environment.builder().region("us-east-1").build())
                                .build());
                add.accept(
                        app,
                        Key.Builder.create(keys, "Key").enableKeyRotation(true).build());
                app.synth();
                return new ObservabilitySynthesis(
                        read(directory.resolve(stack + ".template.json")),
                        findings(directory.resolve(stack + ".metadata.json")));
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObservedSystem system(Parameters parameters, RegionPlace place) {
        return new ObservedSystem(
                new Naming(DEPLOYMENT),
                parameters.profile(),
                place,
                "restapi",
                "gatewayapi",
                parameters.profile().clusters().stream()
                        .map(spec -> new ObservedDatabase(
                                spec.name(),
                                null,
                                spec.numbered("proxy"),
                                spec.size(),
                                spec.zero() && spec.size().readers() > 0))
                        .toList(),
                "cachegroup");
    }

    /** The properties of all resources of a type, by logical id. */
    public Map<String, JsonNode> properties(String type) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        template.path("Resources").properties().forEach(resource -> {
            if (resource.getValue().path("Type").asText().equals(type)) {
                found.put(resource.getKey(), resource.getValue().path("Properties"));
            }
        });
        return found;
    }

    /** The alarms by name, without the deployment's. */
    Map<String, JsonNode> alarms() {
        Map<String, JsonNode> alarms = new LinkedHashMap<>();
        properties("AWS::CloudWatch::Alarm")
                .values()
                .forEach(alarm ->
                        alarms.put(alarm.path("AlarmName").asText().substring((DEPLOYMENT + "-").length()), alarm));
        return alarms;
    }

    private static Parameters parameters(Phase phase, Map<String, String> more) {
        Map<String, String> context = new HashMap<>(more);
        context.put("name", DEPLOYMENT);
        context.put("phase", phase.title());
        if (phase.profile().edge()) {
            context.putAll(Map.of("domain", "chat.example.com", "hostedZone", "Z0123456789EXAMPLE"));
        }
        return Parameters.read(context::get, null);
    }

    private static JsonNode read(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    private static List<String> findings(Path metadata) throws IOException {
        JsonNode byConstruct = read(metadata);
        assertThat(byConstruct.size()).as("constructs with metadata").isPositive();
        List<String> findings = new ArrayList<>();
        byConstruct
                .properties()
                .forEach(construct -> construct.getValue().forEach(entry -> {
                    if (Set.of("aws:cdk:error", "aws:cdk:warning")
                            .contains(entry.path("type").asText())) {
                        findings.add(
                                construct.getKey() + ": " + entry.path("data").asText());
                    }
                }));
        return findings;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
