package dev.parley.ratelimit;

import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rate limits in force: the table of {@link Limit} with the changes of {@code PARLEY_LIMITS}. Immutable. */
public final class LimitTable {

    private static final Pattern CHANGE = Pattern.compile("([A-Z_]+)=(\\d+)/(\\d+)s");

    /** The largest number of tokens, and of seconds: eleven days, and more than anybody's traffic in one bucket. */
    private static final int MOST = 999_999;

    private final Map<Limit, Bucket> buckets;

    /**
     * The shape of a bucket.
     *
     * @param capacity tokens when full
     * @param period the time in which it fills
     */
    public record Bucket(int capacity, Duration period) {}

    private LimitTable(Map<Limit, Bucket> buckets) {
        this.buckets = buckets;
    }

    /**
     * The limits that the settings give.
     *
     * @throws IllegalArgumentException if a change names no limit or is written wrong
     */
    public static LimitTable from(Settings settings) {
        Map<Limit, Bucket> buckets = new EnumMap<>(Limit.class);
        for (Limit limit : Limit.values()) {
            buckets.put(limit, new Bucket(limit.capacity(), limit.period()));
        }
        String changes = settings.text(Setting.LIMITS);
        if (!changes.isBlank()) {
            for (String change : changes.split(",", -1)) {
                String text = change.strip();
                Matcher parts = CHANGE.matcher(text);
                if (!parts.matches()) {
                    throw refused(text, "is not NAME=TOKENS/SECONDSs, for example LOGIN=200/60s");
                }
                int capacity = number(text, parts.group(2));
                int seconds = number(text, parts.group(3));
                buckets.put(limit(text, parts.group(1)), new Bucket(capacity, Duration.ofSeconds(seconds)));
            }
        }
        return new LimitTable(buckets);
    }

    private static int number(String change, String digits) {
        // Longer ones may be no int.
        if (digits.length() > 9 || Integer.parseInt(digits) > MOST) {
            throw refused(change, "has a number that is too large: the largest is " + MOST);
        }
        int number = Integer.parseInt(digits);
        if (number == 0) {
            throw refused(change, "has a zero: tokens and seconds are 1 to " + MOST);
        }
        return number;
    }

    private static Limit limit(String change, String name) {
        return Arrays.stream(Limit.values())
                .filter(limit -> limit.name().equals(name))
                .findFirst()
                .orElseThrow(() -> refused(
                        change,
                        "names no limit; there are "
                                + Arrays.stream(Limit.values()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    private static IllegalArgumentException refused(String change, String why) {
        return new IllegalArgumentException(Setting.LIMITS.variable() + ": \"" + change + "\" " + why);
    }

    /** The bucket of a limit. */
    public Bucket bucket(Limit limit) {
        @Nullable Bucket bucket = buckets.get(limit);
        if (bucket == null) {
            throw new IllegalStateException("No bucket for " + limit);
        }
        return bucket;
    }
}
