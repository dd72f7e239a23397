package dev.parley.message;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a message may notify of those that its content names (Discord documentation, "Allowed Mentions Object").
 *
 * @param users the users that may be; null for all that are named
 * @param roles the roles that may be; null for all that are named
 * @param everyone whether {@code @everyone} and {@code @here} count
 * @param repliedUser whether the author of the message that is answered is mentioned
 */
record AllowedMentions(
        @Nullable Set<Snowflake> users, @Nullable Set<Snowflake> roles, boolean everyone, boolean repliedUser) {

    private static final int MAX_IDS = 100;

    static AllowedMentions read(Form form) {
        JsonNode node = form.raw("allowed_mentions");
        if (!node.isObject()) {
            return new AllowedMentions(null, null, true, true);
        }
        boolean repliedUser = node.path("replied_user").asBoolean(false);
        JsonNode parse = node.path("parse");
        Set<String> parsed = new HashSet<>();
        parse.forEach(kind -> parsed.add(kind.asText()));
        if (parse.isMissingNode() && !node.has("users") && !node.has("roles")) {
            return new AllowedMentions(null, null, true, repliedUser);
        }
        return new AllowedMentions(
                parsed.contains("users") ? null : ids(form, node.path("users")),
                parsed.contains("roles") ? null : ids(form, node.path("roles")),
                parsed.contains("everyone"),
                repliedUser);
    }

    /** Nobody. */
    static AllowedMentions none() {
        return new AllowedMentions(Set.of(), Set.of(), false, false);
    }

    boolean allowsUser(Snowflake user) {
        return users == null || users.contains(user);
    }

    boolean allowsRole(Snowflake role) {
        return roles == null || roles.contains(role);
    }

    private static Set<Snowflake> ids(Form form, JsonNode list) {
        Set<Snowflake> ids = new HashSet<>();
        if (list.size() > MAX_IDS) {
            form.error("allowed_mentions", "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.");
            return ids;
        }
        for (JsonNode node : list) {
            Snowflake id = Snowflake.parseOrNull(node.asText());
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }
}
