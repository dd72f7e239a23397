package dev.parley.local.command;

import dev.parley.local.bill.Bill;
import dev.parley.local.bill.BillClient;
import dev.parley.local.bill.Consumption;
import dev.parley.price.PriceList;
import java.time.Duration;
import java.util.Optional;

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

    /** The line that tells of it, or why nothing is known. */
    String line() {
        Optional<Consumption> after = client.ask(baseUrl);
        if (before.isEmpty() || after.isEmpty()) {
            return "cost: not known; " + baseUrl + " does not meter itself, as a local cloud does, or did not answer";
        }
        return after.get()
                .since(before.get())
                .map(used ->
                        "cost in the cloud: " + Bill.of(used, PriceList.load()).line())
                .orElse("cost: not known; the system was started again during the run");
    }

    @Override
    public void close() {
        client.close();
    }
}
