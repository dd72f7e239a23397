package dev.parley.local.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.catalog.AlertRule;
import dev.parley.catalog.Alerts;
import dev.parley.catalog.MissingData;
import dev.parley.local.alert.AlertState.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every alert of the table fires and clears when the table says. */
class AlertStateTest {

    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    private static final OptionalDouble NOTHING = OptionalDouble.empty();

    static List<AlertRule> rules() {
        return Alerts.all();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void firesWithTheLastMinuteThatItHoldsAndNotOneBefore(AlertRule rule) {
        // Given
        AlertState state = AlertState.unknown(START);

        for (int minute = 1; minute < rule.periods(); minute++) {
            // When
            state = state.next(rule, wrong(rule), at(minute));
            // Then
            assertThat(state.status()).as("minute " + minute).isNotEqualTo(Status.ALARM);
        }
        state = state.next(rule, wrong(rule), at(rule.periods()));
        assertThat(state.status()).isEqualTo(Status.ALARM);
        assertThat(state.since()).isEqualTo(at(rule.periods()));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void clearsWithTheFirstMinuteThatIsFine(AlertRule rule) {
        // Given
        AlertState state = firing(rule);
        state = state.next(rule, wrong(rule), at(20));
        assertThat(state.since()).as("still the same alarm").isEqualTo(at(rule.periods()));

        // When
        state = state.next(rule, fine(rule), at(21));

        // Then
        assertThat(state.status()).isEqualTo(Status.OK);
        assertThat(state.since()).isEqualTo(at(21));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aMinuteThatIsFineBeginsTheTimeAnew(AlertRule rule) {
        // Given
        AlertState state = AlertState.unknown(START);
        for (int minute = 1; minute < rule.periods(); minute++) {
            state = state.next(rule, wrong(rule), at(minute));
        }
        state = state.next(rule, fine(rule), at(rule.periods()));

        // When
        for (int minute = 1; minute < rule.periods(); minute++) {
            state = state.next(rule, wrong(rule), at(rule.periods() + minute));
        }

        // Then
        assertThat(state.status()).isEqualTo(Status.OK);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theThresholdItselfIsFine(AlertRule rule) {
        AlertState state = AlertState.unknown(START);
        for (int minute = 1; minute <= 2 * rule.periods(); minute++) {
            state = state.next(rule, OptionalDouble.of(rule.threshold()), at(minute));
        }
        assertThat(state.status()).isEqualTo(Status.OK);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void minutesWithoutANumberAreWhatTheTableSays(AlertRule rule) {
        // Given
        AlertState before = AlertState.unknown(START);
        AlertState alarm = firing(rule);

        // When
        for (int minute = 1; minute <= rule.periods(); minute++) {
            before = before.next(rule, NOTHING, at(20 + minute));
            alarm = alarm.next(rule, NOTHING, at(20 + minute));
        }

        // Then
        assertThat(List.of(before.status(), alarm.status()))
                .isEqualTo(
                        switch (rule.missing()) {
                            case FINE -> List.of(Status.OK, Status.OK);
                            case BAD -> List.of(Status.ALARM, Status.ALARM);
                            case UNKNOWN -> List.of(Status.INSUFFICIENT_DATA, Status.ALARM);
                        });
    }

    @ParameterizedTest
    @MethodSource("rules")
    void agreesWithALookAtAllMinutesForAnySeries(AlertRule rule) {
        for (long seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<OptionalDouble> series = new ArrayList<>();
            AlertState state = AlertState.unknown(START);
            for (int minute = 1; minute <= 60; minute++) {
                int kind = random.nextInt(10);
                OptionalDouble value = kind < 7 ? wrong(rule) : kind < 8 ? fine(rule) : NOTHING;
                series.add(value);
                state = state.next(rule, value, at(minute));
                assertThat(state.status())
                        .as("seed " + seed + ", minute " + minute)
                        .isEqualTo(naive(rule, series));
            }
        }
    }

    /** The table's words, without a memory: the minutes that count, and whether the last of them are all wrong. */
    private static Status naive(AlertRule rule, List<OptionalDouble> series) {
        List<Boolean> counted = new ArrayList<>();
        for (OptionalDouble value : series) {
            if (value.isPresent()) {
                double number = value.getAsDouble();
                counted.add(
                        rule.comparison() == AlertRule.Comparison.ABOVE
                                ? number > rule.threshold()
                                : number < rule.threshold());
            } else if (rule.missing() != MissingData.UNKNOWN) {
                counted.add(rule.missing() == MissingData.BAD);
            }
        }
        int periods = (int) rule.holds().toMinutes();
        if (counted.size() >= periods
                && counted.subList(counted.size() - periods, counted.size()).stream()
                        .allMatch(wrong -> wrong)) {
            return Status.ALARM;
        }
        boolean known = counted.contains(false) || (rule.missing() == MissingData.FINE && !counted.isEmpty());
        return known ? Status.OK : Status.INSUFFICIENT_DATA;
    }

    private static AlertState firing(AlertRule rule) {
        AlertState state = AlertState.unknown(START);
        for (int minute = 1; minute <= rule.periods(); minute++) {
            state = state.next(rule, wrong(rule), at(minute));
        }
        return state;
    }

    private static OptionalDouble wrong(AlertRule rule) {
        return OptionalDouble.of(rule.threshold() + (rule.comparison() == AlertRule.Comparison.ABOVE ? 0.01 : -0.01));
    }

    private static OptionalDouble fine(AlertRule rule) {
        return OptionalDouble.of(rule.threshold() + (rule.comparison() == AlertRule.Comparison.ABOVE ? -0.01 : 0.01));
    }

    private static Instant at(int minute) {
        return START.plusSeconds(60L * minute);
    }
}
