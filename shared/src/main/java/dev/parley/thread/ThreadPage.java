package dev.parley.thread;

import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A range of a channel's archived threads (Discord documentation, "List Public Archived Threads").
 *
 * @param before what the range begins behind, as the client wrote it; null for the first
 * @param limit 2 to 100
 */
public record ThreadPage(@Nullable String before, int limit) {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MIN_LIMIT = 2;
    private static final int MAX_LIMIT = 100;

    /**
     * Reads the query parameters.
     *
     * @throws dev.parley.protocol.ApiException {@code INVALID_FORM_BODY} if the limit is wrong
     */
    public static ThreadPage read(@Nullable String before, @Nullable String limit) {
        return new ThreadPage(before, limit == null ? DEFAULT_LIMIT : limit(limit, MIN_LIMIT));
    }

    /** The moment before which a thread was archived; null for any. */
    @Nullable Instant beforeMoment() {
        if (before == null) {
            return null;
        }
        try {
            // In a query a plus sign may have become a space.
            return OffsetDateTime.parse(before.replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            throw Form.refusal("before", "DATE_TIME_TYPE_PARSE", "Could not parse. Should be ISO8601.");
        }
    }

    /** The id that a thread's is smaller than. */
    long beforeId() {
        if (before == null) {
            return Long.MAX_VALUE;
        }
        Snowflake id = Snowflake.parseOrNull(before);
        if (id == null) {
            throw Form.refusal("before", "NUMBER_TYPE_COERCE", "Value is not snowflake.");
        }
        return id.value();
    }

    static int limit(String text, int least) {
        Snowflake number = Snowflake.parseOrNull(text);
        if (number == null) {
            throw Form.refusal("limit", "NUMBER_TYPE_COERCE", "Value is not int.");
        }
        if (number.value() < least || number.value() > MAX_LIMIT) {
            throw Form.refusal(
                    "limit", "NUMBER_TYPE_RANGE", "int value should be between " + least + " and " + MAX_LIMIT + ".");
        }
        return (int) number.value();
    }
}
