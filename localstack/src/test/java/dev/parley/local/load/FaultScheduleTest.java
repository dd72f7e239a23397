package dev.parley.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {

    @Test
    void theSameSeedGivesTheSameFaults() {
        FaultSchedule one = new FaultSchedule(7, 180);
        FaultSchedule other = new FaultSchedule(7, 180);

        IntStream.range(0, 180).forEach(second -> assertThat(one.at(second)).isEqualTo(other.at(second)));
    }

    @Test
    void everyKindComesSeveralTimesInThreeMinutes() {
        LongStream.range(0, 50).forEach(seed -> {
            Map<FaultKind, Integer> counts = counts(new FaultSchedule(seed, 180), 180);
            assertThat(counts).as("seed %d", seed).containsOnlyKeys(FaultKind.values());
            assertThat(counts.values()).as("seed %d", seed).allMatch(count -> count >= 2);
            assertThat(counts.get(FaultKind.REDIS_STOP)).isEqualTo(3);
            assertThat(counts.get(FaultKind.POSTGRES_RESTART)).isEqualTo(3);
        });
    }

    @Test
    void aShortRunHasBothOutagesToo() {
        LongStream.range(0, 50)
                .forEach(seed -> assertThat(counts(new FaultSchedule(seed, 30), 30))
                        .as("seed %d", seed)
                        .containsKeys(FaultKind.REDIS_STOP, FaultKind.POSTGRES_RESTART));
    }

    @Test
    void betweenTwoOutagesThereIsTimeToRecover() {
        LongStream.range(0, 50).forEach(seed -> {
            FaultSchedule schedule = new FaultSchedule(seed, 180);
            int[] outages = IntStream.range(0, 180)
                    .filter(second -> schedule.at(second) == FaultKind.REDIS_STOP
                            || schedule.at(second) == FaultKind.POSTGRES_RESTART)
                    .toArray();
            for (int i = 1; i < outages.length; i++) {
                assertThat(outages[i] - outages[i - 1]).as("seed %d", seed).isGreaterThan(15);
            }
        });
    }

    private static Map<FaultKind, Integer> counts(FaultSchedule schedule, int seconds) {
        Map<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);
        IntStream.range(0, seconds).forEach(second -> counts.merge(schedule.at(second), 1, Integer::sum));
        return counts;
    }
}
