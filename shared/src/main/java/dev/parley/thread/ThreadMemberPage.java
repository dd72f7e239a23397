package dev.parley.thread;

import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * A range of a thread's members in the order of their ids (Discord documentation, "List Thread Members").
 *
 * @param after the id that the range begins behind; 0 for the first
 * @param limit 1 to 100, or all of them
 */
public record ThreadMemberPage(Snowflake after, int limit) {

    private static final int MAX_LIMIT = 100;

    /**
     * Reads the query parameters. Without members of the guild a list comes whole unless a limit is given.
     *
     * @throws dev.parley.protocol.ApiException {@code INVALID_FORM_BODY} if one of them is wrong
     */
    public static ThreadMemberPage read(@Nullable String after, @Nullable String limit, boolean withMember) {
        Snowflake from = after == null ? new Snowflake(0) : Snowflake.parseOrNull(after);
        if (from == null) {
            throw Form.refusal("after", "NUMBER_TYPE_COERCE", "Value is not snowflake.");
        }
        int most = withMember ? MAX_LIMIT : ThreadLimits.MEMBERS;
        return new ThreadMemberPage(from, limit == null ? most : ThreadPage.limit(limit, 1));
    }
}
