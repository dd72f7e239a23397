package dev.parley.local.bench;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How often each thing that is counted has happened. One thread at a time. */
final class Counts {

    private final SortedMap<Count, Double> times = new TreeMap<>();

    void add(Count count, double more) {
        times.merge(count, more, Double::sum);
    }

    void addAll(Counts others) {
        others.times.forEach(this::add);
    }

    SortedMap<Count, Double> times() {
        return times;
    }

    double of(Count count) {
        return times.getOrDefault(count, 0.0);
    }

    /** All of a kind. */
    double of(Count.Kind kind) {
        return times.entrySet().stream()
                .filter(entry -> entry.getKey().kind() == kind)
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** All of a kind that one has done. */
    double of(Count.Kind kind, String who) {
        return times.entrySet().stream()
                .filter(entry ->
                        entry.getKey().kind() == kind && entry.getKey().who().equals(who))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** What came after an earlier moment. */
    Counts since(Counts earlier) {
        Counts more = new Counts();
        times.forEach((count, now) -> {
            double grown = now - earlier.of(count);
            if (grown != 0) {
                more.add(count, grown);
            }
        });
        return more;
    }

    /** Without what comes by itself in so long a time; never less than nothing. */
    Counts without(Counts others, double share) {
        Counts rest = new Counts();
        times.forEach((count, all) -> {
            double own = Math.max(0, all - others.of(count) * share);
            if (own > 0) {
                rest.add(count, own);
            }
        });
        return rest;
    }

    /** Without what some do. */
    Counts withoutThose(Collection<String> some) {
        Counts rest = new Counts();
        times.forEach((count, all) -> {
            if (!some.contains(count.who()) && !some.contains(count.name())) {
                rest.add(count, all);
            }
        });
        return rest;
    }

    /** For each of so many. */
    Counts each(double number) {
        Counts each = new Counts();
        times.forEach((count, all) -> each.add(count, all / number));
        return each;
    }
}
