package dev.parley.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * The templates of a deployment put together into one. A resource's id is {@code Stack.Id}; what a nested stack gets as a
 * parameter, or gives as an output, is replaced by what it stands for. So a test can follow a reference wherever it leads.
 *
 * @param templates the templates by stack
 * @param root the stack that the others are nested in
 */
record WholeTemplate(Map<String, Template> templates, String root) {

    private static final String OUTPUT = "Outputs.";

    /** The one template, which has resources only. */
    Template template() {
        ObjectNode resources = JsonNodeFactory.instance.objectNode();
        templates.forEach((stack, template) -> template.json()
                .path("Resources")
                .properties()
                .forEach(resource -> resources.set(id(stack, resource.getKey()), rewritten(resource, stack))));
        return new Template(JsonNodeFactory.instance.objectNode().set("Resources", resources));
    }

    /** The stack that a resource of the one template is in. */
    static String stack(String id) {
        return id.substring(0, id.indexOf('.'));
    }

    /** The resource, in the root's template, that a nested stack is. */
    String nestedResource(String stack) {
        return templates.get(root).properties("AWS::CloudFormation::Stack").keySet().stream()
                .filter(id -> id.startsWith(stack + "NestedStack"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No nested stack " + stack));
    }

    private ObjectNode rewritten(Map.Entry<String, JsonNode> resource, String stack) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        resource.getValue().properties().forEach(field -> copy.set(field.getKey(), resolve(field.getValue(), stack)));
        if (copy.has("DependsOn")) {
            ArrayNode needed = JsonNodeFactory.instance.arrayNode();
            Template.dependsOn(resource.getValue()).forEach(one -> needed.add(id(stack, one)));
            copy.set("DependsOn", needed);
        }
        return copy;
    }

    private JsonNode resolve(JsonNode value, String stack) {
        if (value.size() == 1 && value.has("Ref")) {
            return reference(value, value.path("Ref").asText(), stack);
        }
        if (value.size() == 1 && value.has("Fn::GetAtt")) {
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
        if (!templates.get(stack).json().path("Parameters").has(name) || stack.equals(root)) {
            return JsonNodeFactory.instance.objectNode().put("Ref", id(stack, name));
        }
        JsonNode given = templates
                .get(root)
                .resource(nestedResource(stack))
                .path("Properties")
                .path("Parameters")
                .path(name);
        if (given.isMissingNode()) {
            throw new AssertionError(stack + " does not get its parameter " + name);
        }
        return resolve(given, root);
    }

    private JsonNode attribute(String name, JsonNode attribute, String stack) {
        if (stack.equals(root) && attribute.asText().startsWith(OUTPUT)) {
            String output = attribute.asText().substring(OUTPUT.length());
            for (Map.Entry<String, Template> nested : templates.entrySet()) {
                if (!nested.getKey().equals(root)
                        && nestedResource(nested.getKey()).equals(name)) {
                    JsonNode outputs = nested.getValue().json().path("Outputs");
                    return resolve(outputs.path(output).path("Value"), nested.getKey());
                }
            }
        }
        ArrayNode getAtt =
                JsonNodeFactory.instance.arrayNode().add(id(stack, name)).add(attribute);
        return JsonNodeFactory.instance.objectNode().set("Fn::GetAtt", getAtt);
    }

    private static String id(String stack, String logicalId) {
        return stack + "." + logicalId;
    }
}
