package dev.parley.infra.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stack of a cloud assembly.
 *
 * @param name the stack's name; of a nested one the names that lead to it, with slashes
 * @param region where it is deployed; null leaves it to the credentials
 * @param bytes size of the template's file
 * @param json the template
 */
public record StackTemplate(String name, @Nullable String region, long bytes, JsonNode json) {

    /** How many resources it has. */
    public int resources() {
        return json.path("Resources").size();
    }

    /** Its resources of a type, by logical id. */
    public Map<String, JsonNode> ofType(String type) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        json.path("Resources").properties().forEach(resource -> {
            if (resource.getValue().path("Type").asText().equals(type)) {
                found.put(resource.getKey(), resource.getValue());
            }
        });
        return found;
    }
}
