package dev.parley.infra.command;

import dev.parley.infra.phase.PhaseProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A phase's numbers in words, for tables. */
public record PhaseWords(PhaseProfile profile) {

    /** How many users it is for. */
    public String users() {
        return "to " + grouped(profile.users());
    }

    /** The sizes of the database clusters. */
    public String database() {
        int readers = profile.database().readers();
        int others = profile.content().clusters();
        return number(profile.database().minCapacity()) + " to "
                + number(profile.database().maxCapacity()) + " ACUs, "
                + (readers == 0 ? "writer only" : readers + " readers")
                + (others == 0
                        ? ""
                        : "; for content " + others + " more of "
                                + number(profile.content().minCapacity()) + " to "
                                + number(profile.content().maxCapacity()) + " ACUs, "
                                + counted(profile.content().readers(), "reader") + " each");
    }

    /** The cache's size. */
    public String cache() {
        return profile.cache().nodes() + " × " + profile.cache().nodeType();
    }

    /** How far functions grow. */
    public String functions() {
        return grouped(profile.functions().account()) + " at once";
    }

    /** How much is delivered. */
    public String posts() {
        return grouped(profile.gateway().postsPerSecond());
    }

    /** How many connections are open at once. */
    public String connections() {
        return grouped(profile.gateway().connections());
    }

    /** What it has that smaller phases have not. */
    public String extras() {
        List<String> extras = new ArrayList<>();
        if (profile.edge()) {
            extras.add("CloudFront and WAF");
        }
        if (profile.logSearch()) {
            extras.add("log search");
        }
        if (profile.secondRegion()) {
            extras.add("second Region");
        }
        return extras.isEmpty() ? "-" : String.join(", ", extras);
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static String grouped(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString(Math.round(value)) : Double.toString(value);
    }
}
