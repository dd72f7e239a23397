package dev.parley.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.catalog.HttpRoute;
import dev.parley.catalog.Routes;
import dev.parley.infra.phase.Parameters;
import dev.parley.infra.phase.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awscdk.App;

/**
 * What the app synthesises, read into memory.
 *
 * @param templates the templates of the first Region, by the id of their construct: Parley, and the stacks nested in it
 * @param beside the templates of the other stacks of the deployment, by what follows its name: Observability
 * @param findings the errors and warnings of CDK and cdk-nag
 */
record Synthesis(Map<String, Template> templates, Map<String, Template> beside, List<String> findings) {

    private static final String ROOT = "Parley";

    /** The file of a nested stack's template: the stack's id, and eight digits of a hash of its path. */
    private static final Pattern NESTED = Pattern.compile(ROOT + "(\\w+)[0-9A-F]{8}\\.nested\\.template\\.json");

    /** What files of stacks that are nested in the second Region's begin with. */
    private static final String SECOND = ROOT + "Second";

    /** The file of another stack's template. */
    private static final Pattern BESIDE = Pattern.compile(ROOT + "-([\\w-]+)\\.template\\.json");

    private static final Map<Phase, Synthesis> BY_PHASE = new ConcurrentHashMap<>();

    /** One synthesis for all tests, since it takes seconds. */
    static final Synthesis SHARED = of(Phase.MVP);

    /** A deployment named Parley in a phase, with what the catalog lists: one for all tests. */
    static Synthesis of(Phase phase) {
        return BY_PHASE.computeIfAbsent(phase, one -> run(parameters(one), Routes.http()));
    }

    /** Synthesises a deployment named Parley with a package of one empty file. */
    static Synthesis run() {
        return run(Routes.http());
    }

    /** The same with an HTTP API of other routes. */
    static Synthesis run(List<HttpRoute> routes) {
        return run(parameters(Phase.MVP), routes);
    }

    /** A deployment named Parley of phase mvp with a domain, and more parameters. */
    static Parameters withDomain(Map<String, String> more) {
        Map<String, String> context =
                new HashMap<>(Map.of("domain", "chat.example.com", "hostedZone", "Z0123456789EXAMPLE"));
        context.putAll(more);
        return Parameters.read(context::get, null);
    }

    /** A deployment named Parley in a phase, with a domain where the phase takes one. */
    static Parameters parameters(Phase phase) {
        return parameters(phase, Map.of());
    }

    /** The same with other parameters. */
    static Parameters parameters(Phase phase, Map<String, String> others) {
        Map<String, String> context = new HashMap<>(others);
        context.put("phase", phase.title());
        if (phase.profile().edge()) {
            context.putAll(Map.of("domain", "chat.example.com", "hostedZone", "Z0123456789EXAMPLE"));
        }
        return Parameters.read(context::get, null);
    }

    /** A deployment with an HTTP API of other routes. */
    static Synthesis run(Parameters parameters, List<HttpRoute> routes) {
        try {
            Path directory = Files.createTempDirectory("parley-synthesis");
            try {
                return run(directory, parameters, routes);
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The template of one of the stacks. */
    Template template(String stack) {
        return templates.get(stack);
    }

    /** All templates as one, whose references lead across stacks. */
    Template whole() {
        return joined().template();
    }

    /** The resource, in the template of Parley, that a nested stack is. */
    String nestedResource(String stack) {
        return joined().nestedResource(stack);
    }

    private WholeTemplate joined() {
        return new WholeTemplate(templates, ROOT);
    }

    private static Synthesis run(Path directory, Parameters parameters, List<HttpRoute> routes) throws IOException {
        Path code = Files.createDirectory(directory.resolve("code"));
        Files.writeString(code.resolve("empty"), "");
        App app = ParleyApp.app(directory.resolve("cdk.out"));
        new Deployment(app, parameters, code, routes);
        app.synth();
        Path assembly = directory.resolve("cdk.out");
        return new Synthesis(templates(assembly), beside(assembly), findings(assembly));
    }

    private static List<String> findings(Path assembly) throws IOException {
        List<String> findings = new ArrayList<>();
        try (Stream<Path> files = Files.list(assembly)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".metadata.json"))
                    .sorted()
                    .toList()) {
                findings.addAll(findingsOfStack(file));
            }
        }
        return findings;
    }

    private static List<String> findingsOfStack(Path metadata) throws IOException {
        List<String> findings = new ArrayList<>();
        JsonNode byConstruct = new ObjectMapper().readTree(metadata.toFile());
        assertThat(byConstruct.size()).as("constructs with metadata").isPositive();
        byConstruct
                .properties()
                .forEach(construct -> construct.getValue().forEach(entry -> {
                    String type = entry.path("type").asText();
                    if (type.equals("aws:cdk:error") || type.equals("aws:cdk:warning")) {
                        findings.add(
                                construct.getKey() + ": " + entry.path("data").asText());
                    }
                }));
        return findings;
    }

    private static Map<String, Template> templates(Path assembly) throws IOException {
        Map<String, Template> templates = new TreeMap<>();
        ObjectMapper mapper = new ObjectMapper();
        try (Stream<Path> files = Files.list(assembly)) {
            for (Path file : files.filter(file -> file.toString().endsWith("template.json"))
                    .filter(file ->
                            !BESIDE.matcher(file.getFileName().toString()).matches())
                    .filter(file -> !file.getFileName().toString().startsWith(SECOND))
                    .toList()) {
                Matcher nested = NESTED.matcher(file.getFileName().toString());
                String stack = nested.matches() ? nested.group(1) : ROOT;
                JsonNode json = mapper.readTree(file.toFile());
                assertThat(templates.put(stack, new Template(json))).as(stack).isNull();
            }
        }
        return templates;
    }

    private static Map<String, Template> beside(Path assembly) throws IOException {
        Map<String, Template> templates = new TreeMap<>();
        try (Stream<Path> files = Files.list(assembly)) {
            for (Path file : files.toList()) {
                Matcher name = BESIDE.matcher(file.getFileName().toString());
                if (name.matches()) {
                    templates.put(name.group(1), new Template(new ObjectMapper().readTree(file.toFile())));
                }
            }
        }
        return templates;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
