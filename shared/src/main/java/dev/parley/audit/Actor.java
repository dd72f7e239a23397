package dev.parley.audit;

import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * Who does something in a guild, and why.
 *
 * @param reason what {@code X-Audit-Log-Reason} says, at most {@link #MAX_REASON} code points; null if it says nothing
 */
public record Actor(Snowflake userId, @Nullable String reason) {

    /** The longest reason in Unicode code points (Discord documentation, "Audit Logs Resource"). */
    public static final int MAX_REASON = 512;

    /** Somebody who gives no reason. */
    public static Actor of(Snowflake userId) {
        return new Actor(userId, null);
    }
}
