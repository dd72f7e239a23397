package dev.parley.moderation;

import dev.parley.protocol.ApiException;
import dev.parley.snowflake.Snowflake;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of an audit log a client asks for (Discord documentation, "Get Guild Audit Log").
 *
 * @param userId who acted; null for everybody
 * @param targetId what was acted on; null for everything
 * @param actionType the action's number; null for every action
 * @param before only older entries; null for the newest
 * @param after only newer entries, the oldest first; null for the newest first
 * @param limit 1 to 100
 */
public record AuditLogQuery(
        @Nullable Snowflake userId,
        @Nullable Snowflake targetId,
        @Nullable Integer actionType,
        @Nullable Snowflake before,
        @Nullable Snowflake after,
        int limit) {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 100;
    private static final int MAX_ACTION = 1000;

    /**
     * Reads the query parameters.
     *
     * @throws ApiException {@code INVALID_FORM_BODY} if one of them is wrong
     */
    public static AuditLogQuery read(Map<String, String> parameters) {
        Integer action = QueryNumbers.number(parameters, "action_type", 0, MAX_ACTION);
        Integer limit = QueryNumbers.number(parameters, "limit", 1, MAX_LIMIT);
        return new AuditLogQuery(
                QueryNumbers.id(parameters, "user_id"),
                QueryNumbers.id(parameters, "target_id"),
                action,
                QueryNumbers.id(parameters, "before"),
                QueryNumbers.id(parameters, "after"),
                limit == null ? DEFAULT_LIMIT : limit);
    }
}
