package dev.parley.message;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import java.util.HashSet;
import java.util.List;
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

    private static final String FIELD = "allowed_mentions";
    private static final Set<String> KINDS = Set.of("users", "roles", "everyone");

    /** Whether the form says whom. */
    static boolean isIn(Form form) {
        return form.raw(FIELD).isObject();
    }

    /** Reads whom the form says; everybody if it does not. Mistakes are noted in the form. */
    static AllowedMentions read(Form form) {
        JsonNode node = form.raw(FIELD);
        if (!node.isObject()) {
            return new AllowedMentions(null, null, true, true);
        }
        boolean repliedUser = node.path("replied_user").asBoolean(false);
        JsonNode parse = node.path("parse");
        Set<String> parsed = new HashSet<>();
        for (JsonNode kind : parse) {
            if (!kind.isNull() && !KINDS.contains(kind.asText())) {
                form.error(List.of(FIELD, "parse"), "BASE_TYPE_CHOICES", "Must be one of users, roles, everyone.");
            }
            parsed.add(kind.asText());
        }
        Set<Snowflake> users = ids(form, "users", parsed);
        Set<Snowflake> roles = ids(form, "roles", parsed);
        if (!node.has("parse") && !node.has("users") && !node.has("roles")) {
            return new AllowedMentions(null, null, true, repliedUser);
        }
        return new AllowedMentions(
                parsed.contains("users") ? null : users,
                parsed.contains("roles") ? null : roles,
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

    private static Set<Snowflake> ids(Form form, String kind, Set<String> parsed) {
        JsonNode list = form.raw(FIELD).path(kind);
        Set<Snowflake> ids = new HashSet<>();
        if (list.size() > MAX_IDS) {
            form.error(List.of(FIELD, kind), "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.");
            return ids;
        }
        if (!list.isEmpty() && parsed.contains(kind)) {
            form.error(
                    FIELD,
                    "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                    "parse:[\"" + kind + "\"] and " + kind + ": [ids...] are mutually exclusive.");
        }
        for (JsonNode node : list) {
            Snowflake id = Snowflake.parseOrNull(node.asText());
            if (id != null) {
                ids.add(id);
            } else if (!node.isNull()) {
                form.error(List.of(FIELD, kind), "NUMBER_TYPE_COERCE", "Value is not snowflake.");
            }
        }
        return ids;
    }
}
