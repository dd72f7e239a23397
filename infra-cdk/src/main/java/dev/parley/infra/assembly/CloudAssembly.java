package dev.parley.infra.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a synthesis wrote: the templates of all stacks, nested ones among them.
 *
 * @param directory where it is
 * @param stacks every stack, a top-level one before those that are nested in it
 */
public record CloudAssembly(Path directory, List<StackTemplate> stacks) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The file that a template is published as: a hash, which its URL ends with. */
    private static final Pattern PUBLISHED = Pattern.compile("([0-9a-f]{64})\\.json");

    public CloudAssembly {
        stacks = List.copyOf(stacks);
    }

    /**
     * Reads one.
     *
     * @throws UncheckedIOException if the directory holds none
     */
    public static CloudAssembly read(Path directory) {
        List<StackTemplate> stacks = new ArrayList<>();
        for (JsonNode artifact : json(directory.resolve("manifest.json")).path("artifacts")) {
            if (artifact.path("type").asText().equals("aws:cloudformation:stack")) {
                addTopLevel(artifact, directory, stacks);
            }
        }
        return new CloudAssembly(directory, stacks);
    }

    /** Resources of all stacks. */
    public int resources() {
        return stacks.stream().mapToInt(StackTemplate::resources).sum();
    }

    /** Resources of a type, in all stacks. */
    public int count(String type) {
        return stacks.stream().mapToInt(stack -> stack.ofType(type).size()).sum();
    }

    /** The stack with the most resources. */
    public StackTemplate largest() {
        return stacks.stream()
                .max(Comparator.comparingInt(StackTemplate::resources))
                .orElseThrow(() -> new IllegalStateException("No stack in " + directory));
    }

    /** Bytes of all templates. */
    public long templateBytes() {
        return stacks.stream().mapToLong(StackTemplate::bytes).sum();
    }

    /** The Regions that stacks are deployed to; a stack that does not say one is where the credentials point to. */
    public Set<String> regions() {
        return stacks.stream()
                .map(StackTemplate::region)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The version of the bootstrap stack that its stacks need. */
    public int bootstrapVersion() {
        int version = 0;
        for (JsonNode artifact : json(directory.resolve("manifest.json")).path("artifacts")) {
            version = Math.max(
                    version,
                    artifact.path("properties")
                            .path("requiresBootstrapStackVersion")
                            .asInt());
        }
        return version;
    }

    /** What CDK or a rule of cdk-nag found to be wrong, each with the construct that it is about. */
    public List<String> errors() {
        List<String> errors = new ArrayList<>();
        for (JsonNode artifact : json(directory.resolve("manifest.json")).path("artifacts")) {
            String file = artifact.path("additionalMetadataFile").asText();
            JsonNode metadata = file.isEmpty() ? artifact.path("metadata") : json(directory.resolve(file));
            metadata.properties()
                    .forEach(construct -> construct.getValue().forEach(entry -> {
                        if (entry.path("type").asText().equals("aws:cdk:error")) {
                            errors.add(construct.getKey() + ": "
                                    + entry.path("data").asText());
                        }
                    }));
        }
        return errors;
    }

    private static void addTopLevel(JsonNode artifact, Path directory, List<StackTemplate> stacks) {
        String name = artifact.path("properties")
                .path("stackName")
                .asText(artifact.path("displayName").asText());
        String template = artifact.path("properties").path("templateFile").asText();
        // aws://ACCOUNT/REGION, each of them unknown-… where the app leaves it to the credentials.
        String environment = artifact.path("environment").asText();
        String region = environment.substring(environment.lastIndexOf('/') + 1);
        add(
                name,
                region.startsWith("unknown") ? null : region,
                directory.resolve(template),
                json(directory.resolve(template.replace(".template.json", ".assets.json"))),
                stacks);
    }

    private static void add(
            String name, @Nullable String region, Path file, JsonNode assets, List<StackTemplate> stacks) {
        StackTemplate stack = new StackTemplate(name, region, size(file), json(file));
        stacks.add(stack);
        stack.ofType("AWS::CloudFormation::Stack").forEach((id, nested) -> {
            Matcher hash = PUBLISHED.matcher(
                    nested.path("Properties").path("TemplateURL").toString());
            if (!hash.find()) {
                throw new IllegalStateException("The template of " + name + "/" + id + " is not in the assembly");
            }
            String path = assets.path("files")
                    .path(hash.group(1))
                    .path("source")
                    .path("path")
                    .asText();
            add(name + "/" + nestedName(id), region, file.resolveSibling(path), assets, stacks);
        });
    }

    /** CDK's logical ids of nested stacks are ID, NestedStack, ID, NestedStackResource and a hash. */
    private static String nestedName(String logicalId) {
        int end = logicalId.indexOf("NestedStack");
        return end < 0 ? logicalId : logicalId.substring(0, end);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("This is not a cloud assembly: " + file.getParent(), e);
        }
    }
}
