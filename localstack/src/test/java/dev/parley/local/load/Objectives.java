package dev.parley.local.load;

import dev.parley.local.load.Violations.Kind;
import dev.parley.local.load.WriteLog.Acknowledged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a recovery has cost, against what it may cost (scaling guide, section 10.3).
 *
 * @param lost acknowledged rows that are gone
 * @param point how far before the loss the oldest of them was acknowledged; zero when none is gone
 * @param time from the loss to the first write that was acknowledged after it; null when there was none
 */
record Objectives(int lost, Duration point, Optional<Duration> time) {

    /** The recovery point objective: under 1 minute. */
    static final Duration POINT = Duration.ofMinutes(1);

    /** The recovery time objective: under 15 minutes. */
    static final Duration TIME = Duration.ofMinutes(15);

    static Objectives of(Instant loss, List<Acknowledged> lost, Optional<Instant> firstAfter) {
        Duration point = lost.stream()
                .map(Acknowledged::answered)
                .min(Instant::compareTo)
                .map(oldest -> Duration.between(oldest, loss))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
        return new Objectives(lost.size(), point, firstAfter.map(first -> Duration.between(loss, first)));
    }

    /** Prints both, and adds a violation for each that was missed. */
    void report(Report report, Violations violations) {
        report.section("objectives")
                .count("lost_rows", "acknowledged rows lost", lost)
                .number("rpo_seconds", "RPO (limit 60 s)", point.toMillis() / 1e3, "s")
                .number(
                        "rto_seconds",
                        "RTO (limit 900 s)",
                        time.map(Duration::toMillis).orElse(-1000L) / 1e3,
                        "s");
        if (point.compareTo(POINT) >= 0) {
            violations.add(Kind.OBJECTIVE_MISSED, String.format(Locale.ROOT, "RPO is %.1f s", point.toMillis() / 1e3));
        }
        if (time.isEmpty() || time.get().compareTo(TIME) >= 0) {
            violations.add(
                    Kind.OBJECTIVE_MISSED,
                    time.map(took -> "RTO is " + took.toSeconds() + " s").orElse("nothing was written after the loss"));
        }
    }
}
