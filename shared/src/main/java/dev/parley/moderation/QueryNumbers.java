package dev.parley.moderation;

import dev.parley.protocol.ApiException;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers and ids among query parameters. */
final class QueryNumbers {

    private QueryNumbers() {}

    /**
     * A number; null if it is absent.
     *
     * @throws ApiException {@code INVALID_FORM_BODY} if it is none, or outside of the range
     */
    static @Nullable Integer number(Map<String, String> parameters, String name, int min, int max) {
        String text = parameters.get(name);
        if (text == null) {
            return null;
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

    /**
     * An id; null if it is absent.
     *
     * @throws ApiException {@code INVALID_FORM_BODY} if it is none
     */
    static @Nullable Snowflake id(Map<String, String> parameters, String name) {
        String text = parameters.get(name);
        Snowflake id = Snowflake.parseOrNull(text);
        if (text != null && id == null) {
            throw Form.refusal(name, "NUMBER_TYPE_COERCE", "Value is not snowflake.");
        }
        return id;
    }
}
