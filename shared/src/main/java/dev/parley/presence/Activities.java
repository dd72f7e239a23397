package dev.parley.presence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What users do: the fields of an activity that Parley passes on (Discord documentation, "Activity Object"). */
final class Activities {

    /** Activities that are kept, of a session and of a user. */
    static final int MOST = 10;

    /** Bytes of JSON that they may take together: a presence is one of hundreds in a message of 128 KB. */
    static final int MAX_BYTES = 4_096;

    private static final int MAX_TEXT = 128;
    private static final int MAX_URL = 512;

    /** The last of the documented types, "Competing". */
    private static final int LAST_TYPE = 5;

    private Activities() {}

    /**
     * What is kept of the activities that a client sends. What is no activity is left out.
     *
     * @param before what the client sent last; an activity that goes on keeps its moment
     * @param bot bots may set fewer fields
     * @param nowMillis when an activity begins that the client gives no moment for
     */
    static ArrayNode read(JsonNode sent, ArrayNode before, boolean bot, long nowMillis) {
        ArrayNode kept = Json.array();
        for (JsonNode one : sent) {
            ObjectNode activity = read(one, bot);
            if (activity != null) {
                JsonNode created = one.path("created_at");
                activity.put(
                        "created_at",
                        !bot && created.isIntegralNumber() && created.canConvertToLong()
                                ? created.longValue()
                                : createdAt(activity, before, nowMillis));
                kept.add(activity);
            }
            if (kept.size() == MOST) {
                break;
            }
        }
        return fitting(List.of(kept));
    }

    /** The first activities of some lists, as many as are kept. */
    static ArrayNode fitting(List<ArrayNode> lists) {
        ArrayNode all = Json.array();
        int bytes = 2;
        for (ArrayNode list : lists) {
            for (JsonNode activity : list) {
                int size = Json.bytes(activity).length + 1;
                if (all.size() < MOST && bytes + size <= MAX_BYTES) {
                    all.add(activity);
                    bytes += size;
                }
            }
        }
        return all;
    }

    private static @Nullable ObjectNode read(JsonNode sent, boolean bot) {
        String name = text(sent, "name");
        int type = sent.path("type").asInt(0);
        if (name == null || name.isBlank() || type < 0 || type > LAST_TYPE) {
            return null;
        }
        ObjectNode activity = Json.object();
        activity.put("name", name);
        activity.put("type", type);
        put(activity, "state", text(sent, "state"));
        JsonNode url = sent.path("url");
        if (url.isTextual() && url.textValue().length() <= MAX_URL) {
            activity.put("url", url.textValue()); // a part of an address leads elsewhere
        }
        if (!bot) {
            put(activity, "details", text(sent, "details"));
        }
        return activity;
    }

    private static void put(ObjectNode activity, String field, @Nullable String text) {
        if (text != null) {
            activity.put(field, text);
        }
    }

    /** A text, cut; lengths count code points. */
    private static @Nullable String text(JsonNode sent, String field) {
        JsonNode node = sent.path(field);
        if (!node.isTextual()) {
            return null;
        }
        String text = node.textValue();
        return text.codePointCount(0, text.length()) <= MAX_TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_TEXT));
    }

    private static long createdAt(ObjectNode activity, ArrayNode before, long nowMillis) {
        for (JsonNode old : before) {
            ObjectNode timeless = old.deepCopy();
            JsonNode createdAt = timeless.remove("created_at");
            if (timeless.equals(activity)) {
                return createdAt.asLong(nowMillis);
            }
        }
        return nowMillis;
    }
}
