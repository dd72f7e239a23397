package dev.parley.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Form;
import dev.parley.protocol.FormPart;
import dev.parley.protocol.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The buttons and select menus below a message (Discord documentation, "Component Reference"). Of the components, action
 * rows and what goes into them in a message. Not thread-safe.
 */
final class Components {

    private static final String FIELD = "components";
    private static final int ACTION_ROW = 1;
    private static final int BUTTON = 2;
    private static final int STRING_SELECT = 3;
    private static final int USER_SELECT = 5;
    private static final int CHANNEL_SELECT = 8;
    private static final int LINK = 5;

    private static final int MAX_ROWS = 5;
    private static final int MAX_BUTTONS = 5;
    private static final int MAX_CHOICES = 25;
    private static final int MAX_CUSTOM_ID = 100;
    private static final int MAX_LABEL = 80;
    private static final int MAX_OPTION = 100;
    private static final int MAX_PLACEHOLDER = 150;
    private static final int MAX_LINK = 512;

    /** Keeps a message's event under the 128 KB that API Gateway carries in one message. */
    private static final int MAX_BYTES = 32 * 1024;

    private final Set<String> customIds = new HashSet<>();
    private int lastId;

    private Components() {}

    /** The components of a form, each with its number in the message; mistakes are noted in the form. */
    static ArrayNode read(Form form) {
        ArrayNode rows = Json.array();
        FormPart body = form.part();
        if (!body.hasSize(FIELD, 0, MAX_ROWS)) {
            return rows;
        }
        Components components = new Components();
        for (FormPart part : body.each(FIELD)) {
            rows.add(components.row(part));
        }
        if (EventSize.of(rows) > MAX_BYTES) {
            form.error(FIELD, "BASE_TYPE_MAX_LENGTH", "The components are too large together.");
        }
        return rows;
    }

    private ObjectNode row(FormPart part) {
        ObjectNode row = numbered(ACTION_ROW);
        if (part.raw("type").asInt() != ACTION_ROW) {
            unknownType(part, "(1,)");
            return row;
        }
        ArrayNode inside = row.putArray(FIELD);
        if (!part.hasSize(FIELD, 1, MAX_BUTTONS)) {
            return row;
        }
        List<FormPart> parts = part.each(FIELD);
        for (FormPart component : parts) {
            int type = component.raw("type").asInt();
            if (type == BUTTON) {
                inside.add(button(component));
            } else if (type == STRING_SELECT || (type >= USER_SELECT && type <= CHANNEL_SELECT)) {
                inside.add(select(component, type));
                if (parts.size() > 1) {
                    part.error(
                            FIELD,
                            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                            "The specified components exceed the maximum width");
                }
            } else {
                unknownType(component, "(2, 3, 5, 6, 7, 8)");
            }
        }
        return row;
    }

    private ObjectNode button(FormPart part) {
        ObjectNode button = numbered(BUTTON);
        Integer style = part.integer("style", 1, LINK);
        if (!part.has("style")) {
            part.required("style");
        }
        part.integer(button, "style", 1, LINK);
        part.text(button, "label", 0, MAX_LABEL);
        part.flag(button, "disabled");
        emoji(part, button);
        if (style != null && style == LINK) {
            part.url(button, "url", MAX_LINK, FormPart.LINKS);
            if (!part.has("url")) {
                part.error("url", "BUTTON_COMPONENT_LINK_URL_REQUIRED", "A url is required");
            }
            if (part.has("custom_id")) {
                part.error(
                        "custom_id",
                        "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                        "A custom id and url cannot both be specified");
            }
        } else {
            customId(part, button);
            if (part.has("url")) {
                part.error(
                        "url",
                        "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                        "A custom id and url cannot both be specified");
            }
        }
        if (!button.has("label") && !button.has("emoji")) {
            part.error("label", "BUTTON_COMPONENT_INVALID_LABEL", "A button has a label or an emoji.");
        }
        return button;
    }

    private ObjectNode select(FormPart part, int type) {
        ObjectNode select = numbered(type);
        customId(part, select);
        part.text(select, "placeholder", 0, MAX_PLACEHOLDER);
        select.put("min_values", 1);
        select.put("max_values", 1);
        part.integer(select, "min_values", 0, MAX_CHOICES);
        part.integer(select, "max_values", 1, MAX_CHOICES);
        if (select.path("min_values").asInt() > select.path("max_values").asInt()) {
            part.error("min_values", "BASE_TYPE_BAD_VALUE", "min_values is over max_values.");
        }
        part.flag(select, "disabled");
        if (type == STRING_SELECT) {
            options(part, select);
        } else {
            defaults(part, select);
            if (type == CHANNEL_SELECT) {
                channelTypes(part, select);
            }
        }
        return select;
    }

    private static void options(FormPart part, ObjectNode select) {
        ArrayNode options = select.putArray("options");
        if (!part.hasSize("options", 1, MAX_CHOICES)) {
            return;
        }
        Set<String> values = new HashSet<>();
        for (FormPart option : part.each("options")) {
            ObjectNode copy = options.addObject();
            option.text(copy, "label", 1, MAX_OPTION);
            option.text(copy, "value", 1, MAX_OPTION);
            option.text(copy, "description", 0, MAX_OPTION);
            option.flag(copy, "default");
            emoji(option, copy);
            if (!values.add(copy.path("value").asText())) {
                option.error(
                        "value",
                        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                        "The specified option value is already used");
            }
        }
    }

    private static void defaults(FormPart part, ObjectNode select) {
        if (!part.has("default_values") || !part.hasSize("default_values", 0, MAX_CHOICES)) {
            return;
        }
        ArrayNode defaults = select.putArray("default_values");
        for (FormPart value : part.each("default_values")) {
            ObjectNode copy = defaults.addObject();
            value.text(copy, "id", 1, 19);
            value.text(copy, "type", 1, 7);
        }
    }

    private static void channelTypes(FormPart part, ObjectNode select) {
        if (part.has("channel_types") && part.hasSize("channel_types", 0, MAX_CHOICES)) {
            ArrayNode types = select.putArray("channel_types");
            part.raw("channel_types").forEach(type -> types.add(type.asInt()));
        }
    }

    private static void emoji(FormPart part, ObjectNode copy) {
        if (!part.has("emoji") || !part.at("emoji").isObject()) {
            return;
        }
        ObjectNode emoji = Json.object();
        part.at("emoji").text(emoji, "id", 0, 19);
        part.at("emoji").text(emoji, "name", 0, 64);
        part.at("emoji").flag(emoji, "animated");
        if (emoji.has("id") || emoji.has("name")) {
            copy.set("emoji", emoji);
        }
    }

    private void customId(FormPart part, ObjectNode copy) {
        part.text(copy, "custom_id", 1, MAX_CUSTOM_ID);
        if (copy.has("custom_id") && !customIds.add(copy.path("custom_id").asText())) {
            part.error("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
        }
    }

    private static void unknownType(FormPart part, String choices) {
        part.error("type", "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of " + choices + ".");
    }

    private ObjectNode numbered(int type) {
        lastId++;
        return Json.object().put("type", type).put("id", lastId);
    }
}
