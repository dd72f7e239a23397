package dev.parley.guild;

import dev.parley.protocol.ApiException;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * A range of a guild's members in the order of their ids (Discord documentation, "List Guild Members").
 *
 * @param after the id that the range begins behind; 0 for the first member
 * @param limit 1 to 1,000
 */
public record MemberPage(Snowflake after, int limit) {

    private static final int DEFAULT_LIMIT = 1;
    private static final int MAX_LIMIT = 1000;

    /**
     * Reads the query parameters.
     *
     * @throws ApiException {@code INVALID_FORM_BODY} if one of them is wrong
     */
    public static MemberPage read(@Nullable String after, @Nullable String limit) {
        return new MemberPage(
                after == null ? new Snowflake(0) : number("after", after),
                limit == null ? DEFAULT_LIMIT : limit(number("limit", limit)));
    }

    private static int limit(Snowflake number) {
        if (number.value() < 1 || number.value() > MAX_LIMIT) {
            throw Form.refusal("limit", "NUMBER_TYPE_RANGE", "int value should be between 1 and 1000.");
        }
        return (int) number.value();
    }

    private static Snowflake number(String name, String text) {
        Snowflake number = Snowflake.parseOrNull(text);
        if (number == null) {
            throw Form.refusal(name, "NUMBER_TYPE_COERCE", "Value is not int.");
        }
        return number;
    }
}
