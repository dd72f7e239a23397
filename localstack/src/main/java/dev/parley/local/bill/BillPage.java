package dev.parley.local.bill;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.apigateway.LocalAnswer;
import dev.parley.price.PriceList;
import dev.parley.protocol.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The bill so far: what this system would have cost in the cloud since its start, with its other gateways. Thread-safe. */
public final class BillPage implements AutoCloseable {

    /** Where it is shown. */
    public static final String PATH = "/_parley/bill";

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ConsumptionMeter own;
    private final PriceList prices;
    private final Instant since;
    private final BillClient client = new BillClient(PATIENCE);
    private final GatewayConsumption gateways;

    /**
     * The bill of one system.
     *
     * @param own what this process meters
     * @param gateways the addresses of the gateways that have a process of their own, without a slash at the end
     * @param since when it began
     */
    public BillPage(ConsumptionMeter own, List<String> gateways, PriceList prices, Instant since) {
        this.own = own;
        this.prices = prices;
        this.since = since;
        this.gateways = new GatewayConsumption(gateways, client);
    }

    /** Answers a request to {@link #PATH}. */
    public LocalAnswer answer(String method, byte[] body) {
        return method.equals("GET") ? new LocalAnswer(200, Json.bytes(json())) : LocalAnswer.empty(405);
    }

    @Override
    public void close() {
        client.close();
    }

    private ObjectNode json() {
        GatewayConsumption.Metered others = gateways.ask();
        Consumption used = own.total().plus(others.total());
        Bill bill = Bill.of(used, prices);
        ObjectNode json = Json.object()
                .put("since", since.toString())
                .put("region", bill.region())
                .put("prices", bill.date())
                .put("usd", bill.total())
                .put("gateways_missing", others.missing());
        ArrayNode items = json.putArray("items");
        for (Bill.Item item : bill.items()) {
            items.addObject()
                    .put("service", item.service())
                    .put("what", item.what())
                    .put("quantity", item.quantity())
                    .put("usd", item.usd());
        }
        json.set("consumption", Json.parse(Json.bytes(used)));
        return json;
    }
}
