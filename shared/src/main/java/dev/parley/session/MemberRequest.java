package dev.parley.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.Intent;
import dev.parley.snowflake.Snowflake;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What op 8 asks for (Discord documentation, "Request Guild Members").
 *
 * @param query what names begin with; empty for all members, null when ids are asked for
 * @param limit members at the most
 * @param presences whether to say who is online
 * @param userIds the users that are asked for, as the client wrote them
 * @param nonce what the answers carry; null for nothing
 */
record MemberRequest(
        Snowflake guildId,
        @Nullable String query,
        int limit,
        boolean presences,
        List<String> userIds,
        @Nullable String nonce) {

    /** Members by name, and users by id. */
    static final int MOST = 100;

    /** Longer than any name. */
    private static final int MAX_QUERY = 64;

    private static final int MAX_NONCE_BYTES = 32;

    /** Longer than any id. */
    private static final int MAX_ID = 20;

    /** Reads op 8; null when it asks for nothing that there is. */
    static @Nullable MemberRequest read(JsonNode data, long intents) {
        Snowflake guildId = Snowflake.parseOrNull(data.path("guild_id").asText());
        if (guildId == null) {
            return null;
        }
        boolean presences = data.path("presences").asBoolean() && Intent.GUILD_PRESENCES.in(intents);
        String nonce = nonce(data.path("nonce"));
        List<String> userIds = userIds(data.path("user_ids"));
        if (!userIds.isEmpty()) {
            return new MemberRequest(guildId, null, userIds.size(), presences, userIds, nonce);
        }
        JsonNode query = data.path("query");
        if (!query.isTextual() || query.textValue().length() > MAX_QUERY) {
            return null;
        }
        int limit = Math.max(0, data.path("limit").asInt());
        if (query.textValue().isEmpty()) {
            return Intent.GUILD_MEMBERS.in(intents)
                    ? new MemberRequest(guildId, "", limit == 0 ? Integer.MAX_VALUE : limit, presences, userIds, nonce)
                    : null;
        }
        int capped = limit == 0 ? MOST : Math.min(MOST, limit);
        return new MemberRequest(guildId, query.textValue(), capped, presences, userIds, nonce);
    }

    /** Whether it asks for the members as they come. */
    boolean everybody() {
        return "".equals(query);
    }

    private static @Nullable String nonce(JsonNode node) {
        boolean valid = node.isTextual() && node.textValue().getBytes(StandardCharsets.UTF_8).length <= MAX_NONCE_BYTES;
        return valid ? node.textValue() : null;
    }

    private static List<String> userIds(JsonNode node) {
        List<String> ids = new ArrayList<>();
        for (JsonNode id : node.isArray() ? node : List.of(node)) {
            String text = id.asText();
            if (!text.isEmpty() && text.length() <= MAX_ID && ids.size() < MOST && !ids.contains(text)) {
                ids.add(text);
            }
        }
        return ids;
    }
}
