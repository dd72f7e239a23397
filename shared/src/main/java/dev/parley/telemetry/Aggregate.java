package dev.parley.telemetry;

import dev.parley.catalog.MetricSpec;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What was recorded of one metric since somebody took it. Thread-safe, without a lock. */
sealed interface Aggregate permits Aggregate.Total, Aggregate.Latest, Spread {

    void add(double value);

    /** What a line says of it, and nothing is left of it then; empty if there is nothing. */
    List<Double> take();

    static Aggregate of(MetricSpec.Kind kind) {
        return switch (kind) {
            case COUNT -> new Total();
            case GAUGE -> new Latest();
            case DISTRIBUTION -> new Spread();
        };
    }

    /** A sum of whole numbers. */
    final class Total implements Aggregate {

        private final AtomicLong sum = new AtomicLong();

        @Override
        public void add(double value) {
            sum.addAndGet((long) value);
        }

        @Override
        public List<Double> take() {
            long taken = sum.getAndSet(0);
            return taken == 0 ? List.of() : List.of((double) taken);
        }
    }

    /** The last value. */
    final class Latest implements Aggregate {

        private final AtomicReference<@Nullable Double> last = new AtomicReference<>();

        @Override
        public void add(double value) {
            last.set(value);
        }

        @Override
        public List<Double> take() {
            Double taken = last.getAndSet(null);
            return taken == null ? List.of() : List.of(taken);
        }
    }
}
