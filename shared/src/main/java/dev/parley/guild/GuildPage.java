package dev.parley.guild;

import dev.parley.protocol.ApiException;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * A range of the guilds that a user is in (Discord documentation, "Get Current User Guilds").
 *
 * @param before the id that the range ends before; null for the last one
 * @param after the id that the range begins behind; null for the first one
 * @param limit 1 to 200
 * @param withCounts whether to count members and sessions
 */
public record GuildPage(
        @Nullable Snowflake before, @Nullable Snowflake after, int limit, boolean withCounts) {

    private static final int MAX_LIMIT = 200;

    /**
     * Reads the query parameters.
     *
     * @throws ApiException {@code INVALID_FORM_BODY} if one of them is wrong
     */
    public static GuildPage read(
            @Nullable String before, @Nullable String after, @Nullable String limit, @Nullable String withCounts) {
        Snowflake size = number("limit", limit, "Value is not int.");
        if (size != null && (size.value() < 1 || size.value() > MAX_LIMIT)) {
            throw Form.refusal("limit", "NUMBER_TYPE_RANGE", "int value should be between 1 and 200.");
        }
        return new GuildPage(
                number("before", before, "Value is not snowflake."),
                number("after", after, "Value is not snowflake."),
                size == null ? MAX_LIMIT : (int) size.value(),
                "true".equalsIgnoreCase(withCounts) || "1".equals(withCounts));
    }

    private static @Nullable Snowflake number(String name, @Nullable String text, String message) {
        Snowflake number = Snowflake.parseOrNull(text);
        if (number == null && text != null) {
            throw Form.refusal(name, "NUMBER_TYPE_COERCE", message);
        }
        return number;
    }
}
