package dev.parley.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The embeds of a message (Discord documentation, "Embed Object" and "Embed Limits"). */
final class Embeds {

    private static final int MAX_EMBEDS = 10;
    private static final int MAX_FIELDS = 25;
    private static final int MAX_TOTAL = 6000;
    private static final int MAX_URL = 2048;

    /** Keeps a message's event well under the 128 KB that API Gateway carries in one message. */
    private static final int MAX_BYTES = 48 * 1024;

    private static final Set<String> KEPT = Set.of(
            "title", "description", "url", "timestamp", "color", "footer", "image", "thumbnail", "author", "fields");

    private record Limit(String path, int maxLength) {}

    private static final List<Limit> LIMITS = List.of(
            new Limit("/title", 256),
            new Limit("/description", 4096),
            new Limit("/footer/text", 2048),
            new Limit("/author/name", 256));

    private Embeds() {}

    /** The embeds of a form, each {@code type: rich}; mistakes are noted in the form. */
    static ArrayNode read(Form form) {
        ArrayNode embeds = Json.array();
        JsonNode sent = form.raw("embeds");
        if (sent.isMissingNode() || sent.isNull()) {
            return embeds;
        }
        if (!sent.isArray() || sent.size() > MAX_EMBEDS) {
            form.error("embeds", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.");
            return embeds;
        }
        int total = 0;
        for (JsonNode embed : sent) {
            int length = embed.isObject() ? length((ObjectNode) embed) : -1;
            if (length < 0) {
                form.error("embeds", "MODEL_TYPE_CONVERT", "Not an embed, or a part of it is too long.");
                return embeds;
            }
            total += length;
            embeds.add(kept((ObjectNode) embed));
        }
        if (total > MAX_TOTAL || Json.bytes(embeds).length > MAX_BYTES) {
            form.error("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000");
        }
        return embeds;
    }

    private static ObjectNode kept(ObjectNode embed) {
        ObjectNode copy = Json.object();
        copy.put("type", "rich");
        for (Map.Entry<String, JsonNode> property : embed.properties()) {
            if (KEPT.contains(property.getKey())) {
                copy.set(property.getKey(), property.getValue());
            }
        }
        return copy;
    }

    /** The characters that count towards the total; -1 if a part is over its own limit. */
    private static int length(ObjectNode embed) {
        int total = 0;
        for (Limit limit : LIMITS) {
            int length = codePoints(embed.at(limit.path()));
            if (length > limit.maxLength()) {
                return -1;
            }
            total += length;
        }
        JsonNode fields = embed.path("fields");
        if (fields.size() > MAX_FIELDS) {
            return -1;
        }
        for (JsonNode field : fields) {
            int name = codePoints(field.path("name"));
            int value = codePoints(field.path("value"));
            if (name == 0 || name > 256 || value == 0 || value > 1024) {
                return -1;
            }
            total += name + value;
        }
        return urlsFit(embed) ? total : -1;
    }

    private static boolean urlsFit(JsonNode node) {
        for (Iterator<Map.Entry<String, JsonNode>> it = node.properties().iterator(); it.hasNext(); ) {
            Map.Entry<String, JsonNode> property = it.next();
            JsonNode value = property.getValue();
            boolean fits = !property.getKey().endsWith("url") || codePoints(value) <= MAX_URL;
            if (!fits || (value.isObject() && !urlsFit(value))) {
                return false;
            }
        }
        return true;
    }

    private static int codePoints(JsonNode node) {
        String text = node.asText("");
        return text.codePointCount(0, text.length());
    }
}
