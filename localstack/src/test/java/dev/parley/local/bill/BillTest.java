package dev.parley.local.bill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.price.PriceList;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is metered, and what comes of it at the price list's prices. */
class BillTest {

    private static final int KILOBYTE = 1024;

    private long nanos;
    private final ConsumptionMeter meter = new ConsumptionMeter(() -> nanos);

    @Test
    void aMessageIsBilledForEach32KilobytesOrAPartOfThem() {
        // When: nothing in it, one whole unit, a byte more, and the largest there is
        meter.messageIn(0);
        meter.messageIn(32 * KILOBYTE);
        meter.messageOut(32 * KILOBYTE + 1);
        meter.messageOut(128 * KILOBYTE);

        // Then
        assertThat(meter.total().websocketMessages()).isEqualTo(1 + 1 + 2 + 4);
        assertThat(meter.total().bytesOut()).isEqualTo(160 * KILOBYTE + 1);
    }

    @Test
    void aRequestIsBilledByTheLargerOfItsBodies() {
        meter.httpRequest("GET", "GET /a", 200, Duration.ZERO, 0, 512 * KILOBYTE);
        meter.httpRequest("POST", "POST /a", 200, Duration.ZERO, 512 * KILOBYTE + 1, 10);
        meter.queueRequest("SendMessage", 64 * KILOBYTE);
        meter.queueRequest("ReceiveMessage", 64 * KILOBYTE + 1);

        assertThat(meter.total().httpRequests()).isEqualTo(1 + 2);
        assertThat(meter.total().queueRequests()).isEqualTo(1 + 2);
    }

    @Test
    void aFunctionIsBilledByItsMemoryAndForWholeMilliseconds() {
        // When: 1,769 MB for what rounds up to 2 ms, 1,024 MB for 3 ms, of which one did not answer
        meter.invoked("Fanout", Duration.ofNanos(1_000_001), true);
        meter.invoked("Heartbeat", Duration.ofMillis(3), false);

        // Then
        assertThat(meter.total().invocations()).isEqualTo(2);
        assertThat(meter.total().gigabyteSeconds()).isEqualTo((1_769 * 2 + 1_024 * 3) / 1024.0 / 1000.0, within(1e-12));
    }

    @Test
    void connectionMinutesAreThoseOfAllConnectionsTogether() {
        // Given one for a minute alone, then two for half a minute
        meter.connectionOpened();
        nanos += Duration.ofMinutes(1).toNanos();
        meter.connectionOpened();
        nanos += Duration.ofSeconds(30).toNanos();
        meter.connectionClosed();
        meter.connectionClosed();

        // When
        nanos += Duration.ofHours(1).toNanos();

        // Then
        assertThat(meter.total().connectionMinutes()).isEqualTo(2, within(1e-9));
    }

    @Test
    void eachPartCostsWhatTheListSaysFromTheFirstUnitOn() {
        // Given a million of each: the free tiers would swallow all of it
        Consumption used =
                new Consumption(1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000_000);
        PriceList prices = PriceList.load();

        // When
        Bill bill = Bill.of(used, prices);

        // Then
        Map<String, Double> expected = Map.of(
                "WebSocket messages", 1.0,
                "connection-minutes", 0.25,
                "HTTP requests", 1.0,
                "invocations", 0.2,
                "GB-seconds", 13.3334,
                "queue requests", 0.5,
                "GB to clients", 0.09);
        assertThat(bill.items())
                .hasSameSizeAs(expected.keySet())
                .allSatisfy(item ->
                        assertThat(item.usd()).as(item.what()).isEqualTo(expected.get(item.what()), within(1e-9)));
        assertThat(bill.total()).isEqualTo(16.3734, within(1e-9));
        assertThat(bill.line())
                .startsWith("$16.37 at list prices of us-east-1 of " + prices.date()
                        + ": 1,000,000 WebSocket messages $1.00, 1,000,000 connection-minutes $0.2500");
    }

    @Test
    void aRunIsWhatCameSinceItsBeginningUnlessTheSystemBeganAnew() {
        Consumption before = new Consumption(10, 1.5, 3, 4, 0.5, 6, 700);
        Consumption after = new Consumption(30, 2.0, 3, 5, 0.75, 9, 900);

        assertThat(after.since(before)).contains(new Consumption(20, 0.5, 0, 1, 0.25, 3, 200));
        assertThat(before.since(after)).isEmpty();
        assertThat(List.of(before.plus(Consumption.NOTHING))).containsExactly(before);
    }
}
