package dev.parley.thread;

import dev.parley.channel.ChannelRows;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which threads of a channel somebody looks for (Discord's OpenAPI description, {@code thread_search}). Tags are of forum
 * channels, and not looked at.
 *
 * @param name a part of the name, in any case; null for any
 * @param archived whether archived ones are looked for, or active ones; null for both
 * @param minId the smallest id
 * @param maxId the largest id
 * @param limit 1 to 25
 * @param offset 0 to 9,975
 */
public record ThreadQuery(
        @Nullable String name,
        @Nullable Boolean archived,
        long minId,
        long maxId,
        SortBy sortBy,
        boolean ascending,
        int limit,
        int offset) {

    private static final int MAX_NAME = 100;
    private static final int MAX_LIMIT = 25;
    private static final int MAX_OFFSET = 9975;

    /** What comes first. */
    enum SortBy {
        /** Who looks for a name and nothing else wants the newest, too. */
        RELEVANCE("t.id"),
        CREATION_TIME("t.id"),
        LAST_MESSAGE_TIME("coalesce(" + ChannelRows.NEWEST_MESSAGE.formatted("t.id") + ", t.id)"),
        ARCHIVE_TIME("t.archives_at");

        private final String column;

        SortBy(String column) {
            this.column = column;
        }

        String column() {
            return column;
        }
    }

    /**
     * Reads the query parameters.
     *
     * @throws dev.parley.protocol.ApiException {@code INVALID_FORM_BODY} if one of them is wrong
     */
    public static ThreadQuery read(Map<String, String> parameters) {
        String name = parameters.get("name");
        if (name != null && name.codePointCount(0, name.length()) > MAX_NAME) {
            throw Form.refusal("name", "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.");
        }
        String archived = parameters.get("archived");
        return new ThreadQuery(
                name == null || name.isBlank() ? null : name,
                archived == null ? null : Boolean.valueOf(archived),
                number(parameters, "min_id", 0, Long.MAX_VALUE, 0),
                number(parameters, "max_id", 0, Long.MAX_VALUE, Long.MAX_VALUE),
                sortBy(parameters.getOrDefault("sort_by", "last_message_time")),
                "asc".equals(parameters.get("sort_order")),
                (int) number(parameters, "limit", 1, MAX_LIMIT, MAX_LIMIT),
                (int) number(parameters, "offset", 0, MAX_OFFSET, 0));
    }

    private static SortBy sortBy(String text) {
        return switch (text) {
            case "relevance" -> SortBy.RELEVANCE;
            case "creation_time" -> SortBy.CREATION_TIME;
            case "last_message_time" -> SortBy.LAST_MESSAGE_TIME;
            case "archive_time" -> SortBy.ARCHIVE_TIME;
            default -> throw Form.refusal("sort_by", "BASE_TYPE_CHOICES", "Not one of the orders.");
        };
    }

    private static long number(Map<String, String> parameters, String name, long min, long max, long absent) {
        String text = parameters.get(name);
        if (text == null) {
            return absent;
        }
        Snowflake number = Snowflake.parseOrNull(text);
        if (number == null || number.value() < min || number.value() > max) {
            throw Form.refusal(name, "NUMBER_TYPE_RANGE", "int value should be between " + min + " and " + max + ".");
        }
        return number.value();
    }
}
