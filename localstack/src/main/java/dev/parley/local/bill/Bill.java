package dev.parley.local.bill;

import dev.parley.price.PriceList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a consumption costs at list prices. Free tiers are not applied. Left out is what is billed by the hour or the month whether
 * or not anybody comes (databases, cache, endpoints, alarms), and of what is billed by use that which is not metered on one
 * machine: log lines, the database's storage and its requests, files, the edge.
 *
 * @param items its parts, in the order of the services
 * @param region the Region of the prices
 * @param date the day of the prices
 */
public record Bill(List<Item> items, String region, String date) {

    private static final double GIGABYTE = 1e9;

    /**
     * A part of it.
     *
     * @param service the AWS service that bills it
     * @param what units, in the plural
     * @param quantity how many of them
     * @param usd US dollars for all of them
     */
    public record Item(String service, String what, double quantity, double usd) {}

    public Bill {
        items = List.copyOf(items);
    }

    /** The bill for a consumption. */
    public static Bill of(Consumption used, PriceList prices) {
        return new Bill(
                List.of(
                        item(prices, "API Gateway", "websocket-message", "WebSocket messages", (double)
                                used.websocketMessages()),
                        item(prices, "API Gateway", "websocket-minute", "connection-minutes", used.connectionMinutes()),
                        item(prices, "API Gateway", "http-request", "HTTP requests", (double) used.httpRequests()),
                        item(prices, "Lambda", "lambda-request", "invocations", (double) used.invocations()),
                        item(prices, "Lambda", "lambda-gb-second", "GB-seconds", used.gigabyteSeconds()),
                        item(prices, "SQS", "sqs-fifo-request", "queue requests", (double) used.queueRequests()),
                        item(prices, "Traffic", "traffic-out", "GB to clients", used.bytesOut() / GIGABYTE)),
                prices.region(),
                prices.date());
    }

    private static Item item(PriceList prices, String service, String price, String what, double quantity) {
        return new Item(service, what, quantity, prices.of(price, quantity));
    }

    /** US dollars. */
    public double total() {
        return items.stream().mapToDouble(Item::usd).sum();
    }

    /** All of it in one line, without what it is the bill of. */
    public String line() {
        return items.stream()
                .map(item -> number(item.quantity()) + " " + item.what() + " " + usd(item.usd()))
                .collect(Collectors.joining(
                        ", ",
                        usd(total()) + " at list prices of " + region + " of " + date + ": ",
                        "; functions timed on this machine; databases, cache, logs and all that is billed by the hour are not in it"
                                + " (./parley phases)"));
    }

    private static String number(double quantity) {
        if (quantity == Math.rint(quantity)) {
            return String.format(Locale.ROOT, "%,.0f", quantity);
        }
        return String.format(Locale.ROOT, quantity < 1 ? "%.4f" : "%,.1f", quantity);
    }

    private static String usd(double amount) {
        return String.format(Locale.ROOT, amount < 1 ? "$%.4f" : "$%,.2f", amount);
    }
}
