package dev.parley.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A CloudFormation template.
 *
 * @param json all of it
 */
record Template(JsonNode json) {

    /** How many resources it has. */
    int size() {
        return json.path("Resources").size();
    }

    /** The properties of all resources of a type, by logical id. */
    Map<String, JsonNode> properties(String type) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        json.path("Resources").properties().forEach(resource -> {
            if (resource.getValue().path("Type").asText().equals(type)) {
                found.put(resource.getKey(), resource.getValue().path("Properties"));
            }
        });
        return found;
    }

    /** One resource, with everything beside its properties. */
    JsonNode resource(String logicalId) {
        return json.path("Resources").path(logicalId);
    }

    /** The logical ids that a value refers to, wherever they stand in it. */
    static List<String> references(JsonNode value) {
        List<String> references = new ArrayList<>();
        value.findValues("Ref").forEach(reference -> references.add(reference.asText()));
        value.findValues("Fn::GetAtt")
                .forEach(reference -> references.add(reference.path(0).asText()));
        return references;
    }

    /** The logical ids that a resource waits for besides those that it refers to. */
    static List<String> dependsOn(JsonNode resource) {
        JsonNode needed = resource.path("DependsOn");
        List<String> ids = new ArrayList<>();
        if (needed.isTextual()) {
            ids.add(needed.asText());
        }
        needed.forEach(one -> ids.add(one.asText()));
        return ids;
    }

    /** The one resource of a type that a value refers to. */
    String referenced(JsonNode value, String type) {
        List<String> found = references(value).stream()
                .filter(id -> resource(id).path("Type").asText().equals(type))
                .distinct()
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("One " + type + " should be referred to, not " + found + ", by " + value);
        }
        return found.getFirst();
    }

    /** The handler class behind the alias that a value refers to. */
    String handlerBehindAlias(JsonNode value) {
        JsonNode alias = resource(referenced(value, "AWS::Lambda::Alias")).path("Properties");
        return handler(alias.path("FunctionName"));
    }

    /** The handler class of the function that a value refers to. */
    String handler(JsonNode value) {
        return resource(referenced(value, "AWS::Lambda::Function"))
                .path("Properties")
                .path("Handler")
                .asText();
    }
}
