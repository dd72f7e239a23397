package dev.parley.moderation;

import dev.parley.protocol.ApiException;
import dev.parley.snowflake.Snowflake;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A range of a guild's bans in the order of the users' ids (Discord documentation, "Get Guild Bans").
 *
 * @param before the id that the range ends before; null if it begins after {@code after}
 * @param after the id that the range begins behind; 0 for the first
 * @param limit 1 to 1,000
 */
public record BanPage(@Nullable Snowflake before, Snowflake after, int limit) {

    private static final int MAX_LIMIT = 1000;

    /**
     * Reads the query parameters.
     *
     * @throws ApiException {@code INVALID_FORM_BODY} if one of them is wrong
     */
    public static BanPage read(Map<String, String> parameters) {
        Snowflake after = QueryNumbers.id(parameters, "after");
        Integer limit = QueryNumbers.number(parameters, "limit", 1, MAX_LIMIT);
        return new BanPage(
                QueryNumbers.id(parameters, "before"),
                after == null ? new Snowflake(0) : after,
                limit == null ? MAX_LIMIT : limit);
    }
}
