package dev.parley.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;

/** What an application proposes for an option that a user is writing (Discord documentation, "Autocomplete"). */
public final class CommandChoices {

    private static final int MAX = 25;

    private CommandChoices() {}

    /**
     * The {@code choices} of a form.
     *
     * @param type the option's
     * @throws dev.parley.protocol.ApiException {@code INVALID_FORM_BODY}
     */
    public static ArrayNode read(Form form, int type) {
        ArrayNode choices = Json.array();
        JsonNode sent = form.raw("choices");
        if (!sent.isArray() || sent.size() > MAX) {
            form.error("choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
            form.check();
        }
        for (int i = 0; i < sent.size(); i++) {
            Form part = new Form(sent.get(i));
            ObjectNode choice = CommandOptions.choice(part, type);
            form.element("choices", i, part);
            choices.add(choice);
        }
        form.check();
        return choices;
    }
}
