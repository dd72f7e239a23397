package dev.parley.infra.observability;

import java.util.List;
import java.util.stream.IntStream;

/** Lists cut into parts that are small enough. */
final class Parts {

    private Parts() {}

    /** The parts, in order; each but the last one has as many elements as it may have. */
    static <T> List<List<T>> of(List<T> all, int most) {
        return IntStream.iterate(0, start -> start < all.size(), start -> start + most)
                .mapToObj(start -> all.subList(start, Math.min(all.size(), start + most)))
                .toList();
    }
}
