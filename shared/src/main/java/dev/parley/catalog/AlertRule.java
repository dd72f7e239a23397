package dev.parley.catalog;

import java.time.Duration;
import java.util.Locale;

/**
 * One alert: it fires once its signal has been past the threshold for all of a time, and clears with the first minute that it
 * is not.
 *
 * @param name what is wrong, in CamelCase; the same for all severities and services of a row
 * @param service whose signal it is
 * @param severity how bad it is
 * @param signal what is compared
 * @param comparison on which side of the threshold it is wrong; the threshold itself is fine
 * @param threshold in the signal's unit
 * @param holds for how long it has to be wrong, in whole periods
 * @param missing what minutes without a number mean
 */
public record AlertRule(
        String name,
        Service service,
        Severity severity,
        Signal signal,
        Comparison comparison,
        double threshold,
        Duration holds,
        MissingData missing) {

    /** The time that one number stands for; CloudWatch's standard resolution. */
    public static final Duration PERIOD = Duration.ofMinutes(1);

    /** On which side of the threshold something is wrong. */
    public enum Comparison {
        ABOVE,
        BELOW
    }

    /**
     * Checks the duration.
     *
     * @throws IllegalArgumentException if it is not a whole number of periods, 1 at least
     */
    public AlertRule {
        if (holds.compareTo(PERIOD) < 0 || holds.toMillis() % PERIOD.toMillis() != 0) {
            throw new IllegalArgumentException(name + " holds for whole periods of " + PERIOD + ", not " + holds);
        }
    }

    /** Its name in a deployment, for example {@code CpuUsage-Database-Warning}; unique in the table. */
    public String id() {
        return name + "-" + service.title() + "-" + severity.title();
    }

    /** The name of its page in {@code docs/runbooks}, which the severities and services of a row share: {@code cpu-usage}. */
    public String runbook() {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** How many periods in a row have to be wrong. */
    public int periods() {
        return Math.toIntExact(holds.dividedBy(PERIOD));
    }

    /** Whether a number is past the threshold. */
    public boolean breaches(double value) {
        return comparison == Comparison.ABOVE ? value > threshold : value < threshold;
    }
}
