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

/**
 * What a user has filled in of a command, held to what the command asks for (Discord documentation, "Application Command
 * Interaction Data Option Structure"). One reading each; not thread-safe.
 */
final class CommandValues {

    private static final int SUB_COMMAND = 1;
    private static final int SUB_COMMAND_GROUP = 2;
    private static final int STRING = 3;
    private static final int INTEGER = 4;
    private static final int BOOLEAN = 5;
    private static final int USER = 6;
    private static final int CHANNEL = 7;
    private static final int ROLE = 8;
    private static final int MENTIONABLE = 9;
    private static final int NUMBER = 10;
    private static final int MAX_TEXT = 6000;
    private static final long MAX_NUMBER = (1L << 53) - 1;

    private final Resolved resolved;
    private final boolean unfinished;
    private final StringBuilder name;
    private @Nullable JsonNode focused;

    /**
     * A reading.
     *
     * @param unfinished whether the user is still writing: one option is focused, and others may be missing
     */
    CommandValues(String commandName, Resolved resolved, boolean unfinished) {
        this.resolved = resolved;
        this.unfinished = unfinished;
        name = new StringBuilder(commandName);
    }

    /**
     * Reads the options.
     *
     * @param asked the options of the command
     * @param sent what the user sent for them
     * @throws ApiException {@code INVALID_FORM_BODY}
     */
    ArrayNode read(JsonNode asked, JsonNode sent) {
        ArrayNode values = options(asked, sent);
        if (unfinished && focused == null) {
            throw wrong("One option must be focused.");
        }
        return values;
    }

    /** The command's name with those of its group and sub-command. */
    String fullName() {
        return name.toString();
    }

    /** What the command says of the option that the user is writing. */
    @Nullable JsonNode focused() {
        return focused;
    }

    private ArrayNode options(JsonNode asked, JsonNode sent) {
        ArrayNode values = Json.array();
        if (!sent.isMissingNode() && !sent.isNull() && !sent.isArray()) {
            throw wrong("Not a list.");
        }
        Set<String> seen = new HashSet<>();
        boolean nested = asked.path(0).path("type").asInt(STRING) <= SUB_COMMAND_GROUP;
        if (nested && sent.size() != 1) {
            throw wrong("One sub-command must be chosen.");
        }
        for (JsonNode option : sent) {
            JsonNode definition = named(asked, option.path("name").asText());
            if (definition == null
                    || definition.path("type").asInt() != option.path("type").asInt()
                    || !seen.add(option.path("name").asText())) {
                throw wrong("The command has no such option, or it is given twice.");
            }
            values.add(value(definition, option));
        }
        for (JsonNode definition : asked) {
            if (!unfinished
                    && definition.path("required").asBoolean(false)
                    && !seen.contains(definition.path("name").asText())) {
                throw wrong("The option " + definition.path("name").asText() + " is required.");
            }
        }
        return values;
    }

    private ObjectNode value(JsonNode definition, JsonNode option) {
        ObjectNode value = Json.object();
        int type = definition.path("type").asInt();
        value.put("type", type);
        value.set("name", definition.path("name"));
        if (type == SUB_COMMAND || type == SUB_COMMAND_GROUP) {
            name.append(' ').append(definition.path("name").asText());
            value.set("options", options(definition.path("options"), option.path("options")));
            return value;
        }
        JsonNode given = option.path("value");
        if (unfinished && option.path("focused").asBoolean(false)) {
            if (focused != null || !definition.path("autocomplete").asBoolean(false) || !given.isValueNode()) {
                throw wrong("This option cannot be completed.");
            }
            focused = definition;
            String begun = given.asText();
            if (begun.length() > MAX_TEXT) {
                throw wrong("The text is too long.");
            }
            value.put("value", begun);
            value.put("focused", true);
            return value;
        }
        if (!isValid(type, definition, given)) {
            throw wrong("The value of " + definition.path("name").asText() + " is not what the option asks for.");
        }
        value.set("value", type >= USER && type <= MENTIONABLE ? Json.tree(given.asText()) : given);
        return value;
    }

    private boolean isValid(int type, JsonNode definition, JsonNode value) {
        return switch (type) {
            case STRING -> isText(definition, value) && isChoice(definition, value);
            case INTEGER -> value.isIntegralNumber() && isBetween(definition, value) && isChoice(definition, value);
            case NUMBER -> value.isNumber() && isBetween(definition, value) && isChoice(definition, value);
            case BOOLEAN -> value.isBoolean();
            case USER, ROLE, MENTIONABLE -> isKnown(type, id(value));
            case CHANNEL -> isChannel(definition, value);
            default -> false;
        };
    }

    private boolean isKnown(int type, @Nullable Snowflake id) {
        if (id == null) {
            return false;
        }
        boolean role = type != USER && resolved.role(id);
        return role || (type != ROLE && resolved.user(id));
    }

    private static boolean isText(JsonNode definition, JsonNode value) {
        if (!value.isTextual() || value.textValue().indexOf('\0') >= 0) {
            return false;
        }
        String text = value.textValue();
        int length = text.codePointCount(0, text.length());
        return length >= definition.path("min_length").asInt(0)
                && length <= definition.path("max_length").asInt(MAX_TEXT);
    }

    private static boolean isBetween(JsonNode definition, JsonNode value) {
        return Math.abs(value.doubleValue()) <= MAX_NUMBER
                && value.doubleValue() >= definition.path("min_value").asDouble(-MAX_NUMBER)
                && value.doubleValue() <= definition.path("max_value").asDouble(MAX_NUMBER);
    }

    private static boolean isChoice(JsonNode definition, JsonNode value) {
        JsonNode choices = definition.path("choices");
        if (choices.isEmpty()) {
            return true;
        }
        for (JsonNode choice : choices) {
            if (choice.path("value").equals(value)) {
                return true;
            }
        }
        return false;
    }

    private boolean isChannel(JsonNode definition, JsonNode value) {
        Snowflake id = id(value);
        Integer type = id == null ? null : resolved.channel(id);
        if (type == null) {
            return false;
        }
        JsonNode types = definition.path("channel_types");
        boolean allowed = types.isEmpty();
        for (JsonNode one : types) {
            allowed |= one.asInt() == type;
        }
        return allowed;
    }

    private static @Nullable Snowflake id(JsonNode value) {
        return value.isTextual() ? Snowflake.parseOrNull(value.textValue()) : null;
    }

    private static @Nullable JsonNode named(JsonNode options, String name) {
        for (JsonNode option : options) {
            if (option.path("name").asText().equals(name)) {
                return option;
            }
        }
        return null;
    }

    private static ApiException wrong(String what) {
        return Form.refusal("data", "APPLICATION_COMMAND_OPTION_INVALID", what);
    }
}
