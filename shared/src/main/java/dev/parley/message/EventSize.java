package dev.parley.message;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;

/** How much of an event a part of it takes. */
final class EventSize {

    private EventSize() {}

    /** The bytes of a part as events carry it: UTF-8, in which a face is 4 bytes and not two escapes. */
    static int of(JsonNode part) {
        return Json.text(part).getBytes(StandardCharsets.UTF_8).length;
    }
}
