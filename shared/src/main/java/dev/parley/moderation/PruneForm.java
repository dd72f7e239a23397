package dev.parley.moderation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which members a client wants to prune (Discord documentation, "Begin Guild Prune").
 *
 * @param days for how long they were not here, 1 to 30
 * @param roles the roles that do not keep a member; without them only members without roles are pruned
 * @param counted whether the client wants to know how many
 */
public record PruneForm(int days, List<Snowflake> roles, boolean counted) {

    private static final int DEFAULT_DAYS = 7;
    private static final int MAX_DAYS = 30;
    private static final int MAX_ROLES = 100;

    /**
     * Reads the query parameters of a preview.
     *
     * @throws ApiException {@code INVALID_FORM_BODY} if one of them is wrong
     */
    public static PruneForm read(Map<String, String> parameters) {
        Integer days = QueryNumbers.number(parameters, "days", 1, MAX_DAYS);
        List<Snowflake> roles = split(parameters.getOrDefault("include_roles", ""));
        if (roles == null) {
            throw Form.refusal("include_roles", "NUMBER_TYPE_COERCE", "Not a list of snowflakes, 100 or fewer.");
        }
        return new PruneForm(days == null ? DEFAULT_DAYS : days, roles, true);
    }

    /**
     * Reads a form.
     *
     * @throws ApiException {@code INVALID_FORM_BODY}
     */
    public static PruneForm read(Form form) {
        Integer days = form.optionalInteger("days", 1, MAX_DAYS);
        boolean counted = form.flag("compute_prune_count", true);
        List<Snowflake> roles = roles(form.raw("include_roles"));
        if (roles == null) {
            form.error("include_roles", "NUMBER_TYPE_COERCE", "Not a list of snowflakes, 100 or fewer.");
        }
        form.check();
        return new PruneForm(days == null ? DEFAULT_DAYS : days, roles == null ? List.of() : roles, counted);
    }

    /** Clients write a list, some a text with commas; null if it is neither. */
    private static @Nullable List<Snowflake> roles(JsonNode node) {
        if (!node.isArray()) {
            return split(node.asText(""));
        }
        List<String> texts = new ArrayList<>();
        node.forEach(one -> texts.add(one.asText()));
        return ids(texts);
    }

    private static @Nullable List<Snowflake> split(String text) {
        return text.isEmpty() || text.equals("null") ? List.of() : ids(List.of(text.split(",", MAX_ROLES + 1)));
    }

    private static @Nullable List<Snowflake> ids(List<String> texts) {
        List<Snowflake> ids = new ArrayList<>();
        for (String text : texts) {
            Snowflake id = Snowflake.parseOrNull(text.strip());
            if (id == null || ids.size() == MAX_ROLES) {
                return null;
            }
            ids.add(id);
        }
        return ids;
    }
}
