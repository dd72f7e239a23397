package dev.parley.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Values from 0 to about 4,000,000, in buckets that are exact below 32 and at most 3 % wide above; greater values count as
 * the greatest. Up to 100 values are given as they are, which is as many as one metric of a line may have (Amazon CloudWatch
 * user guide, "Specification: Embedded metric format"); more than that as 100 evenly spaced quantiles of them, least and
 * greatest included. So percentiles are right within a line, and the count of values is not one of deliveries.
 */
final class Spread implements Aggregate {

    /** Values of one metric in a line. */
    static final int MOST = 100;

    private static final int PRECISION_BITS = 5;
    private static final int STEPS = 1 << PRECISION_BITS;
    private static final int DOUBLINGS = 17;
    private static final int BUCKETS = STEPS * (DOUBLINGS + 1);

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

    @Override
    public void add(double value) {
        counts.incrementAndGet(bucket((long) value));
    }

    @Override
    public List<Double> take() {
        long[] taken = new long[BUCKETS];
        long all = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            if (counts.get(bucket) != 0) {
                taken[bucket] = counts.getAndSet(bucket, 0);
                all += taken[bucket];
            }
        }
        int size = (int) Math.min(all, MOST);
        List<Double> values = new ArrayList<>(size);
        int bucket = -1;
        long reached = 0;
        for (int i = 0; i < size; i++) {
            // The rank of the i-th of so many evenly spaced values; with no more than there may be, each in its turn.
            long rank = size == 1 ? 0 : Math.round((double) i * (all - 1) / (size - 1));
            while (reached <= rank) {
                bucket++;
                reached += taken[bucket];
            }
            values.add((double) value(bucket));
        }
        return values;
    }

    private static int bucket(long value) {
        if (value < STEPS) {
            return (int) Math.max(0, value);
        }
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
        int doubling = exponent - PRECISION_BITS;
        if (doubling >= DOUBLINGS) {
            return BUCKETS - 1;
        }
        int step = (int) (value >>> doubling) - STEPS;
        return STEPS * (doubling + 1) + step;
    }

    /** The least value of a bucket. */
    private static long value(int bucket) {
        if (bucket < STEPS) {
            return bucket;
        }
        int doubling = bucket / STEPS - 1;
        return (long) (STEPS + bucket % STEPS) << doubling;
    }
}
