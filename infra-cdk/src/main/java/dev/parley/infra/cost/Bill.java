package dev.parley.infra.cost;

import dev.parley.price.PriceList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a deployment costs in a month: what it costs idle, and what its use adds.
 *
 * <p>Left out: ACUs of the database and nodes of the cache beyond the smallest size of the phase, files in S3 and their
 * traffic, the edge's and the log search's use, free tiers, taxes and discounts.
 *
 * @param items its parts, the most expensive ones first
 */
public record Bill(List<CostItem> items) {

    public Bill {
        items = List.copyOf(items);
    }

    /** The bill for a month's work in a deployment that costs so much idle. */
    public static Bill of(Work work, IdleCost idle, PriceList prices) {
        List<CostItem> items = new ArrayList<>();
        items.add(new CostItem("Idle", "databases, cache, alarms and the like", idle.total()));
        double messages = prices.monthly("websocket-message", work.websocketMessages());
        double share = work.websocketMessages() == 0 ? 0 : work.heartbeats() / work.websocketMessages();
        items.add(
                new CostItem("API Gateway", millions(work.heartbeats()) + " heartbeats and answers", messages * share));
        items.add(new CostItem(
                "API Gateway",
                millions(work.websocketMessages() - work.heartbeats()) + " other WebSocket messages",
                messages * (1 - share)));
        add(items, prices, "API Gateway", "websocket-minute", work.connectionMinutes(), "connection-minutes");
        add(items, prices, "API Gateway", "http-request", work.httpRequests(), "HTTP requests");
        add(items, prices, "Lambda", "lambda-request", work.invocations(), "invocations");
        add(items, prices, "Lambda", "lambda-gb-second", work.gigabyteSeconds(), "GB-seconds");
        add(items, prices, "SQS", "sqs-fifo-request", work.queueRequests(), "requests");
        add(items, prices, "Traffic", "traffic-out", work.gigabytesOut(), "GB to clients");
        add(items, prices, "CloudWatch", "log-ingestion", work.logGigabytes(), "GB of logs");
        add(items, prices, "Aurora", "aurora-io", work.storageRequests(), "storage requests");
        add(items, prices, "Aurora", "aurora-storage", work.newGigabytes(), "GB more, each month anew");
        items.sort(Comparator.comparingDouble(CostItem::monthly).reversed());
        return new Bill(items);
    }

    /** US dollars a month. */
    public double total() {
        return items.stream().mapToDouble(CostItem::monthly).sum();
    }

    private static void add(
            List<CostItem> items, PriceList prices, String service, String price, double quantity, String what) {
        String amount = what.startsWith("GB ") ? String.format(Locale.ROOT, "%,.1f", quantity) : millions(quantity);
        items.add(new CostItem(service, amount + " " + what, prices.monthly(price, quantity)));
    }

    private static String millions(double quantity) {
        return String.format(Locale.ROOT, "%,.1f M", quantity / 1e6);
    }
}
