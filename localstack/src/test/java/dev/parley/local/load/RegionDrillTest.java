package dev.parley.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Short runs of {@code ./parley drill region}, with a replica in the second Region. */
class RegionDrillTest {

    private static final long SEED = 20_260_101;
    private static final int CLIENTS = 4;

    @Test
    @Tag("nightly")
    void usersOfALostHomeTalkAgainInTheOtherRegionAndNothingIsLostThatTheReplicaHad() throws Exception {
        // Given
        RegionRun.Options options = new RegionRun.Options(SEED, LostRegion.HOME, 10, 15, 20, 0);

        // When
        DrillResult result = new RegionRun(options, line -> {}).run();

        // Then
        JsonNode report = result.report().json();
        assertThat(result.passed()).as(result.toString()).isTrue();
        assertThat(report.path("acknowledged").asInt()).isPositive();
        assertThat(report.path("identified").asInt()).isEqualTo(10);
        assertThat(report.path("resumed").asInt()).isEqualTo(10);
        assertThat(report.path("copied_seconds").asDouble()).isBetween(0.0, 15.0);
    }

    @Test
    @Tag("nightly")
    void whatTheReplicaOfALostHomeDidNotGetIsCounted() throws Exception {
        // Given
        RegionRun.Options options = new RegionRun.Options(SEED, LostRegion.HOME, 10, 15, 20, 3);

        // When
        DrillResult result = new RegionRun(options, line -> {}).run();

        // Then
        JsonNode report = result.report().json();
        assertThat(result.passed()).as(result.toString()).isTrue();
        assertThat(report.path("lost_rows").asInt()).isPositive();
        assertThat(report.path("rpo_seconds").asDouble()).isBetween(1.0, 6.0);
    }

    @Test
    void theLossOfTheSecondRegionCostsNothingAndTheHomeDoesNotNoticeIt() throws Exception {
        // Given
        RegionRun.Options options = new RegionRun.Options(SEED, LostRegion.SECOND, CLIENTS, 4, 20, 0);

        // When
        DrillResult result = new RegionRun(options, line -> {}).run();

        // Then
        JsonNode report = result.report().json();
        assertThat(result.passed()).as(result.toString()).isTrue();
        assertThat(report.path("lost_rows").asInt()).isZero();
        assertThat(report.path("identified").asInt()).isEqualTo(CLIENTS);
        assertThat(report.path("undisturbed").asInt()).isEqualTo(CLIENTS);
        assertThat(report.path("unheard").asInt()).isZero();
    }
}
