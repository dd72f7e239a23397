package dev.parley.automod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule (Discord documentation, "Auto Moderation Rule Object").
 *
 * @param metadata what triggers it, as the API has it. Not to be changed
 * @param actions what it does, as the API has them. Not to be changed
 */
record AutoModRule(
        Snowflake id,
        Snowflake guildId,
        String name,
        Snowflake creatorId,
        int eventType,
        int triggerType,
        ObjectNode metadata,
        ArrayNode actions,
        boolean enabled,
        List<Snowflake> exemptRoles,
        List<Snowflake> exemptChannels) {

    static final int MESSAGE_SEND = 1;

    static final int KEYWORD = 1;
    static final int SPAM = 3;
    static final int KEYWORD_PRESET = 4;
    static final int MENTION_SPAM = 5;

    static final int BLOCK_MESSAGE = 1;
    static final int SEND_ALERT_MESSAGE = 2;
    static final int TIMEOUT = 3;

    ObjectNode body() {
        ObjectNode body = Json.object();
        body.put("id", id.toString());
        body.put("guild_id", guildId.toString());
        body.put("name", name);
        body.put("creator_id", creatorId.toString());
        body.put("event_type", eventType);
        body.put("trigger_type", triggerType);
        body.set("trigger_metadata", metadata);
        body.set("actions", actions);
        body.put("enabled", enabled);
        ArrayNode roles = body.putArray("exempt_roles");
        exemptRoles.forEach(role -> roles.add(role.toString()));
        ArrayNode channels = body.putArray("exempt_channels");
        exemptChannels.forEach(channel -> channels.add(channel.toString()));
        return body;
    }

    /** The action of a kind; a missing node if the rule has none. */
    JsonNode action(int type) {
        for (JsonNode action : actions) {
            if (action.path("type").intValue() == type) {
                return action;
            }
        }
        return Json.array().path(0);
    }

    /** A list of texts of the metadata. */
    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        metadata.path(field).forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
