package dev.parley.ratelimit;

import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rate limits in force: the table of {@link Limit} with the changes of {@code PARLEY_LIMITS}. Immutable. */
public final class LimitTable {

    private static final Pattern CHANGE = Pattern.compile("\\s*([A-Z_]+)=(\\d{1,6})/(\\d{1,6})s\\s*");

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
                Matcher parts = CHANGE.matcher(change);
                if (!parts.matches()) {
                    throw new IllegalArgumentException(
                            Setting.LIMITS.variable() + ": \"" + change.strip() + "\" is not NAME=TOKENS/SECONDSs");
                }
                int capacity = Integer.parseInt(parts.group(2));
                long seconds = Long.parseLong(parts.group(3));
                if (capacity == 0 || seconds == 0) {
                    throw new IllegalArgumentException(
                            Setting.LIMITS.variable() + ": \"" + change.strip() + "\" has a zero");
                }
                buckets.put(Limit.valueOf(parts.group(1)), new Bucket(capacity, Duration.ofSeconds(seconds)));
            }
        }
        return new LimitTable(buckets);
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
