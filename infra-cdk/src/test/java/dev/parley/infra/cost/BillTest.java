package dev.parley.infra.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.price.PriceList;
import dev.parley.price.PriceList.Price;
import dev.parley.price.PriceList.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class BillTest {

    private static final int HOURS = 730;
    private static final IdleCost NOTHING = new IdleCost(List.of());
    private static final PriceList PRICES = PriceList.load();

    /** Nobody says anything: 1,000 sessions are there, and that is all. */
    private static final Usage SILENT = Usage.of(10_000).withMessages(0).withHeartbeat(Usage.SHORT_HEARTBEAT_S);

    @Test
    void eachPartOfAQuantityCostsWhatItsStepDoes() {
        Price price = new Price(1, "thing", "here", List.of(new Step(10, 0.5), new Step(30, 0.1)));

        assertThat(price.of(0)).isZero();
        assertThat(price.of(10)).isEqualTo(10);
        assertThat(price.of(12)).isEqualTo(11);
        assertThat(price.of(130)).isEqualTo(10 + 10 + 10, within(1e-9));
    }

    @Test
    void aHeartbeatIsTwoMessagesAndMoreOftenCostsMore() {
        // Given 1,000 sessions for 730 hours, of which each sends one in 41.25 s
        Work work = Work.of(SILENT, HOURS);

        // Then
        assertThat(work.connections()).isEqualTo(1_000);
        assertThat(work.heartbeats()).isEqualTo(2L * 1_000 * 730 * 3_600 / 41.25, within(1.0));
        assertThat(total(SILENT)).isGreaterThan(total(SILENT.withHeartbeat(Usage.USUAL_HEARTBEAT_S)));
    }

    @Test
    void heartbeatsOfAHundredThousandSessionsCostWhatAwsFactsSay() {
        // Some $10,000 a month for 100,000 connections at 41.25 s, by API Gateway alone
        Usage many = Usage.of(1_000_000).withMessages(0).withHeartbeat(Usage.SHORT_HEARTBEAT_S);

        assertThat(part(many, "heartbeats")).isBetween(9_000.0, 13_000.0);
    }

    @Test
    void aMessageIsDeliveredToEachReceiverAndSoIsWhatHappensBesideIt() {
        Usage usage = Usage.of(1_000);

        Work work = Work.of(usage, HOURS);

        double messages = 1_000 * 20 * HOURS / 24.0;
        assertThat(work.messagesPerSecond() * HOURS * 3_600).isEqualTo(messages, within(1.0));
        assertThat(work.deliveriesPerSecond() * HOURS * 3_600).isEqualTo(messages * 60, within(10.0));
        assertThat(work.queueRequests()).isEqualTo(messages * 2 * 3, within(1.0));
    }

    @Test
    void heartbeatsThatApiGatewayAnswersCostNoFunction() {
        Work answered = Work.of(SILENT, HOURS);
        Work mocked = Work.of(SILENT.withMockHeartbeats(true), HOURS);

        assertThat(answered.invocations() - mocked.invocations()).isEqualTo(answered.heartbeats() / 2, within(1.0));
        assertThat(mocked.websocketMessages()).isEqualTo(answered.websocketMessages());
    }

    @Test
    void everyLeverButTheShortHeartbeatSaves() {
        Usage usage = Usage.of(100_000);

        for (Lever lever : Lever.of(usage)) {
            if (lever.usage().heartbeatSeconds() < usage.heartbeatSeconds()) {
                assertThat(total(lever.usage())).as(lever.what()).isGreaterThan(total(usage));
            } else {
                assertThat(total(lever.usage())).as(lever.what()).isLessThan(total(usage));
            }
        }
    }

    @Test
    void usageThatNobodyHasIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Usage.of(0));
        assertThrows(IllegalArgumentException.class, () -> Usage.of(1).withOnline(1.5));
        assertThrows(IllegalArgumentException.class, () -> Usage.of(1).withOnline(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Usage.of(1).withHeartbeat(0));
    }

    private static double total(Usage usage) {
        return Bill.of(Work.of(usage, HOURS), NOTHING, PRICES).total();
    }

    private static double part(Usage usage, String what) {
        return Bill.of(Work.of(usage, HOURS), NOTHING, PRICES).items().stream()
                .filter(item -> item.what().contains(what))
                .mapToDouble(CostItem::monthly)
                .sum();
    }
}
