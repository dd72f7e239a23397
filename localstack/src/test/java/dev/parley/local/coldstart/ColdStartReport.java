package dev.parley.local.coldstart;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;

/**
 * What was measured, for people and for programs.
 *
 * @param loadBefore processes that wanted a processor, in the minute before
 * @param loadAfter the same at the end; it counts what was measured too
 */
record ColdStartReport(
        TaskFolder parley, List<Measured> functions, int rounds, double loadBefore, double loadAfter, boolean late) {

    private static final double KIB_PER_MIB = 1024;

    /** Tables. */
    String text() {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        out.printf(
                Locale.ROOT,
                "Medians of %d rounds, ms; %s %s, %d processors, load average %.1f before and %.1f after%n%n",
                rounds,
                System.getProperty("java.vm.name"),
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                loadBefore,
                loadAfter);
        out.printf(Locale.ROOT, "%-28s %18s   %36s%n", "", "on demand", "with a snapshot, from the restore on");
        out.printf(
                Locale.ROOT,
                "%-28s %9s %8s   %9s %8s %8s %8s %9s%n",
                "",
                "init",
                "first",
                "init",
                "ready",
                "first",
                "warm",
                "x hello");
        for (Measured one : functions) {
            out.printf(
                    Locale.ROOT,
                    "%-28s %9s %8s   %9s %8s %8s %8s %9s%n",
                    one.function().name(),
                    cell(one.median(Start.ON_DEMAND, Timing::init)),
                    cell(one.median(Start.ON_DEMAND, Timing::first)),
                    cell(one.median(Start.SNAP_START, Timing::init)),
                    cell(one.median(Start.SNAP_START, Timing::ready)),
                    cell(one.median(Start.SNAP_START, Timing::first)),
                    cell(one.median(Start.SNAP_START, Timing::warm)),
                    cell(ratio(one)));
        }
        out.printf(
                Locale.ROOT,
                "%n%-28s %18s   %18s   %29s%n",
                "",
                "classes, on demand",
                "with a snapshot",
                "at the snapshot, MiB");
        out.printf(
                Locale.ROOT,
                "%-28s %9s %8s   %9s %8s   %9s %9s %9s%n",
                "",
                "init",
                "+ first",
                "snapshot",
                "+ first",
                "heap",
                "metaspace",
                "resident");
        for (Measured one : functions) {
            Census onDemand = one.census(Start.ON_DEMAND);
            Census snapshot = one.census(Start.SNAP_START);
            out.printf(
                    Locale.ROOT,
                    "%-28s %9d %8d   %9d %8d   %9.1f %9.1f %9.1f%n",
                    one.function().name(),
                    onDemand.classes(),
                    onDemand.late().size(),
                    snapshot.classes(),
                    snapshot.late().size(),
                    snapshot.memory().heapKib() / KIB_PER_MIB,
                    snapshot.memory().metaspaceKib() / KIB_PER_MIB,
                    snapshot.memory().residentKib() / KIB_PER_MIB);
        }
        if (late) {
            for (Measured one : functions) {
                out.printf(
                        Locale.ROOT,
                        "%nLoaded after the snapshot by %s:%n",
                        one.function().name());
                one.census(Start.SNAP_START).late().forEach(name -> out.printf(Locale.ROOT, "  %s%n", name));
            }
        }
        if (parley.packageBytes() > 0) {
            out.printf(
                    Locale.ROOT,
                    "%nThe package, one for all functions: %.2f MB, %d jars; %s 30 MB%n",
                    parley.packageBytes() / 1e6,
                    parley.jars(),
                    parley.packageBytes() <= TaskFolder.MOST_PACKAGE_BYTES ? "under" : "over");
        }
        return text.toString();
    }

    /** The same, with each round. */
    ObjectNode json() {
        ObjectNode report = Json.object();
        report.put("rounds", rounds);
        report.put("java", System.getProperty("java.version"));
        report.put("processors", Runtime.getRuntime().availableProcessors());
        report.put("load_before", round(loadBefore)).put("load_after", round(loadAfter));
        report.put("package_bytes", parley.packageBytes());
        report.put("package_under_30_mb", parley.packageBytes() <= TaskFolder.MOST_PACKAGE_BYTES);
        report.put("package_jars", parley.jars());
        ArrayNode list = report.putArray("functions");
        for (Measured one : functions) {
            ObjectNode function = list.addObject();
            function.put("name", one.function().name());
            function.put("memory_mb", one.function().memoryMb());
            for (Start start : Start.values()) {
                ObjectNode node = function.putObject(start.initializationType().replace('-', '_'));
                ArrayNode times = node.putArray("rounds");
                one.timings().get(start).forEach(timing -> times.add(json(timing)));
                node.set(
                        "median_ms",
                        json(new Timing(
                                one.median(start, Timing::init),
                                one.median(start, Timing::ready),
                                one.median(start, Timing::first),
                                one.median(start, Timing::warm))));
                Census census = one.census(start);
                node.put("classes", census.classes());
                node.put("classes_until_first_answer", census.late().size());
                if (late) {
                    ArrayNode names = node.putArray("late_classes");
                    census.late().forEach(names::add);
                }
                node.put("heap_kib", census.memory().heapKib());
                node.put("metaspace_kib", census.memory().metaspaceKib());
                node.put("resident_kib", census.memory().residentKib());
            }
            put(function, "first_answer_times_hello", ratio(one));
        }
        return report;
    }

    private static ObjectNode json(Timing timing) {
        ObjectNode node = Json.object();
        put(node, "init_ms", timing.init());
        put(node, "ready_ms", timing.ready());
        put(node, "first_ms", timing.first());
        put(node, "warm_ms", timing.warm());
        return node;
    }

    /** The first answer after a restore, as a multiple of hello-world's in the same round; the median of the rounds. */
    private double ratio(Measured one) {
        List<Timing> hello = functions.stream()
                .filter(other -> other.function().equals(ColdStarts.HELLO))
                .findFirst()
                .map(other -> other.timings().get(Start.SNAP_START))
                .orElse(List.of());
        List<Timing> mine = one.timings().get(Start.SNAP_START);
        double[] ratios = new double[Math.min(hello.size(), mine.size())];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = mine.get(i).first() / hello.get(i).first();
        }
        return ratios.length == 0 ? Double.NaN : Measured.median(ratios);
    }

    private static void put(ObjectNode node, String name, double value) {
        if (!Double.isNaN(value)) {
            node.put(name, round(value));
        }
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static String cell(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
    }
}
