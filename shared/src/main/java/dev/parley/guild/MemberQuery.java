package dev.parley.guild;

import dev.parley.protocol.ApiException;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * Which members are searched for (Discord documentation, "Search Guild Members").
 *
 * @param prefix what the username or nick begins with, 1 to 100 characters
 * @param limit 1 to 1,000
 */
public record MemberQuery(String prefix, int limit) {

    private static final int MAX_PREFIX = 100;
    private static final int MAX_LIMIT = 1000;

    /**
     * Reads the query parameters.
     *
     * @throws ApiException {@code INVALID_FORM_BODY} if one of them is wrong
     */
    public static MemberQuery read(@Nullable String query, @Nullable String limit) {
        if (query == null || query.isEmpty()) {
            throw Form.refusal("query", "BASE_TYPE_REQUIRED", "This field is required");
        }
        if (query.codePointCount(0, query.length()) > MAX_PREFIX) {
            throw Form.refusal("query", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.");
        }
        if (query.indexOf('\0') >= 0) {
            throw Form.refusal("query", "STRING_TYPE_NULL_CHARACTER", "Null characters are not allowed.");
        }
        return new MemberQuery(query, limit == null ? 1 : limit(limit));
    }

    private static int limit(String text) {
        Snowflake number = Snowflake.parseOrNull(text);
        if (number == null) {
            throw Form.refusal("limit", "NUMBER_TYPE_COERCE", "Value is not int.");
        }
        if (number.value() < 1 || number.value() > MAX_LIMIT) {
            throw Form.refusal("limit", "NUMBER_TYPE_RANGE", "int value should be between 1 and 1000.");
        }
        return (int) number.value();
    }
}
