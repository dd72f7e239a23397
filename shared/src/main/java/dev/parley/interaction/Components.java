package dev.parley.interaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The component of a message that a user has used (Discord documentation, "Message Component Data Structure"). */
final class Components {

    private static final int BUTTON = 2;
    private static final int STRING_SELECT = 3;
    private static final int USER_SELECT = 5;
    private static final int ROLE_SELECT = 6;
    private static final int MENTIONABLE_SELECT = 7;
    private static final int CHANNEL_SELECT = 8;
    private static final int MAX_VALUES = 25;

    private Components() {}

    /**
     * What was used and chosen, as the application gets it.
     *
     * @param components those of the message
     * @param sent {@code component_type}, {@code custom_id}, and {@code values} of a select menu
     * @throws ApiException {@code INVALID_FORM_BODY} if the message has no such component, or not with these values
     */
    static ObjectNode read(JsonNode components, JsonNode sent, Resolved resolved) {
        JsonNode component = find(components, sent.path("custom_id").asText());
        if (component == null
                || component.path("type").asInt() != sent.path("component_type").asInt()
                || component.path("disabled").asBoolean(false)) {
            throw Form.refusal("data", "COMPONENT_VALIDATION_FAILED", "Component validation failed");
        }
        ObjectNode data = Json.object();
        data.set("custom_id", component.path("custom_id"));
        data.set("component_type", component.path("type"));
        if (component.has("id")) {
            data.set("id", component.path("id"));
        }
        if (component.path("type").asInt() != BUTTON) {
            data.set("values", values(component, sent.path("values"), resolved));
            if (component.path("type").asInt() != STRING_SELECT) {
                data.set("resolved", resolved.body());
            }
        }
        return data;
    }

    /** The component with a custom id, wherever it is; null if there is none. */
    static @Nullable JsonNode find(JsonNode part, String customId) {
        if (part.isObject() && part.path("custom_id").asText("").equals(customId) && !customId.isEmpty()) {
            return part;
        }
        for (JsonNode inner : part) {
            JsonNode found = inner.isContainerNode() ? find(inner, customId) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /**
     * What was chosen in a select menu.
     *
     * @throws ApiException {@code INVALID_FORM_BODY} if it cannot be chosen there
     */
    static ArrayNode values(JsonNode select, JsonNode sent, Resolved resolved) {
        int min = select.path("min_values").asInt(1);
        int max = Math.min(select.path("max_values").asInt(1), MAX_VALUES);
        if (!sent.isArray() || sent.size() < min || sent.size() > max) {
            throw Form.refusal("data", "BASE_TYPE_BAD_LENGTH", "Between " + min + " and " + max + " must be chosen.");
        }
        ArrayNode values = Json.array();
        Set<String> seen = new HashSet<>();
        for (JsonNode value : sent) {
            if (!value.isTextual() || !seen.add(value.textValue()) || !isOffered(select, value.textValue(), resolved)) {
                throw Form.refusal("data", "COMPONENT_VALIDATION_FAILED", "Component validation failed");
            }
            values.add(value);
        }
        return values;
    }

    private static boolean isOffered(JsonNode select, String value, Resolved resolved) {
        int type = select.path("type").asInt();
        if (type == STRING_SELECT) {
            for (JsonNode option : select.path("options")) {
                if (option.path("value").asText().equals(value)) {
                    return true;
                }
            }
            return false;
        }
        Snowflake id = Snowflake.parseOrNull(value);
        if (id == null) {
            return false;
        }
        return switch (type) {
            case USER_SELECT -> resolved.user(id);
            case ROLE_SELECT -> resolved.role(id);
            case MENTIONABLE_SELECT -> resolved.role(id) || resolved.user(id);
            case CHANNEL_SELECT -> resolved.channel(id) != null;
            default -> false;
        };
    }
}
