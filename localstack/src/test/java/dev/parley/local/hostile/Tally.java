package dev.parley.local.hostile;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts of a hostile run, and what went wrong in it. Thread-safe. */
final class Tally {

    private static final int CLASSES = 6;
    private static final int FAILURES_SHOWN = 30;

    private final Map<String, AtomicLongArray> requests = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> others = new ConcurrentSkipListMap<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

    void answered(String area, int status) {
        requests.computeIfAbsent(area, name -> new AtomicLongArray(CLASSES))
                .incrementAndGet(Math.clamp(status / 100, 0, CLASSES - 1));
    }

    void add(String what, long count) {
        others.computeIfAbsent(what, name -> new LongAdder()).add(count);
    }

    void fail(String what) {
        failures.add(what);
    }

    /** What went wrong since this was asked last; the first of each kind, where there is much. */
    List<String> failures() {
        Map<String, String> firsts = new TreeMap<>();
        for (String failure = failures.poll(); failure != null; failure = failures.poll()) {
            firsts.putIfAbsent(failure.lines().findFirst().orElse(""), failure);
        }
        return firsts.values().stream().limit(FAILURES_SHOWN).toList();
    }

    /** All counts as one table. */
    String table() {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%n%-28s%8s%8s%8s%8s%8s%n", "area", "2xx", "3xx", "4xx", "5xx", "none"));
        long[] sums = new long[CLASSES];
        requests.forEach((area, counts) -> {
            text.append(row(area, counts.get(2), counts.get(3), counts.get(4), counts.get(5), counts.get(0)));
            for (int i = 0; i < CLASSES; i++) {
                sums[i] += counts.get(i);
            }
        });
        text.append(row("all", sums[2], sums[3], sums[4], sums[5], sums[0]));
        others.forEach((what, count) -> text.append(String.format(Locale.ROOT, "%-28s%8d%n", what, count.sum())));
        return text.toString();
    }

    private static String row(String name, long ok, long moved, long refused, long failed, long none) {
        return String.format(Locale.ROOT, "%-28s%8d%8d%8d%8d%8d%n", name, ok, moved, refused, failed, none);
    }
}
