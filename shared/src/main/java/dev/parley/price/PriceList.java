package dev.parley.price;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * List prices of AWS in one Region on one day, in US dollars. They are what {@code prices.json} says, which names the source of
 * each; what works out a bill, before or after the fact, reads them here.
 *
 * @param region the Region that they are of
 * @param date the day that the list was made, as year-month-day
 * @param hoursPerMonth what a month is taken for
 * @param prices by key
 */
public record PriceList(String region, String date, int hoursPerMonth, Map<String, Price> prices) {

    /**
     * A price.
     *
     * @param usd US dollars for a unit
     * @param per the unit: something for an hour or a month, or a single thing
     * @param source where it is from
     * @param then what a unit costs from some quantity a month on, the smallest quantity first
     */
    public record Price(double usd, String per, String source, List<Step> then) {

        public Price {
            then = List.copyOf(then);
        }

        /** US dollars for a quantity, each part of it at the price of its step. */
        public double of(double quantity) {
            double sum = 0;
            double from = 0;
            double price = usd;
            for (Step step : then) {
                if (quantity <= step.above()) {
                    break;
                }
                sum += (step.above() - from) * price;
                from = step.above();
                price = step.usd();
            }
            return sum + (quantity - from) * price;
        }

        boolean hourly() {
            return per.endsWith("hour");
        }
    }

    /**
     * A price for what goes past a quantity.
     *
     * @param above units a month
     * @param usd US dollars for a unit past them
     */
    public record Step(double above, double usd) {}

    public PriceList {
        prices = Map.copyOf(prices);
    }

    /** The list that comes with the project. */
    public static PriceList load() {
        try (InputStream file = Objects.requireNonNull(PriceList.class.getResourceAsStream("prices.json"))) {
            JsonNode json = Json.parse(file.readAllBytes());
            Map<String, Price> prices = new LinkedHashMap<>();
            json.path("prices")
                    .properties()
                    .forEach(entry -> prices.put(
                            entry.getKey(),
                            new Price(
                                    entry.getValue().path("usd").asDouble(),
                                    entry.getValue().path("per").asText(),
                                    entry.getValue().path("source").asText(),
                                    steps(entry.getValue()))));
            return new PriceList(
                    json.path("region").asText(),
                    json.path("date").asText(),
                    json.path("hoursPerMonth").asInt(),
                    prices);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Step> steps(JsonNode price) {
        List<Step> steps = new ArrayList<>();
        price.path("then")
                .forEach(step -> steps.add(
                        new Step(step.path("above").asDouble(), step.path("usd").asDouble())));
        return steps;
    }

    /**
     * What a number of units costs a month: units that are billed by the hour are taken to run all of it.
     *
     * @throws UnknownPriceException if the list does not have it
     */
    public double monthly(String key, double quantity) {
        Price price = price(key);
        return price.of(quantity) * (price.hourly() ? hoursPerMonth : 1);
    }

    /**
     * What a number of units costs, each of which is billed by itself: a request, a message, a gigabyte.
     *
     * @throws UnknownPriceException if the list does not have it
     * @throws IllegalArgumentException if it is billed by the hour or the month, so that a number of units alone has no price
     */
    public double of(String key, double quantity) {
        Price price = price(key);
        if (price.hourly() || price.per().endsWith("month")) {
            throw new IllegalArgumentException(key + " is billed for a " + price.per());
        }
        return price.of(quantity);
    }

    private Price price(String key) {
        Price price = prices.get(key);
        if (price == null) {
            throw new UnknownPriceException(key);
        }
        return price;
    }
}
