package dev.parley.local.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.bench.Count.Kind;
import dev.parley.protocol.Json;
import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Prints what a message, an IDENTIFY, a RESUME and a heartbeat take; {@link CountsRun} says how that is counted. */
final class CountsBench {

    private static final int NAME = 58;

    private final CountsOptions options;
    private final CountsResult result;
    private final PrintStream out;

    private CountsBench(CountsOptions options, CountsResult result, PrintStream out) {
        this.options = options;
        this.result = result;
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        CountsOptions options;
        try {
            options = CountsOptions.of(args);
        } catch (IllegalArgumentException e) {
            System.err.println("bench counts: " + e.getMessage());
            System.exit(2);
            return;
        }
        CountsResult result = CountsRun.count(options, System.err::println);
        CountsBench bench = new CountsBench(options, result, System.out);
        if (options.json()) {
            System.out.println(Json.text(bench.json()));
        } else {
            bench.print();
        }
    }

    private void print() {
        out.printf(
                Locale.ROOT,
                "%,d messages to %d and then to %d sessions, %,d operations of each kind; without what comes by itself%n",
                options.messages(),
                options.few(),
                options.many(),
                options.operations());
        heading("a message", "to " + options.few(), "to " + options.many(), "fixed", "+ each delivery");
        table(List.of(result.few(), result.many()), values -> new double[] {
            values[0], values[1], result.eachMessage(values[0], values[1]), result.eachDelivery(values[0], values[1])
        });
        heading("an operation", result.operations().keySet().toArray(String[]::new));
        table(result.operations().values(), values -> values);
        heading("what comes by itself", "a minute");
        table(List.of(result.quiet()), values -> values);
    }

    private interface Columns {

        double[] of(double[] values);
    }

    private void heading(String name, String... columns) {
        out.printf(Locale.ROOT, "%n%-" + NAME + "s", name);
        for (String column : columns) {
            out.printf(Locale.ROOT, " %15s", column);
        }
        out.println();
    }

    private void table(Collection<Counts> counts, Columns columns) {
        for (Kind kind : Kind.values()) {
            double[] all = counts.stream().mapToDouble(each -> each.of(kind)).toArray();
            row(kind.title(), columns.of(all));
            if (kind == Kind.REDIS_INSIDE) {
                continue; // which ones is in the object
            }
            SortedSet<Count> rows = new TreeSet<>();
            counts.forEach(each -> rows.addAll(each.times().keySet()));
            rows.stream()
                    .filter(count -> count.kind() == kind)
                    .forEach(count -> row(
                            "  " + count.who() + ": " + count.name(),
                            columns.of(counts.stream()
                                    .mapToDouble(each -> each.of(count))
                                    .toArray())));
        }
    }

    private void row(String name, double[] values) {
        StringBuilder row = new StringBuilder(
                String.format(Locale.ROOT, "%-" + NAME + "s", name.length() > NAME ? name.substring(0, NAME) : name));
        boolean shown = false;
        for (double value : values) {
            shown |= Math.abs(value) >= 0.005;
            row.append(String.format(
                    Locale.ROOT, " %15s", Math.abs(value) < 0.005 ? "-" : String.format(Locale.ROOT, "%.2f", value)));
        }
        if (shown) {
            out.println(row);
        }
    }

    private ObjectNode json() {
        ObjectNode json = Json.object()
                .put("messages", options.messages())
                .put("few_listeners", options.few())
                .put("many_listeners", options.many())
                .put("operations", options.operations());
        put(json.putObject("message_to_few"), result.few());
        put(json.putObject("message_to_many"), result.many());
        ObjectNode operations = json.putObject("operation");
        result.operations().forEach((name, counts) -> put(operations.putObject(name.toLowerCase(Locale.ROOT)), counts));
        put(json.putObject("by_itself_a_minute"), result.quiet());
        return json;
    }

    private static void put(ObjectNode into, Counts counts) {
        for (Map.Entry<Count, Double> entry : counts.times().entrySet()) {
            String kind = entry.getKey().kind().name().toLowerCase(Locale.ROOT);
            String name = entry.getKey().who() + ": " + entry.getKey().name();
            into.withObject("/" + kind).put(name, Math.round(entry.getValue() * 100) / 100.0);
        }
    }
}
