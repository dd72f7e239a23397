package dev.parley.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The texts of commands, in all their languages (Discord documentation, "Application Command Naming"). */
final class CommandText {

    private static final Pattern NAME = Pattern.compile("[-_'\\p{L}\\p{N}\\p{sc=Deva}\\p{sc=Thai}]{1,32}");
    private static final Pattern LOCALE = Pattern.compile("[a-z]{2}(-[A-Z0-9]{2,3})?");
    private static final int MAX_LOCALES = 40;

    private CommandText() {}

    /** Notes a name that is none; those of other commands than slash commands may have spaces and capitals. */
    static void checkName(Form form, String field, String name, boolean slash) {
        if (slash && !name.isEmpty() && !isName(name)) {
            form.error(field, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
        } else if (!name.isEmpty() && name.isBlank()) {
            form.error(field, "BASE_TYPE_REQUIRED", "This field is required");
        }
    }

    /** Whether a text can be the name of a slash command or an option. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches() && name.equals(name.toLowerCase(Locale.ROOT));
    }

    /** Copies a map of languages to texts, if there is one; mistakes are noted in the form. */
    static void localizations(Form form, String field, int maxLength, ObjectNode into) {
        JsonNode sent = form.raw(field);
        if (sent.isMissingNode()) {
            if (!into.has(field)) {
                into.putNull(field);
            }
            return;
        }
        if (sent.isNull()) {
            into.putNull(field);
            return;
        }
        if (!sent.isObject() || sent.size() > MAX_LOCALES) {
            form.error(field, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
            return;
        }
        ObjectNode texts = Json.object();
        for (Map.Entry<String, JsonNode> entry : sent.properties()) {
            String text = entry.getValue().asText("");
            int length = text.codePointCount(0, text.length());
            if (!LOCALE.matcher(entry.getKey()).matches()) {
                form.error(field, "ENUM_TYPE_COERCE", "Not a known locale.");
                return;
            }
            if (entry.getValue().isNull()) {
                continue;
            }
            if (!entry.getValue().isTextual() || length < 1 || length > maxLength) {
                form.error(field, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and " + maxLength + " in length.");
                return;
            }
            texts.put(entry.getKey(), text);
        }
        into.set(field, texts);
    }

    /** The characters of a command that count towards its limit: of each text the longest of its languages. */
    static int length(String name, ObjectNode definition) {
        return Math.max(codePoints(name), longest(definition.path("name_localizations"))) + length(definition);
    }

    private static int length(JsonNode part) {
        int length = Math.max(
                codePoints(part.path("description").asText("")), longest(part.path("description_localizations")));
        for (JsonNode option : part.path("options")) {
            length += Math.max(codePoints(option.path("name").asText("")), longest(option.path("name_localizations")))
                    + length(option);
        }
        for (JsonNode choice : part.path("choices")) {
            length += Math.max(codePoints(choice.path("name").asText("")), longest(choice.path("name_localizations")));
            if (choice.path("value").isTextual()) {
                length += codePoints(choice.path("value").textValue());
            }
        }
        return length;
    }

    private static int longest(JsonNode localizations) {
        int longest = 0;
        for (JsonNode text : localizations) {
            longest = Math.max(longest, codePoints(text.asText("")));
        }
        return longest;
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }
}
