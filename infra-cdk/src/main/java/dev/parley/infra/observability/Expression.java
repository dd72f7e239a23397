package dev.parley.infra.observability;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;

/**
 * CloudWatch metric math (CloudWatch user guide, "Using math expressions with CloudWatch metrics").
 *
 * <p>{@code FILL} is left out wherever it can be. Where the newest minute comes late it would be filled, and an alarm that wants
 * five minutes in a row would never see five (same page, on {@code FILL} in alarms). A minute without a number is judged by the
 * alarm's missing-data treatment instead. {@code SUM} and {@code MAX} of several series skip those that have no number, while
 * {@code a + b} has none when either is missing.
 *
 * @param formula what is computed
 * @param metrics what the names in the formula stand for; names are unique in all of an alarm or a graph, expressions inside
 *     included
 */
record Expression(String formula, Map<String, IMetric> metrics) {

    /** Metrics that an alarm's formula may have (CloudWatch user guide, "CloudWatch service quotas"). */
    static final int MOST_METRICS = 10;

    private static final Duration MINUTE = Duration.minutes(1);

    /**
     * The largest of several, in every period.
     *
     * @param prefix what the names begin with
     */
    static Expression largest(String prefix, List<? extends IMetric> parts) {
        return joined("MAX", prefix, parts);
    }

    /**
     * All of several together, in every period.
     *
     * @param prefix what the names begin with
     */
    static Expression total(String prefix, List<? extends IMetric> parts) {
        return joined("SUM", prefix, parts);
    }

    /**
     * The percentage that one metric is of another, and 0 where the whole is too small for a percentage to mean anything: of
     * three requests one is 33 %.
     *
     * @param prefix what the names begin with
     * @param least the smallest whole that counts, in a period
     */
    static Expression percent(String prefix, IMetric part, IMetric whole, int least) {
        String named = prefix + "part";
        String all = prefix + "whole";
        return new Expression(
                "IF(" + all + " >= " + least + ", 100 * " + named + " / " + all + ", 0)",
                Map.of(named, part, all, whole));
    }

    /**
     * The percentage of what was asked for that was refused, and 0 where little was asked for. Where all is refused there may be
     * no number of what was accepted.
     *
     * @param prefix what the names begin with
     * @param least the smallest number asked for that counts, in a period
     */
    static Expression refused(String prefix, IMetric refused, IMetric accepted, int least) {
        String no = prefix + "refused";
        String yes = prefix + "accepted";
        String asked = "SUM([" + no + ", " + yes + "])";
        return new Expression(
                "IF(" + asked + " >= " + least + ", 100 * " + no + " / " + asked + ", 0)",
                Map.of(no, refused, yes, accepted));
    }

    /**
     * The change of a metric from one period to the next in percent, and 0 where there was too little before.
     *
     * @param least the smallest number before that counts
     */
    static Expression change(IMetric now, int least) {
        return new Expression(
                "IF(now - DIFF(now) >= " + least + ", 100 * DIFF(now) / (now - DIFF(now)), 0)", Map.of("now", now));
    }

    /** As CloudWatch takes it, with a period of a minute. */
    MathExpression everyMinute() {
        return every(MINUTE);
    }

    /**
     * As CloudWatch takes it.
     *
     * @param period the period of all metrics in it
     */
    MathExpression every(Duration period) {
        return MathExpression.Builder.create()
                .expression(formula)
                .usingMetrics(metrics)
                .period(period)
                .build();
    }

    private static Expression joined(String function, String prefix, List<? extends IMetric> parts) {
        Map<String, IMetric> metrics = IntStream.rangeClosed(1, parts.size())
                .boxed()
                .collect(Collectors.toMap(
                        index -> prefix.toLowerCase(Locale.ROOT) + index,
                        index -> parts.get(index - 1),
                        (first, second) -> first,
                        LinkedHashMap::new));
        return new Expression(function + "([" + String.join(", ", metrics.keySet()) + "])", metrics);
    }
}
