package dev.parley.local.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.parley.catalog.HttpRoute;
import dev.parley.local.client.Pictures;
import dev.parley.local.contract.OpenApi;
import dev.parley.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Bodies that a route might take, from the schema of its request where Discord's description is beside the project, else
 * from names that many routes know; and such bodies with one field spoiled.
 */
final class PlausibleBody {

    private static final @Nullable OpenApi API = OpenApi.find().orElse(null);
    private static final String SPOILED = "spoiled by the test";
    private static final int DEEPEST = 5;

    private static final List<String> NAMES = List.of(
            "name",
            "content",
            "topic",
            "type",
            "nick",
            "roles",
            "permissions",
            "allow",
            "deny",
            "parent_id",
            "position",
            "channel_id",
            "max_age",
            "max_uses",
            "embeds",
            "components",
            "flags",
            "attachments",
            "message_reference",
            "allowed_mentions",
            "color",
            "image",
            "icon",
            "avatar",
            "username",
            "trigger_type",
            "trigger_metadata",
            "actions",
            "event_type",
            "options",
            "description",
            "auto_archive_duration",
            "rate_limit_per_user",
            "messages",
            "recipient_id",
            "user_ids",
            "delete_message_seconds",
            "permission_overwrites",
            "data",
            "token",
            "password",
            "email",
            "refresh_token",
            "communication_disabled_until",
            "welcome_channels",
            "enabled",
            "status");

    private final Random random;
    private final HostileJson hostile;
    private final List<String> ids;

    PlausibleBody(Random random, HostileJson hostile, List<String> ids) {
        this.random = random;
        this.hostile = hostile;
        this.ids = ids;
    }

    /** A body with at most so many fields spoiled. */
    String of(HttpRoute route, int spoiled) {
        JsonNode body = plausible(route);
        for (int i = 0; i < spoiled; i++) {
            List<Runnable> places = new ArrayList<>();
            collect(body, places);
            if (!places.isEmpty()) {
                hostile.pick(places).run();
            }
        }
        String text = Json.text(body);
        while (text.contains('"' + SPOILED + '"')) {
            int at = text.indexOf('"' + SPOILED + '"');
            text = text.substring(0, at) + hostile.value() + text.substring(at + SPOILED.length() + 2);
        }
        return text;
    }

    private JsonNode plausible(HttpRoute route) {
        if (API != null) {
            JsonNode schema = API.find(route.method().name(), route.path().replace("/api/{version}", ""))
                    .map(operation ->
                            operation.description().path("requestBody").path("content"))
                    .map(content -> content.has("application/json")
                            ? content.path("application/json").path("schema")
                            : content.path("multipart/form-data").path("schema"))
                    .orElse(Json.object());
            if (!schema.isMissingNode() && !schema.isEmpty()) {
                return value(schema, "", 0);
            }
        }
        ObjectNode body = Json.object();
        for (int i = random.nextInt(6); i >= 0; i--) {
            String name = hostile.pick(NAMES);
            body.set(name, word(name));
        }
        return body;
    }

    private JsonNode value(JsonNode schema, String name, int depth) {
        String reference = schema.path("$ref").asText("");
        if (!reference.isEmpty() && API != null) {
            return value(API.document().at(reference.substring(1)), name, depth);
        }
        for (String choice : List.of("oneOf", "anyOf", "allOf")) {
            JsonNode choices = schema.path(choice);
            if (!choices.isEmpty()) {
                return value(choices.get(random.nextInt(choices.size())), name, depth);
            }
        }
        if (schema.has("const")) {
            return schema.path("const");
        }
        if (!schema.path("enum").isEmpty()) {
            return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
        }
        JsonNode type = schema.path("type");
        String kind = type.isArray() ? type.get(random.nextInt(type.size())).asText() : type.asText();
        return switch (kind) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, name, depth);
            case "integer", "number" -> number(schema);
            case "boolean" -> Json.tree(random.nextBoolean());
            case "null" -> Json.object().nullNode();
            default -> text(schema, name);
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = Json.object();
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(field -> required.add(field.asText()));
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            boolean wanted = required.contains(property.getKey()) || random.nextInt(4 + depth) == 0;
            if (wanted && depth < DEEPEST) {
                object.set(property.getKey(), value(property.getValue(), property.getKey(), depth + 1));
            }
        }
        return object;
    }

    private ArrayNode array(JsonNode schema, String name, int depth) {
        ArrayNode array = Json.array();
        int least = schema.path("minItems").asInt(0);
        for (int i = least + random.nextInt(3); i > 0 && depth < DEEPEST; i--) {
            array.add(value(schema.path("items"), name, depth + 1));
        }
        return array;
    }

    private JsonNode number(JsonNode schema) {
        long least = schema.path("minimum").asLong(0);
        long most = Math.min(schema.path("maximum").asLong(100), least + 1_000_000);
        return Json.tree(
                switch (random.nextInt(4)) {
                    case 0 -> least;
                    case 1 -> most;
                    default -> least + random.nextLong(Math.max(1, most - least + 1));
                });
    }

    private JsonNode text(JsonNode schema, String name) {
        if (schema.path("format").asText().equals("snowflake")) {
            return Json.tree(hostile.pick(ids));
        }
        JsonNode word = word(name);
        int most = schema.path("maxLength").asInt(0);
        if (most > 0 && random.nextInt(6) == 0) {
            return Json.tree("\uD83D\uDE00".repeat(Math.min(most, 6000) + random.nextInt(2)));
        }
        return word;
    }

    private JsonNode word(String name) {
        if (name.endsWith("_id") || name.endsWith("ids") || name.equals("messages")) {
            return Json.tree(hostile.pick(ids));
        }
        if (name.equals("image") || name.equals("icon") || name.equals("avatar")) {
            return Json.tree(Pictures.dataUri("image/png", Pictures.png()));
        }
        return Json.tree(
                hostile.pick(List.of("word", "0", "8", "a-name", "2026-11-30T12:00:00Z", "https://example.com")));
    }

    private static void collect(JsonNode node, List<Runnable> places) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(property -> {
                places.add(() -> object.set(property.getKey(), new TextNode(SPOILED)));
                collect(property.getValue(), places);
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                places.add(() -> array.set(index, new TextNode(SPOILED)));
                collect(array.get(i), places);
            }
        }
    }
}
