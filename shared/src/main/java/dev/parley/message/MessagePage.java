package dev.parley.message;

import dev.parley.protocol.ApiException;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * A range of a channel's history (Discord documentation, "Get Channel Messages").
 *
 * @param anchor the id that the range is next to; null for the newest messages
 * @param limit 1 to 100
 */
public record MessagePage(Side side, @Nullable Snowflake anchor, int limit) {

    /** Where the range lies. */
    public enum Side {
        BEFORE,
        AFTER,
        AROUND
    }

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 100;

    /**
     * Reads the query parameters; of several anchors {@code around} counts first, then {@code before}.
     *
     * @throws ApiException {@code INVALID_FORM_BODY} if one of them is wrong
     */
    public static MessagePage read(
            @Nullable String around, @Nullable String before, @Nullable String after, @Nullable String limit) {
        int size = limit(limit);
        if (around != null) {
            return new MessagePage(Side.AROUND, anchor("around", around), size);
        }
        if (before != null) {
            return new MessagePage(Side.BEFORE, anchor("before", before), size);
        }
        if (after != null) {
            return new MessagePage(Side.AFTER, anchor("after", after), size);
        }
        return new MessagePage(Side.BEFORE, null, size);
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        Snowflake number = Snowflake.parseOrNull(text);
        if (number == null) {
            throw Form.refusal("limit", "NUMBER_TYPE_COERCE", "Value is not int.");
        }
        if (number.value() < 1 || number.value() > MAX_LIMIT) {
            throw Form.refusal("limit", "NUMBER_TYPE_RANGE", "int value should be between 1 and 100.");
        }
        return (int) number.value();
    }

    private static Snowflake anchor(String name, String text) {
        Snowflake id = Snowflake.parseOrNull(text);
        if (id == null) {
            throw Form.refusal(name, "NUMBER_TYPE_COERCE", "Value is not snowflake.");
        }
        return id;
    }
}
