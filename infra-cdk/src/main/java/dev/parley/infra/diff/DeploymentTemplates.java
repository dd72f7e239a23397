package dev.parley.infra.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All resources of a deployment, with references that lead across nested stacks: what a nested stack gets as a parameter or
 * gives as an output is replaced by what it stands for. So a value is equal exactly when CloudFormation would see it equal.
 *
 * @param resources the resources with everything that their templates say of them
 */
public record DeploymentTemplates(Map<ResourceId, JsonNode> resources) {

    static final String NESTED = "AWS::CloudFormation::Stack";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public DeploymentTemplates {
        resources = Map.copyOf(resources);
    }

    /**
     * Reads a cloud assembly that CDK wrote.
     *
     * @throws UncheckedIOException if the directory holds none
     */
    public static DeploymentTemplates read(Path assembly) {
        Map<String, JsonNode> templates = new TreeMap<>();
        for (JsonNode artifact : json(assembly.resolve("manifest.json")).path("artifacts")) {
            if (artifact.path("type").asText().equals("aws:cloudformation:stack")) {
                String environment = artifact.path("environment").asText();
                String region = environment.substring(environment.lastIndexOf('/') + 1);
                JsonNode properties = artifact.path("properties");
                String name = properties
                        .path("stackName")
                        .asText(artifact.path("displayName").asText());
                String file = properties.path("templateFile").asText();
                add(region + "/" + name, file, assembly, templates);
            }
        }
        return of(templates);
    }

    /**
     * The same from templates.
     *
     * @param templates by stack, as {@link ResourceId} names them
     */
    static DeploymentTemplates of(Map<String, JsonNode> templates) {
        Map<ResourceId, JsonNode> resources = new TreeMap<>();
        References references = new References(templates);
        templates.forEach((stack, template) -> template.path("Resources")
                .properties()
                .forEach(resource -> resources.put(
                        new ResourceId(stack, resource.getKey()), references.resolve(resource.getValue(), stack))));
        return new DeploymentTemplates(resources);
    }

    /** A nested stack's template is an asset, whose hash stands in the URL and, with the file, in the manifest of assets. */
    private static void add(String stack, String file, Path assembly, Map<String, JsonNode> templates) {
        JsonNode template = json(assembly.resolve(file));
        templates.put(stack, template);
        template.path("Resources").properties().forEach(resource -> {
            if (!resource.getValue().path("Type").asText().equals(NESTED)) {
                return;
            }
            String url =
                    resource.getValue().path("Properties").path("TemplateURL").toString();
            Matcher hash = HASH.matcher(url);
            if (!hash.find()) {
                throw new IllegalArgumentException(
                        "No hash of an asset in the URL of " + stack + "." + resource.getKey());
            }
            String asset = assets(assembly)
                    .path(hash.group())
                    .path("source")
                    .path("path")
                    .asText();
            add(stack + "/" + resource.getKey(), asset, assembly, templates);
        });
    }

    /** What all stacks' manifests of assets list, by hash. */
    private static JsonNode assets(Path assembly) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        for (JsonNode artifact : json(assembly.resolve("manifest.json")).path("artifacts")) {
            if (artifact.path("type").asText().equals("cdk:asset-manifest")) {
                JsonNode files = json(assembly.resolve(
                                artifact.path("properties").path("file").asText()))
                        .path("files");
                files.properties().forEach(entry -> all.set(entry.getKey(), entry.getValue()));
            }
        }
        return all;
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("This is not a cloud assembly: " + file.getParent(), e);
        }
    }

    /** Follows references through parameters and outputs of nested stacks. */
    private record References(Map<String, JsonNode> templates) {

        private static final String OUTPUT = "Outputs.";

        JsonNode resolve(JsonNode value, String stack) {
            if (value.size() == 1 && value.has("Ref")) {
                return reference(value, value.path("Ref").asText(), stack);
            }
            if (value.size() == 1 && value.path("Fn::GetAtt").isArray()) {
                JsonNode getAtt = value.path("Fn::GetAtt");
                return attribute(getAtt.path(0).asText(), getAtt.path(1), stack);
            }
            if (value.isObject()) {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                value.properties().forEach(field -> copy.set(field.getKey(), resolve(field.getValue(), stack)));
                return copy;
            }
            if (value.isArray()) {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode();
                value.forEach(element -> copy.add(resolve(element, stack)));
                return copy;
            }
            return value;
        }

        private JsonNode reference(JsonNode value, String name, String stack) {
            if (name.startsWith("AWS::")) {
                return value;
            }
            String parent = stack.substring(0, stack.lastIndexOf('/'));
            if (!template(stack).path("Parameters").has(name) || !templates.containsKey(parent)) {
                return JsonNodeFactory.instance.objectNode().put("Ref", new ResourceId(stack, name).toString());
            }
            JsonNode given = template(parent)
                    .path("Resources")
                    .path(stack.substring(parent.length() + 1))
                    .path("Properties")
                    .path("Parameters")
                    .path(name);
            return given.isMissingNode() ? value : resolve(given, parent);
        }

        private JsonNode attribute(String name, JsonNode attribute, String stack) {
            String nested = stack + "/" + name;
            if (templates.containsKey(nested) && attribute.asText().startsWith(OUTPUT)) {
                JsonNode output = template(nested)
                        .path("Outputs")
                        .path(attribute.asText().substring(OUTPUT.length()))
                        .path("Value");
                return resolve(output, nested);
            }
            ObjectNode getAtt = JsonNodeFactory.instance.objectNode();
            getAtt.putArray("Fn::GetAtt")
                    .add(new ResourceId(stack, name).toString())
                    .add(attribute);
            return getAtt;
        }

        private JsonNode template(String stack) {
            return templates.getOrDefault(stack, JsonNodeFactory.instance.objectNode());
        }
    }
}
