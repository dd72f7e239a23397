package dev.parley.infra.observability;

import dev.parley.catalog.AlertRule;
import dev.parley.catalog.Signal;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;

/**
 * The time that an alarm looks at.
 *
 * <p>A rule that compares five minutes with the five before has an alarm with periods of five minutes, since CloudWatch compares
 * neighbouring periods only. There a rule's duration is rounded up to whole periods: what has changed between two of them has
 * lasted for most of one.
 *
 * @param period the time that one number stands for
 * @param periods how many of them in a row have to be past the threshold
 */
record AlarmTiming(Duration period, int periods) {

    /** What is compared with the same time before it. */
    static final Duration COMPARED = Duration.minutes(5);

    /** A metric with the period that is compared. */
    static Metric compared(Metric metric) {
        return metric.with(MetricOptions.builder().period(COMPARED).build());
    }

    /** The timing of a rule's alarms. */
    static AlarmTiming of(AlertRule rule) {
        if (rule.signal() == Signal.REQUEST_RATE_CHANGE || rule.signal() == Signal.CONNECTIONS_CHANGE) {
            double minutes = COMPARED.toMinutes().doubleValue();
            return new AlarmTiming(COMPARED, (int) Math.ceil(rule.holds().toMinutes() / minutes));
        }
        return new AlarmTiming(Duration.seconds(AlertRule.PERIOD.toSeconds()), rule.periods());
    }
}
