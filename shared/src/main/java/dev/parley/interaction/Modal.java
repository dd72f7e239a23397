package dev.parley.interaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A form that an application has a user fill in (Discord documentation, "Modal"): rows and labels with text inputs and
 * select menus.
 */
final class Modal {

    private static final int ACTION_ROW = 1;
    private static final int STRING_SELECT = 3;
    private static final int TEXT_INPUT = 4;
    private static final int CHANNEL_SELECT = 8;
    private static final int TEXT_DISPLAY = 10;
    private static final int LABEL = 18;
    private static final int MAX_COMPONENTS = 5;
    private static final int MAX_INPUT = 4000;

    /** A modal is kept with its interaction, and its answer goes to the application in one event. */
    private static final int MAX_BYTES = 32 * 1024;

    private Modal() {}

    /**
     * The modal that an application asks with.
     *
     * @return {@code {custom_id, title, components}}
     * @throws ApiException {@code INVALID_FORM_BODY}
     */
    static ObjectNode read(Form form) {
        ObjectNode modal = Json.object();
        modal.put("custom_id", form.requiredText("custom_id", 1, 100));
        modal.put("title", form.requiredText("title", 1, 45));
        JsonNode components = form.raw("components");
        if (!components.isArray() || components.isEmpty() || components.size() > MAX_COMPONENTS) {
            form.error("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
        } else if (Json.bytes(components).length > MAX_BYTES) {
            form.error("components", "BASE_TYPE_MAX_LENGTH", "The components are too large together.");
        } else {
            Set<String> customIds = new HashSet<>();
            for (JsonNode component : components) {
                if (!isPart(component, customIds)) {
                    form.error("components", "COMPONENT_VALIDATION_FAILED", "Component validation failed");
                    break;
                }
            }
        }
        form.check();
        modal.set("components", components);
        return modal;
    }

    /**
     * What a user has filled in, as the application gets it.
     *
     * @param sent {@code custom_id} and {@code components}
     * @throws ApiException {@code INVALID_FORM_BODY} if that is not what the modal asks for
     */
    static ObjectNode filledIn(JsonNode modal, JsonNode sent, Resolved resolved) {
        if (!sent.path("custom_id").equals(modal.path("custom_id"))) {
            throw wrong();
        }
        ObjectNode data = Json.object();
        data.set("custom_id", modal.path("custom_id"));
        var components = data.putArray("components");
        for (JsonNode part : modal.path("components")) {
            components.add(filledIn(part, sent.path("components"), true, resolved));
        }
        if (!resolved.body().isEmpty()) {
            data.set("resolved", resolved.body());
        }
        return data;
    }

    private static ObjectNode filledIn(JsonNode asked, JsonNode sent, boolean outer, Resolved resolved) {
        ObjectNode one = Json.object();
        one.set("type", asked.path("type"));
        if (asked.has("id")) {
            one.set("id", asked.path("id"));
        }
        int type = asked.path("type").asInt();
        if (outer && type == ACTION_ROW) {
            var inside = one.putArray("components");
            asked.path("components").forEach(inner -> inside.add(filledIn(inner, sent, false, resolved)));
        } else if (outer && type == LABEL) {
            one.set("component", filledIn(asked.path("component"), sent, false, resolved));
        } else if (type != TEXT_DISPLAY) {
            one.set("custom_id", asked.path("custom_id"));
            JsonNode given = Components.find(sent, asked.path("custom_id").asText());
            if (type == TEXT_INPUT) {
                one.put("value", text(asked, given));
            } else {
                boolean none = given == null || given.path("values").isEmpty();
                one.set(
                        "values",
                        none && !asked.path("required").asBoolean(true)
                                ? Json.array()
                                : Components.values(
                                        asked, given == null ? Json.array() : given.path("values"), resolved));
            }
        }
        return one;
    }

    private static String text(JsonNode input, @Nullable JsonNode given) {
        JsonNode value = given == null ? Json.tree("") : given.path("value");
        String text = value.asText("");
        int length = text.codePointCount(0, text.length());
        boolean empty = length == 0 && !input.path("required").asBoolean(true);
        boolean fits = length >= Math.max(1, input.path("min_length").asInt(0))
                && length <= input.path("max_length").asInt(MAX_INPUT);
        if ((!empty && !fits) || text.indexOf('\0') >= 0) {
            throw wrong();
        }
        return text;
    }

    private static boolean isPart(JsonNode component, Set<String> customIds) {
        return switch (component.path("type").asInt()) {
            case ACTION_ROW ->
                component.path("components").size() == 1
                        && isTextInput(component.path("components").get(0), true, customIds);
            case LABEL ->
                isText(component, "label", 1, 45)
                        && isText(component, "description", 0, 100)
                        && isInLabel(component.path("component"), customIds);
            case TEXT_DISPLAY -> isText(component, "content", 1, 4000);
            default -> false;
        };
    }

    private static boolean isInLabel(JsonNode component, Set<String> customIds) {
        int type = component.path("type").asInt();
        if (type == TEXT_INPUT) {
            return isTextInput(component, false, customIds);
        }
        boolean select = type == STRING_SELECT || (type > TEXT_INPUT && type <= CHANNEL_SELECT);
        return select
                && isCustomId(component, customIds)
                && (type != STRING_SELECT
                        || (!component.path("options").isEmpty()
                                && component.path("options").size() <= 25));
    }

    private static boolean isTextInput(JsonNode input, boolean labelled, Set<String> customIds) {
        if (input.path("type").asInt() != TEXT_INPUT || !isCustomId(input, customIds)) {
            return false;
        }
        int min = input.path("min_length").asInt(0);
        int max = input.path("max_length").asInt(MAX_INPUT);
        return List.of(1, 2).contains(input.path("style").asInt())
                && isText(input, "label", labelled ? 1 : 0, 45)
                && isText(input, "placeholder", 0, 100)
                && isText(input, "value", 0, MAX_INPUT)
                && min >= 0
                && max >= 1
                && max <= MAX_INPUT
                && min <= max;
    }

    private static boolean isCustomId(JsonNode component, Set<String> customIds) {
        return isText(component, "custom_id", 1, 100)
                && customIds.add(component.path("custom_id").asText());
    }

    private static boolean isText(JsonNode part, String field, int min, int max) {
        JsonNode node = part.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return min == 0;
        }
        String text = node.asText();
        int length = text.codePointCount(0, text.length());
        return node.isTextual() && length >= min && length <= max && text.indexOf('\0') < 0;
    }

    private static ApiException wrong() {
        return Form.refusal("data", "COMPONENT_VALIDATION_FAILED", "Component validation failed");
    }
}
