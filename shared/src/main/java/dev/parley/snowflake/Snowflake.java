package dev.parley.snowflake;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An id: 42 bits of milliseconds since 2015, 10 bits of worker, 12 bits of increment (Discord documentation,
 * "Snowflakes"). In JSON it is a string, since JavaScript cannot hold 64 bits in a number.
 *
 * @param value the 64 bits; never negative
 */
public record Snowflake(long value) implements Comparable<Snowflake> {

    /** Discord's epoch, the first second of 2015, in milliseconds since 1970. */
    public static final long EPOCH_MILLIS = 1_420_070_400_000L;

    /** The workers that can be told apart: Discord's 5 bits of worker and 5 of process. */
    public static final int WORKERS = 1024;

    static final int TIMESTAMP_SHIFT = 22;
    static final int WORKER_SHIFT = 12;
    static final int MAX_INCREMENT = 0xFFF;

    public Snowflake {
        if (value < 0) {
            throw new IllegalArgumentException("A snowflake is not negative: " + value);
        }
    }

    /** An id as a client would write it, or null when the text is none: 1 to 19 digits, below 2^63. */
    public static @Nullable Snowflake parseOrNull(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 19) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
        }
        try {
            return new Snowflake(Long.parseLong(text));
        } catch (NumberFormatException overflow) {
            return null;
        }
    }

    /**
     * Parses an id.
     *
     * @throws IllegalArgumentException if the text is no id
     */
    @JsonCreator
    public static Snowflake parse(String text) {
        Snowflake parsed = parseOrNull(text);
        if (parsed == null) {
            throw new IllegalArgumentException("Not a snowflake");
        }
        return parsed;
    }

    /** When the id was made, to the millisecond. */
    public Instant timestamp() {
        return Instant.ofEpochMilli((value >>> TIMESTAMP_SHIFT) + EPOCH_MILLIS);
    }

    /** An id of that much earlier; 0 when there was none. */
    public Snowflake earlier(Duration time) {
        return new Snowflake(Math.max(0, value - (time.toMillis() << TIMESTAMP_SHIFT)));
    }

    /** The worker that made the id, 0 to 1,023. */
    public int worker() {
        return (int) (value >>> WORKER_SHIFT) & (WORKERS - 1);
    }

    @Override
    public int compareTo(Snowflake other) {
        return Long.compare(value, other.value);
    }

    @JsonValue
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
