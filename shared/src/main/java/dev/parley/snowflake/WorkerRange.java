package dev.parley.snowflake;

import dev.parley.settings.InvalidSettingException;
import dev.parley.settings.Setting;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The workers of one Region. Two Regions lease theirs from stores that do not know each other, so their workers must not meet.
 *
 * @param first 0 to 1,023
 * @param last from {@code first} to 1,023
 */
public record WorkerRange(int first, int last) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,4})-(\\d{1,4})");

    /** @throws IllegalArgumentException if it is none */
    public WorkerRange {
        if (first < 0 || last < first || last >= Snowflake.WORKERS) {
            throw new IllegalArgumentException("Not workers: " + first + " to " + last);
        }
    }

    /**
     * Reads what {@link Setting#SNOWFLAKE_WORKERS} says.
     *
     * @throws InvalidSettingException if it is no range
     */
    public static WorkerRange parse(String text) {
        Matcher range = TEXT.matcher(text);
        if (!range.matches()) {
            throw new InvalidSettingException(Setting.SNOWFLAKE_WORKERS, "is no range such as 0-511");
        }
        try {
            return new WorkerRange(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(Setting.SNOWFLAKE_WORKERS, "is not within 0-1023", e);
        }
    }

    int count() {
        return last - first + 1;
    }
}
