package dev.parley.local.fault;

import java.time.Duration;

/** How often a fault comes. */
public sealed interface Extent {

    /** The most that {@link Next} counts. */
    int MAX_NEXT = 1_000_000;

    /** The longest that a {@link Rate} lasts. */
    Duration LONGEST = Duration.ofDays(1);

    /**
     * With the next events, one after the other.
     *
     * @param count 1 to 1,000,000
     */
    record Next(int count) implements Extent {
        public Next {
            if (count < 1 || count > MAX_NEXT) {
                throw new IllegalArgumentException("next is a whole number from 1 to " + MAX_NEXT);
            }
        }
    }

    /**
     * With a share of the events, each drawn by itself, for a time.
     *
     * @param share over 0 and up to 1
     * @param length over 0 and up to a day, on the cloud's clock
     */
    record Rate(double share, Duration length) implements Extent {
        public Rate {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("rate is a number over 0 and up to 1");
            }
            if (!length.isPositive() || length.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("seconds is a number over 0 and up to " + LONGEST.toSeconds());
            }
        }
    }

    /** With the next events. */
    static Extent next(int count) {
        return new Next(count);
    }

    /** With a share of the events, for a time. */
    static Extent rate(double share, Duration length) {
        return new Rate(share, length);
    }
}
