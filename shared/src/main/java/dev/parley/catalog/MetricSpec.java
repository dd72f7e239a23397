package dev.parley.catalog;

/**
 * One metric of the system itself, which the functions write in CloudWatch's embedded metric format.
 *
 * @param name the metric's name in its namespace, in CamelCase
 * @param unit what it is counted in
 * @param kind what its values are, and so how they are put together
 * @param description what it counts, for people
 */
public record MetricSpec(String name, Unit unit, Kind kind, String description) {

    /** A unit that CloudWatch knows. */
    public enum Unit {
        COUNT("Count"),
        MILLISECONDS("Milliseconds"),
        SECONDS("Seconds");

        private final String title;

        Unit(String title) {
            this.title = title;
        }

        /** The name that CloudWatch has for it (CloudWatch API reference, {@code MetricDatum}). */
        public String title() {
            return title;
        }
    }

    /** What the values of a metric are. */
    public enum Kind {
        /** Things that happened since the last value; values add up, whoever wrote them. */
        COUNT,
        /** The state of the whole deployment, written once a minute by one function; the maximum of a minute counts. */
        GAUGE,
        /** One value for each thing that happened; percentiles count. */
        DISTRIBUTION
    }
}
