package dev.parley.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Short runs of the recovery drills; {@code ./parley drill restore}, {@code failover} and {@code redis} are the full ones. */
class RecoveryDrillTest {

    private static final long SEED = 20_260_101;

    @Test
    @Tag("nightly")
    void aLostDatabaseComesBackWithinItsObjectivesAndToAnyMoment() throws Exception {
        // Given
        RestoreRun.Options options = new RestoreRun.Options(SEED, 12, 20, 1);

        // When
        DrillResult result = new RestoreRun(options, line -> {}).run();

        // Then
        assertThat(result.passed()).as(result.toString()).isTrue();
        assertThat(result.report().json().path("acknowledged").asInt()).isPositive();
        assertThat(result.report().json().path("moment_rows").asInt()).isPositive();
    }

    @Test
    void noAcknowledgedRowIsLostWhenASynchronousReplicaTakesOver() throws Exception {
        // Given
        FailoverRun.Options options = new FailoverRun.Options(SEED, 8, 20, true, 2);

        // When
        DrillResult result = new FailoverRun(options, line -> {}).run();

        // Then
        assertThat(result.passed()).as(result.toString()).isTrue();
        assertThat(result.report().json().path("acknowledged").asInt()).isPositive();
        assertThat(result.report().json().path("lost_rows").asInt()).isZero();
    }

    @Test
    @Tag("nightly")
    void whatAnAsynchronousReplicaDidNotGetIsCounted() throws Exception {
        // Given
        FailoverRun.Options options = new FailoverRun.Options(SEED, 8, 20, false, 3);

        // When
        DrillResult result = new FailoverRun(options, line -> {}).run();

        // Then
        assertThat(result.passed()).as(result.toString()).isTrue();
        assertThat(result.report().json().path("lost_rows").asInt()).isPositive();
    }

    @Test
    @Tag("nightly")
    void everyClientTalksAgainAfterTheLossOfTheCacheAndNothingAnsweredIsGone() throws Exception {
        // Given
        RedisRun.Options options = new RedisRun.Options(SEED, 20, 2, 10, 10);

        // When
        DrillResult result = new RedisRun(options, line -> {}).run();

        // Then
        assertThat(result.passed()).as(result.toString()).isTrue();
        assertThat(result.report().json().path("invalid_sessions").asInt()).isPositive();
    }
}
