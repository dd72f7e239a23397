package dev.parley.infra.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.parley.infra.diff.Change.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares two deployments resource by resource.
 *
 * <p>A resource is replaced when its type or a property changes that CloudFormation cannot change in place, and when such a
 * property refers to a resource that is replaced.
 */
public final class TemplateDiff {

    private final ReplacementRules rules;

    public TemplateDiff(ReplacementRules rules) {
        this.rules = rules;
    }

    /** What happens when the second is deployed over the first, in the order of stacks and ids. */
    public List<Change> compare(DeploymentTemplates before, DeploymentTemplates after) {
        Map<ResourceId, Change> changes = new TreeMap<>();
        before.resources().forEach((id, resource) -> {
            JsonNode now = after.resources().get(id);
            Change change =
                    now == null ? new Change(Kind.REMOVED, id, type(resource), List.of()) : changed(id, resource, now);
            if (change.kind() == Kind.REMOVED || !change.properties().isEmpty()) {
                changes.put(id, change);
            }
        });
        after.resources().forEach((id, resource) -> {
            if (!before.resources().containsKey(id)) {
                changes.put(id, new Change(Kind.ADDED, id, type(resource), List.of()));
            }
        });
        followReplacements(before, after, changes);
        return List.copyOf(changes.values());
    }

    private Change changed(ResourceId id, JsonNode before, JsonNode after) {
        String type = type(before);
        if (!type.equals(type(after))) {
            return new Change(Kind.REPLACED, id, type, List.of("Type"));
        }
        // What is in a nested stack is compared by itself.
        if (type.equals(DeploymentTemplates.NESTED)) {
            return new Change(Kind.CHANGED, id, type, List.of());
        }
        JsonNode old = before.path("Properties");
        JsonNode now = after.path("Properties");
        List<String> properties = new ArrayList<>();
        differences(old, now, "", properties);
        if (!before.path("DeletionPolicy").equals(after.path("DeletionPolicy"))) {
            properties.add("DeletionPolicy");
        }
        if (differ(rules.always(type), old, now)) {
            return new Change(Kind.REPLACED, id, type, properties);
        }
        return new Change(
                differ(rules.sometimes(type), old, now) ? Kind.MAY_BE_REPLACED : Kind.CHANGED, id, type, properties);
    }

    private void followReplacements(
            DeploymentTemplates before, DeploymentTemplates after, Map<ResourceId, Change> changes) {
        boolean more = true;
        while (more) {
            Set<String> replaced = new TreeSet<>();
            changes.values().stream()
                    .filter(change -> change.kind() == Kind.REPLACED)
                    .forEach(change -> replaced.add(change.id().toString()));
            more = false;
            for (Map.Entry<ResourceId, JsonNode> resource : after.resources().entrySet()) {
                ResourceId id = resource.getKey();
                if (!before.resources().containsKey(id) || replaced.contains(id.toString())) {
                    continue;
                }
                String type = type(resource.getValue());
                for (String property : rules.always(type)) {
                    if (valuesAt(resource.getValue().path("Properties"), property).stream()
                            .anyMatch(value -> refersTo(value, replaced))) {
                        changes.put(id, new Change(Kind.REPLACED, id, type, List.of(property)));
                        more = true;
                    }
                }
            }
        }
    }

    private static boolean refersTo(JsonNode value, Collection<String> ids) {
        return value.findValues("Ref").stream().anyMatch(reference -> ids.contains(reference.asText()))
                || value.findValues("Fn::GetAtt").stream()
                        .anyMatch(reference -> ids.contains(reference.path(0).asText()));
    }

    private static boolean differ(List<String> paths, JsonNode before, JsonNode after) {
        return paths.stream().anyMatch(path -> !valuesAt(before, path).equals(valuesAt(after, path)));
    }

    /** The values at a path, in which a star stands for every element. */
    private static List<JsonNode> valuesAt(JsonNode properties, String path) {
        List<JsonNode> values = List.of(properties);
        for (String step : path.split("/", -1)) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode value : values) {
                if (step.equals("*")) {
                    value.forEach(next::add);
                } else if (value.has(step)) {
                    next.add(value.path(step));
                }
            }
            values = next;
        }
        return values;
    }

    private static void differences(JsonNode before, JsonNode after, String path, List<String> found) {
        if (before.equals(after)) {
            return;
        }
        boolean both = (before.isObject() || before.isMissingNode()) && (after.isObject() || after.isMissingNode());
        boolean oneIsMissing = before.isMissingNode() || after.isMissingNode();
        if (!both || (oneIsMissing && !path.isEmpty())) {
            found.add(path);
            return;
        }
        Set<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            differences(field(before, name), field(after, name), path.isEmpty() ? name : path + "/" + name, found);
        }
    }

    private static JsonNode field(JsonNode node, String name) {
        return node.has(name) ? node.path(name) : JsonNodeFactory.instance.missingNode();
    }

    private static String type(JsonNode resource) {
        return resource.path("Type").asText();
    }
}
