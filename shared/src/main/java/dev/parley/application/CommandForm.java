package dev.parley.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import org.jspecify.annotations.Nullable;

/**
 * The command that an application registers (Discord documentation, "Create Global Application Command").
 *
 * @param definition what is said of it beside type and name, with the defaults of what is not
 */
record CommandForm(int type, String name, ObjectNode definition) {

    private static final int MAX_CHARACTERS = 8000;
    private static final int MAX_CONTEXT = 2;
    private static final int MAX_INTEGRATION_TYPE = 1;

    /**
     * Reads a command.
     *
     * @param ofGuild whether it is one guild's; such a command says nothing of where else it works
     * @param before what it is now, whose fields stand where the form has none; null for a new one
     * @throws ApiException {@code INVALID_FORM_BODY}
     */
    static CommandForm read(Form form, boolean ofGuild, @Nullable Command before) {
        CommandForm command = note(form, ofGuild, before);
        form.check();
        return command;
    }

    /** As {@link #read}, but mistakes are only noted in the form. */
    static CommandForm note(Form form, boolean ofGuild, @Nullable Command before) {
        Integer given = before == null ? form.optionalInteger("type", Command.CHAT_INPUT, Command.MESSAGE) : null;
        int type = before != null ? before.type() : given == null ? Command.CHAT_INPUT : given;
        String name = before == null ? form.requiredText("name", 1, 32) : or(form.optionalText("name", 1, 32), before);
        CommandText.checkName(form, "name", name, type == Command.CHAT_INPUT);
        ObjectNode definition =
                before == null ? Json.object() : before.definition().deepCopy();
        if (before == null || form.has("default_member_permissions")) {
            Long permissions = Permission.read(form, "default_member_permissions");
            definition.put("default_member_permissions", permissions == null ? null : permissions.toString());
        }
        CommandText.localizations(form, "name_localizations", 32, definition);
        readDescription(form, type, before == null, definition);
        CommandText.localizations(form, "description_localizations", 100, definition);
        definition.put("nsfw", form.flag("nsfw", definition.path("nsfw").asBoolean(false)));
        if (!ofGuild) {
            readPlaces(form, definition);
        }
        if (type == Command.CHAT_INPUT && (before == null || form.has("options"))) {
            definition.set("options", CommandOptions.read(form));
        } else if (type != Command.CHAT_INPUT && !form.raw("options").isEmpty()) {
            form.error(
                    "options", "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS", "Context menu commands cannot have options");
        }
        if (CommandText.length(name, definition) > MAX_CHARACTERS) {
            form.error("name", "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)");
        }
        return new CommandForm(type, name, definition);
    }

    /** Whether a command is just this. */
    boolean describes(Command command) {
        return type == command.type() && name.equals(command.name()) && definition.equals(command.definition());
    }

    private static String or(@Nullable String name, Command before) {
        return name == null ? before.name() : name;
    }

    private static void readDescription(Form form, int type, boolean isNew, ObjectNode definition) {
        String description = form.optionalText("description", type == Command.CHAT_INPUT ? 1 : 0, 100);
        if (type != Command.CHAT_INPUT) {
            if (description != null && !description.isEmpty()) {
                form.error(
                        "description",
                        "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION",
                        "Context menu commands cannot have description");
            }
            definition.put("description", "");
        } else if (description != null) {
            definition.put("description", description);
        } else if (isNew && (!form.has("description") || form.raw("description").isNull())) {
            form.required("description");
        }
    }

    private static void readPlaces(Form form, ObjectNode definition) {
        definition.put(
                "dm_permission",
                form.flag("dm_permission", definition.path("dm_permission").asBoolean(true)));
        ArrayNode contexts = numbers(form, "contexts", MAX_CONTEXT);
        if (contexts != null) {
            definition.set("contexts", contexts);
            boolean direct = false;
            for (JsonNode context : contexts) {
                direct |= context.intValue() == 1;
            }
            definition.put("dm_permission", direct);
        }
        ArrayNode types = numbers(form, "integration_types", MAX_INTEGRATION_TYPE);
        if (types != null) {
            definition.set("integration_types", types);
        } else if (!definition.has("integration_types")) {
            definition.putArray("integration_types").add(0);
        }
    }

    private static @Nullable ArrayNode numbers(Form form, String field, int max) {
        JsonNode list = form.raw(field);
        if (list.isMissingNode() || list.isNull()) {
            return null;
        }
        ArrayNode numbers = Json.array();
        boolean valid = list.isArray() && !list.isEmpty() && list.size() <= max + 1;
        for (JsonNode node : list) {
            valid &= node.isInt() && node.intValue() >= 0 && node.intValue() <= max;
            numbers.add(node.asInt());
        }
        if (!valid) {
            form.error(field, "BASE_TYPE_CHOICES", "Must be a list of numbers from 0 to " + max + ".");
        }
        return numbers;
    }
}
