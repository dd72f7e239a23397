package dev.parley.message;

import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A range of a channel's pins, the latest first (Discord documentation, "Get Channel Pins").
 *
 * @param before pins older than this; null for the latest
 * @param limit 1 to 50
 */
public record PinPage(@Nullable Instant before, int limit) {

    private static final int MAX_LIMIT = 50;

    /** As many of the latest as one page may have. */
    static PinPage latest() {
        return new PinPage(null, MAX_LIMIT);
    }

    /**
     * Reads the query parameters.
     *
     * @throws dev.parley.protocol.ApiException {@code INVALID_FORM_BODY} if one of them is wrong
     */
    public static PinPage read(@Nullable String before, @Nullable String limit) {
        return new PinPage(before == null ? null : time(before), limit == null ? MAX_LIMIT : limit(limit));
    }

    private static Instant time(String text) {
        try {
            // A plus sign that a client did not encode comes as a space.
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            throw Form.refusal("before", "DATE_TIME_TYPE_PARSE", "Could not parse the value. Should be ISO8601.");
        }
    }

    private static int limit(String text) {
        Snowflake number = Snowflake.parseOrNull(text);
        if (number == null) {
            throw Form.refusal("limit", "NUMBER_TYPE_COERCE", "Value is not int.");
        }
        if (number.value() < 1 || number.value() > MAX_LIMIT) {
            throw Form.refusal("limit", "NUMBER_TYPE_RANGE", "int value should be between 1 and 50.");
        }
        return (int) number.value();
    }
}
