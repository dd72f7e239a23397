package dev.parley.moderation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a client says about a ban (Discord documentation, "Create Guild Ban" and "Bulk Guild Ban"). */
final class BanForm {

    private static final int WEEK_SECONDS = 604_800;
    private static final int WEEK_DAYS = 7;
    private static final int MOST_AT_ONCE = 200;

    private BanForm() {}

    /**
     * How far back the user's messages go with the user: up to 7 days, {@link Duration#ZERO} for none. Clients of old name
     * days.
     */
    static Duration purged(Form form) {
        Integer seconds = form.optionalInteger("delete_message_seconds", 0, WEEK_SECONDS);
        Integer days = form.optionalInteger("delete_message_days", 0, WEEK_DAYS);
        if (seconds != null) {
            return Duration.ofSeconds(seconds);
        }
        return days == null ? Duration.ZERO : Duration.ofDays(days);
    }

    /**
     * The users of a ban of many, each once.
     *
     * @throws ApiException {@code INVALID_FORM_BODY}
     */
    static List<Snowflake> users(Form form) {
        JsonNode list = form.raw("user_ids");
        Set<Snowflake> users = new LinkedHashSet<>();
        if (list.isMissingNode() || list.isNull()) {
            form.required("user_ids");
        } else if (!list.isArray() || list.isEmpty() || list.size() > MOST_AT_ONCE) {
            form.error("user_ids", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 200 in length.");
        } else {
            for (JsonNode node : list) {
                Snowflake id = Snowflake.parseOrNull(node.asText());
                if (id == null) {
                    form.error("user_ids", "NUMBER_TYPE_COERCE", "Value is not snowflake.");
                    break;
                }
                users.add(id);
            }
        }
        form.check();
        return List.copyOf(users);
    }
}
