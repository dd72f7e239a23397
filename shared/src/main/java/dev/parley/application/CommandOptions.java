package dev.parley.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import java.util.HashSet;
import java.util.Set;

/** The options of a command (Discord documentation, "Application Command Option Structure"). */
final class CommandOptions {

    static final int SUB_COMMAND = 1;
    static final int SUB_COMMAND_GROUP = 2;

    private static final int MAX = 25;
    private static final int STRING = 3;
    private static final int INTEGER = 4;
    private static final int CHANNEL = 7;
    private static final int NUMBER = 10;
    private static final int LAST_TYPE = 11;
    private static final int MAX_TEXT = 6000;
    private static final int MAX_CHANNEL_TYPE = 16;

    /** The largest whole number that JavaScript counts to. */
    private static final long MAX_INTEGER = (1L << 53) - 1;

    private enum Level {
        TOP,
        GROUP,
        SUB_COMMAND
    }

    private CommandOptions() {}

    /** The options of a form, in order; mistakes are noted in it. */
    static ArrayNode read(Form form) {
        return read(form, Level.TOP);
    }

    private static ArrayNode read(Form form, Level level) {
        ArrayNode options = Json.array();
        JsonNode sent = form.raw("options");
        if (sent.isMissingNode() || sent.isNull()) {
            return options;
        }
        if (!sent.isArray() || sent.size() > MAX) {
            form.error("options", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
            return options;
        }
        Set<String> names = new HashSet<>();
        boolean optionalSeen = false;
        boolean firstNested = isNested(sent.path(0));
        for (int i = 0; i < sent.size(); i++) {
            if (!sent.get(i).isObject()) {
                form.error("options", "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
                return options;
            }
            Form part = new Form(sent.get(i));
            ObjectNode option = option(part, level);
            if (!names.add(option.path("name").asText())) {
                part.error("name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists");
            }
            boolean required = option.path("required").asBoolean(false);
            if (required && optionalSeen) {
                part.error(
                        "required",
                        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                        "Required options must be placed before non-required options");
            }
            optionalSeen |= !required;
            if (isNested(option) != firstNested) {
                part.error(
                        "type",
                        "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                        "Sub-command and sub-command group option types are mutually exclusive to all other types");
            }
            form.element("options", i, part);
            options.add(option);
        }
        return options;
    }

    private static boolean isNested(JsonNode option) {
        return option.path("type").asInt(STRING) <= SUB_COMMAND_GROUP;
    }

    private static ObjectNode option(Form form, Level level) {
        ObjectNode option = Json.object();
        Integer given = form.optionalInteger("type", SUB_COMMAND, LAST_TYPE);
        if (given == null && !form.has("type")) {
            form.required("type");
        }
        int type = given == null ? STRING : given;
        boolean allowed = switch (level) {
            case TOP -> true;
            case GROUP -> type == SUB_COMMAND;
            case SUB_COMMAND -> type > SUB_COMMAND_GROUP;
        };
        if (!allowed) {
            form.error("type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "This option type cannot be nested here");
        }
        option.put("type", type);
        String name = form.requiredText("name", 1, 32);
        CommandText.checkName(form, "name", name, true);
        option.put("name", name);
        CommandText.localizations(form, "name_localizations", 32, option);
        option.put("description", form.requiredText("description", 1, 100));
        CommandText.localizations(form, "description_localizations", 100, option);
        if (!allowed) {
            return option;
        }
        if (type <= SUB_COMMAND_GROUP) {
            option.set("options", read(form, type == SUB_COMMAND ? Level.SUB_COMMAND : Level.GROUP));
        } else {
            option.put("required", form.flag("required", false));
            readRules(form, type, option);
        }
        return option;
    }

    private static void readRules(Form form, int type, ObjectNode option) {
        boolean typed = type == STRING || type == INTEGER || type == NUMBER;
        boolean autocomplete = form.flag("autocomplete", false);
        if (typed) {
            if (form.has("autocomplete")) {
                option.put("autocomplete", autocomplete);
            }
            ArrayNode choices = choices(form, type);
            if (autocomplete && !choices.isEmpty()) {
                form.error(
                        "autocomplete",
                        "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
                        "Autocomplete cannot be set together with choices");
            }
            if (!choices.isEmpty()) {
                option.set("choices", choices);
            }
        } else if (autocomplete || !form.raw("choices").isEmpty()) {
            form.error("type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "This option type has no choices");
        }
        switch (type) {
            case STRING -> {
                Integer min = form.optionalInteger("min_length", 0, MAX_TEXT);
                Integer max = form.optionalInteger("max_length", 1, MAX_TEXT);
                if (min != null) {
                    option.put("min_length", min);
                }
                if (max != null) {
                    option.put("max_length", max);
                }
                requireOrder(form, "max_length", min != null && max != null && min > max);
            }
            case INTEGER, NUMBER -> {
                JsonNode min = bound(form, "min_value", type, option);
                JsonNode max = bound(form, "max_value", type, option);
                requireOrder(
                        form, "max_value", min.isNumber() && max.isNumber() && min.doubleValue() > max.doubleValue());
            }
            case CHANNEL -> readChannelTypes(form, option);
            default -> {}
        }
    }

    private static void requireOrder(Form form, String field, boolean wrong) {
        if (wrong) {
            form.error(field, "APPLICATION_COMMAND_OPTIONS_MIN_MAX_INVALID", "The minimum is above the maximum");
        }
    }

    private static JsonNode bound(Form form, String field, int type, ObjectNode option) {
        JsonNode value = form.raw(field);
        if (value.isMissingNode() || value.isNull()) {
            return value;
        }
        if (!isValue(value, type)) {
            form.error(field, "NUMBER_TYPE_COERCE", "Not a number of the option's type.");
        }
        option.set(field, value);
        return value;
    }

    private static void readChannelTypes(Form form, ObjectNode option) {
        JsonNode types = form.raw("channel_types");
        if (types.isMissingNode() || types.isNull()) {
            return;
        }
        boolean valid = types.isArray() && types.size() <= MAX_CHANNEL_TYPE + 1;
        for (JsonNode one : types) {
            valid &= one.isInt() && one.intValue() >= 0 && one.intValue() <= MAX_CHANNEL_TYPE;
        }
        if (!valid) {
            form.error("channel_types", "BASE_TYPE_CHOICES", "Not a list of channel types.");
        }
        option.set("channel_types", types);
    }

    private static ArrayNode choices(Form form, int type) {
        ArrayNode choices = Json.array();
        JsonNode sent = form.raw("choices");
        if (sent.isMissingNode() || sent.isNull()) {
            return choices;
        }
        if (!sent.isArray() || sent.size() > MAX) {
            form.error("choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
            return choices;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < sent.size(); i++) {
            if (!sent.get(i).isObject()) {
                form.error("choices", "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
                return choices;
            }
            Form part = new Form(sent.get(i));
            ObjectNode choice = choice(part, type);
            if (!names.add(choice.path("name").asText())) {
                part.error("name", "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS", "Choice already exists");
            }
            form.element("choices", i, part);
            choices.add(choice);
        }
        return choices;
    }

    /** A choice of an option, also as an answer to a half-written one; mistakes are noted in the form. */
    static ObjectNode choice(Form form, int type) {
        ObjectNode choice = Json.object();
        choice.put("name", form.requiredText("name", 1, 100));
        CommandText.localizations(form, "name_localizations", 100, choice);
        JsonNode value = form.raw("value");
        if (value.isMissingNode() || value.isNull()) {
            form.required("value");
        } else if (!isValue(value, type)) {
            form.error("value", "UNION_TYPE_CHOICES", "Not a value of the option's type.");
        }
        choice.set("value", value.isMissingNode() ? null : value);
        return choice;
    }

    private static boolean isValue(JsonNode value, int type) {
        return switch (type) {
            case STRING ->
                value.isTextual()
                        && value.textValue().indexOf('\0') < 0
                        && value.textValue().codePointCount(0, value.textValue().length()) <= MAX_TEXT;
            case INTEGER ->
                value.isIntegralNumber() && value.canConvertToLong() && Math.abs(value.longValue()) <= MAX_INTEGER;
            default -> value.isNumber() && Math.abs(value.doubleValue()) <= MAX_INTEGER;
        };
    }
}
