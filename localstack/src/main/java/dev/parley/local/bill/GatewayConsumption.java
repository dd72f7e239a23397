package dev.parley.local.bill;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What gateways that have a process of their own have metered. One that was started again counts from nothing; what it had when it
 * was last asked is kept. Thread-safe.
 */
final class GatewayConsumption {

    private final List<Gateway> gateways;
    private final BillClient client;

    private static final class Gateway {

        private final URI address;
        private Consumption before = Consumption.NOTHING;
        private Consumption last = Consumption.NOTHING;

        private Gateway(URI address) {
            this.address = address;
        }
    }

    /**
     * What all of them have metered.
     *
     * @param missing how many did not say: what they had when they were last asked is in it, and nothing since
     */
    record Metered(Consumption total, int missing) {}

    /** @param addresses where each is, without a slash at the end */
    GatewayConsumption(List<String> addresses, BillClient client) {
        gateways = addresses.stream()
                .map(address -> new Gateway(URI.create(address + BillPage.PATH)))
                .toList();
        this.client = client;
    }

    Metered ask() {
        List<CompletableFuture<Optional<Consumption>>> answers = new ArrayList<>();
        gateways.forEach(gateway -> answers.add(client.ask(gateway.address)));
        Consumption total = Consumption.NOTHING;
        int missing = 0;
        for (int i = 0; i < gateways.size(); i++) {
            Optional<Consumption> answer = answers.get(i).join();
            missing += answer.isPresent() ? 0 : 1;
            total = total.plus(note(gateways.get(i), answer));
        }
        return new Metered(total, missing);
    }

    private synchronized Consumption note(Gateway gateway, Optional<Consumption> answer) {
        answer.ifPresent(now -> {
            if (now.since(gateway.last).isEmpty()) {
                gateway.before = gateway.before.plus(gateway.last);
            }
            gateway.last = now;
        });
        return gateway.before.plus(gateway.last);
    }
}
