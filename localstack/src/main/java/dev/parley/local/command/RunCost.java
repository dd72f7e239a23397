package dev.parley.local.command;

import dev.parley.local.bill.Bill;
import dev.parley.local.bill.BillClient;
import dev.parley.local.bill.Consumption;
import dev.parley.price.PriceList;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run would have cost in the cloud: what the system has metered at its end, less what it had at its beginning. */
final class RunCost implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String baseUrl;
    private final BillClient client = new BillClient(PATIENCE);
    private final Optional<Consumption> before;

    private RunCost(String baseUrl) {
        this.baseUrl = baseUrl;
        before = client.ask(baseUrl);
    }

    /** A run that begins now. */
    static RunCost begin(String baseUrl) {
        return new RunCost(baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl);
    }

    /**
     * What it came to.
     *
     * @param bill null if nothing is known
     * @param line tells of it, or why nothing is known
     */
    record Sum(@Nullable Bill bill, String line) {

        private static Sum unknown(String why) {
            return new Sum(null, "cost: not known; " + why);
        }
    }

    /** Asks the system what the run has used so far. */
    Sum sum() {
        Optional<Consumption> after = client.ask(baseUrl);
        if (before.isEmpty() || after.isEmpty()) {
            return Sum.unknown(baseUrl + " does not meter itself, as a local cloud does, or did not answer");
        }
        return after.get()
                .since(before.get())
                .map(used -> Bill.of(used, PriceList.load()))
                .map(bill -> new Sum(bill, "cost in the cloud: " + bill.line()))
                .orElseGet(() -> Sum.unknown("the system was started again during the run"));
    }

    @Override
    public void close() {
        client.close();
    }
}
