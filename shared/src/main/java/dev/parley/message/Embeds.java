package dev.parley.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Form;
import dev.parley.protocol.FormPart;
import dev.parley.protocol.Json;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** The embeds of a message (Discord documentation, "Embed Object" and "Embed Limits"). */
final class Embeds {

    private static final int MAX_EMBEDS = 10;
    private static final int MAX_FIELDS = 25;
    private static final int MAX_TOTAL = 6000;
    private static final int MAX_URL = 2048;
    private static final int MAX_COLOR = 0xFFFFFF;
    private static final int MAX_PIXELS = 1 << 20;

    /** Keeps a message's event under the 128 KB that API Gateway carries in one message. */
    private static final int MAX_BYTES = 40 * 1024;

    private Embeds() {}

    /** The embeds of a form, each {@code type: rich}; mistakes are noted in the form. Empty ones are left out. */
    static ArrayNode read(Form form) {
        ArrayNode embeds = Json.array();
        FormPart body = form.part();
        if (!body.hasSize("embeds", 0, MAX_EMBEDS)) {
            return embeds;
        }
        int total = 0;
        for (FormPart part : body.each("embeds")) {
            ObjectNode embed = Json.object().put("type", "rich");
            total += read(part, embed);
            if (embed.size() > 1) {
                embeds.add(embed);
            }
        }
        if (total > MAX_TOTAL || EventSize.of(embeds) > MAX_BYTES) {
            form.error("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000");
        }
        return embeds;
    }

    /** Copies an embed and returns how many characters of it count towards the total. */
    private static int read(FormPart part, ObjectNode embed) {
        int total = part.text(embed, "title", 0, 256) + part.text(embed, "description", 0, 4096);
        part.url(embed, "url", MAX_URL, FormPart.LINKS);
        part.integer(embed, "color", 0, MAX_COLOR);
        timestamp(part, embed);
        if (part.has("footer") && part.at("footer").isObject()) {
            ObjectNode footer = Json.object();
            total += part.at("footer").text(footer, "text", 1, 2048);
            part.at("footer").url(footer, "icon_url", MAX_URL, FormPart.PICTURES);
            embed.set("footer", footer);
        }
        if (part.has("author") && part.at("author").isObject()) {
            ObjectNode author = Json.object();
            total += part.at("author").text(author, "name", 1, 256);
            part.at("author").url(author, "url", MAX_URL, FormPart.LINKS);
            part.at("author").url(author, "icon_url", MAX_URL, FormPart.PICTURES);
            embed.set("author", author);
        }
        picture(part, embed, "image");
        picture(part, embed, "thumbnail");
        return total + fields(part, embed);
    }

    private static int fields(FormPart part, ObjectNode embed) {
        int total = 0;
        if (part.has("fields") && part.hasSize("fields", 0, MAX_FIELDS)) {
            ArrayNode fields = Json.array();
            for (FormPart field : part.each("fields")) {
                ObjectNode copy = Json.object();
                total += field.text(copy, "name", 1, 256) + field.text(copy, "value", 1, 1024);
                copy.put("inline", false);
                field.flag(copy, "inline");
                fields.add(copy);
            }
            if (!fields.isEmpty()) {
                embed.set("fields", fields);
            }
        }
        return total;
    }

    private static void picture(FormPart part, ObjectNode embed, String name) {
        if (!part.has(name) || !part.at(name).isObject()) {
            return;
        }
        FormPart sent = part.at(name);
        ObjectNode picture = Json.object();
        sent.url(picture, "url", MAX_URL, FormPart.PICTURES);
        sent.integer(picture, "width", 0, MAX_PIXELS);
        sent.integer(picture, "height", 0, MAX_PIXELS);
        if (picture.has("url")) {
            embed.set(name, picture);
        }
    }

    private static void timestamp(FormPart part, ObjectNode embed) {
        JsonNode sent = part.raw("timestamp");
        if (!part.has("timestamp")) {
            return;
        }
        try {
            // Checked, not changed: what a client sent comes back to it.
            OffsetDateTime.parse(sent.asText());
            embed.put("timestamp", sent.asText());
        } catch (DateTimeException e) {
            part.error("timestamp", "DATE_TIME_TYPE_PARSE", "Could not parse the value. Should be ISO8601.");
        }
    }
}
