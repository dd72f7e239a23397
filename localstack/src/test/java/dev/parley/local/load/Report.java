package dev.parley.local.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a drill found: one table for people, one object for programs. One thread at a time. */
final class Report {

    private final String title;
    private final List<String> lines = new ArrayList<>();
    private final ObjectNode values = Json.object();

    Report(String title) {
        this.title = title;
    }

    /** A line that divides the table. */
    Report section(String name) {
        lines.add("");
        lines.add("  " + name);
        return this;
    }

    /** A whole number. */
    Report count(String key, String label, long value) {
        values.put(key, value);
        return line(label, String.format(Locale.ROOT, "%,d", value), "");
    }

    /** A number with one digit after the point. */
    Report number(String key, String label, double value, String unit) {
        values.put(key, Math.round(value * 1000) / 1000.0);
        return line(label, String.format(Locale.ROOT, "%,.1f", value), unit);
    }

    /** Words. */
    Report text(String key, String label, String value) {
        values.put(key, value);
        return line(label, value, "");
    }

    /** What should be none of. */
    Report broken(Violations violations) {
        section("promises broken").count("violations", "all", violations.total());
        for (Violations.Kind kind : Violations.Kind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT);
            count(name, name.replace('_', ' '), violations.count(kind));
        }
        return this;
    }

    private Report line(String label, String value, String unit) {
        lines.add(String.format(Locale.ROOT, "    %-38s %14s %s", label, value, unit)
                .stripTrailing());
        return this;
    }

    ObjectNode json() {
        return values;
    }

    @Override
    public String toString() {
        return title + "\n" + String.join("\n", lines) + "\n";
    }
}
