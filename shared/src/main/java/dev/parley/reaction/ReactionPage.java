package dev.parley.reaction;

import dev.parley.protocol.ApiException;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * A range of those who reacted with an emoji (Discord documentation, "Get Reactions").
 *
 * @param after the id that the range begins behind
 * @param limit 1 to 100
 * @param burst whether only super reactions are asked for, which Parley has none of
 */
public record ReactionPage(Snowflake after, int limit, boolean burst) {

    private static final int DEFAULT_LIMIT = 25;
    private static final int MAX_LIMIT = 100;

    /**
     * Reads the query parameters.
     *
     * @throws ApiException {@code INVALID_FORM_BODY} if one of them is wrong
     */
    public static ReactionPage read(@Nullable String after, @Nullable String limit, @Nullable String type) {
        Snowflake from = after == null ? new Snowflake(0) : Snowflake.parseOrNull(after);
        if (from == null) {
            throw Form.refusal("after", "NUMBER_TYPE_COERCE", "Value is not snowflake.");
        }
        return new ReactionPage(
                from, number("limit", limit, DEFAULT_LIMIT, 1, MAX_LIMIT), number("type", type, 0, 0, 1) == 1);
    }

    private static int number(String name, @Nullable String text, int absent, int min, int max) {
        if (text == null) {
            return absent;
        }
        Snowflake number = Snowflake.parseOrNull(text);
        if (number == null) {
            throw Form.refusal(name, "NUMBER_TYPE_COERCE", "Value is not int.");
        }
        if (number.value() < min || number.value() > max) {
            throw Form.refusal(name, "NUMBER_TYPE_RANGE", "int value should be between " + min + " and " + max + ".");
        }
        return (int) number.value();
    }
}
