package dev.parley.local.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.catalog.AlertRule;
import dev.parley.catalog.Alerts;
import dev.parley.local.alert.AlertState.Status;
import dev.parley.local.apigateway.MovableClock;
import dev.parley.protocol.Json;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is measured becomes signals, and signals alerts. */
class AlertBoardTest {

    private final Map<Measure, Double> now = new EnumMap<>(Measure.class);
    private final MovableClock clock = new MovableClock();
    private final AlertBoard board = new AlertBoard(Alerts.all(), List.of(into -> into.putAll(now)), clock);

    @Test
    void nothingIsKnownBeforeTheFirstMinuteIsOver() {
        minutes(0);
        assertThat(Alerts.all())
                .allSatisfy(rule -> assertThat(board.state(rule).status()).isEqualTo(Status.INSUFFICIENT_DATA));
    }

    @Test
    void errorsAmongTheRequestsOfEachMinuteFireAfterFive() {
        // Given
        AlertRule rule = rule("HighErrorRate-Api-Critical");

        for (int sample = 0; sample <= 20; sample++) {
            assertThat(board.state(rule).status()).as("sample " + sample).isNotEqualTo(Status.ALARM);
            // When
            now.put(Measure.REQUESTS, 100.0 * sample);
            now.put(Measure.REQUESTS_FAILED, 6.0 * sample);
            sample();
        }

        // Then
        assertThat(board.state(rule).status()).isEqualTo(Status.ALARM);
        assertThat(board.state(rule).value().orElseThrow()).isEqualTo(6.0);
        assertThat(board.state(rule("ErrorRate-Api-Warning")).status()).isEqualTo(Status.ALARM);
    }

    @Test
    void connectionsThatFallByMoreThanThreeInTenFireAfterTwoMinutes() {
        // Given
        AlertRule rule = rule("WebSocketConnectionsDrop-Gateway-Critical");
        now.put(Measure.CONNECTIONS, 1000.0);
        minutes(6);

        // When
        now.put(Measure.CONNECTIONS, 690.0);
        minutes(1);
        Status afterOne = board.state(rule).status();
        minutes(1);

        // Then
        assertThat(afterOne).isEqualTo(Status.OK);
        assertThat(board.state(rule).status()).isEqualTo(Status.ALARM);

        // When: the loss is five minutes old
        minutes(4);

        // Then
        assertThat(board.state(rule).status()).isEqualTo(Status.OK);
    }

    @Test
    void halfOfTheRequestsMissingForFiveMinutesIsADrop() {
        // Given
        AlertRule rule = rule("RequestRateDrop-Api-Critical");
        double requests = 0;
        for (int sample = 0; sample <= 40; sample++) {
            requests += 100;
            now.put(Measure.REQUESTS, requests);
            sample();
        }
        assertThat(board.state(rule).value().orElseThrow()).isEqualTo(0.0);

        // When: no request comes any more
        minutes(2);
        assertThat(board.state(rule).value().orElseThrow()).isEqualTo(-40.0);
        minutes(4);
        Status afterSix = board.state(rule).status();
        minutes(1);

        // Then: past half from the third minute on, so for five with the seventh
        assertThat(afterSix).isEqualTo(Status.OK);
        assertThat(board.state(rule).status()).isEqualTo(Status.ALARM);
    }

    @Test
    void latencyIsTheLastMinutesAndInterpolated() {
        // Given: 98 requests of up to 5 ms a minute, and 2 of 250 to 500 ms
        AlertRule rule = rule("P99Latency-Api-Warning");
        for (int sample = 0; sample <= 20; sample++) {
            now.put(Measure.LATENCY_5, 24.5 * sample);
            now.put(Measure.LATENCY_500, 0.5 * sample);
            sample();
        }

        // Then
        assertThat(board.state(rule).value().orElseThrow()).isEqualTo(375.0);
        assertThat(board.state(rule).status()).isEqualTo(Status.ALARM);
        assertThat(board.state(rule("P99Latency-Api-Critical")).status()).isEqualTo(Status.OK);
    }

    @Test
    void healthThatCannotBeMeasuredIsAnAlarm() {
        // Given
        AlertRule rule = rule("Health-Api-Critical");
        now.put(Measure.HEALTHY, 1.0);
        minutes(2);
        assertThat(board.state(rule).status()).isEqualTo(Status.OK);

        // When
        now.remove(Measure.HEALTHY);
        minutes(2);

        // Then
        assertThat(board.state(rule).status()).isEqualTo(Status.ALARM);
    }

    @Test
    void thePageShowsEveryAlertAndWhatIsNotMeasured() {
        // Given
        now.put(Measure.OUTBOX_AGE, 61.234);
        minutes(5);

        // When
        JsonNode page = Json.parse(board.answer("GET", new byte[0]).json());

        // Then
        assertThat(page.path("alerts")).hasSize(Alerts.all().size());
        JsonNode outbox = alert(page, "OutboxAge-Fanout-Warning");
        assertThat(outbox.path("state").asText()).isEqualTo("ALARM");
        assertThat(outbox.path("value").asDouble()).isEqualTo(61.23);
        assertThat(outbox.path("threshold").asInt()).isEqualTo(60);
        assertThat(outbox.path("since").asText())
                .isEqualTo(page.path("evaluated").asText());
        JsonNode lag = alert(page, "ReplicationLag-Database-Critical");
        assertThat(lag.path("value").isNull()).isTrue();
        assertThat(lag.path("not_measured").asText()).isEqualTo("this PostgreSQL has no replica");
    }

    private static JsonNode alert(JsonNode page, String id) {
        for (JsonNode alert : page.path("alerts")) {
            if (alert.path("id").asText().equals(id)) {
                return alert;
            }
        }
        throw new AssertionError("No " + id);
    }

    private static AlertRule rule(String id) {
        return Alerts.all().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Samples up to the end of so many minutes from now; the first call begins with the sample before all minutes. */
    private void minutes(int count) {
        if (!begun) {
            sample();
        }
        for (int i = 0; i < 4 * count; i++) {
            sample();
        }
    }

    private boolean begun;

    private void sample() {
        begun = true;
        clock.advance(Duration.ofSeconds(15));
        board.sample();
    }
}
