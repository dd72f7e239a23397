package dev.parley.infra.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.infra.cost.Usage;
import dev.parley.infra.scale.PeakHour.Outcome;
import org.junit.jupiter.api.Test;

/** What is derived for a number of users is what comes out when their busiest hour is played. */
class PeakHourTest {

    private static final long SEED = 7;
    private static final double RATE = 10_000;
    private static final double BURST = 5_000;

    @Test
    void itsAverageIsTheOneThatIsDerived() {
        PeakLoad load = PeakLoad.of(Usage.of(100_000));

        Outcome hour = new PeakHour(load, SEED).play(RATE, BURST);

        assertThat(hour.requests() / 3_600).isCloseTo(load.apiRequests(), within(load.apiRequests() * 0.05));
        assertThat(hour.busiest()).isGreaterThan(load.apiRequests());
    }

    @Test
    void theWallIsWhereItIsDerived() {
        double wall = AwsQuota.API_REQUESTS.users(PeakLoad.of(Usage.of(10_000)));

        assertThat(refused(wall * 0.5)).isLessThan(0.01);
        assertThat(refused(wall * 2)).isCloseTo(0.5, within(0.05));
    }

    @Test
    void theSameSeedGivesTheSameHour() {
        PeakLoad load = PeakLoad.of(Usage.of(50_000));

        assertThat(new PeakHour(load, 3).play(RATE, BURST)).isEqualTo(new PeakHour(load, 3).play(RATE, BURST));
        assertThat(new PeakHour(load, 3).play(RATE, BURST)).isNotEqualTo(new PeakHour(load, 4).play(RATE, BURST));
    }

    @Test
    void nobodyIsRefusedWhereNobodyTalks() {
        PeakLoad silent = PeakLoad.of(Usage.of(1_000).withMessages(0));

        Outcome hour = new PeakHour(silent, SEED).play(RATE, BURST);

        assertThat(hour.refused()).isZero();
        assertThat(hour.requests()).isPositive();
    }

    @Test
    void connectionsComeBackAtTheRateOfNewOnes() {
        PeakLoad load = PeakLoad.of(Usage.of(1_000_000));

        assertThat(load.reconnectSeconds(500)).isEqualTo(load.connections() / 500);
    }

    private static double refused(double users) {
        return new PeakHour(PeakLoad.of(Usage.of(Math.round(users))), SEED)
                .play(RATE, BURST)
                .refusedShare();
    }
}
