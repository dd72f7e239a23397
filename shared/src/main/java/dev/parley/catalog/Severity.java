package dev.parley.catalog;

/** How bad it is: a warning is for working hours, something critical wakes somebody. */
public enum Severity {
    WARNING("Warning"),
    CRITICAL("Critical");

    private final String title;

    Severity(String title) {
        this.title = title;
    }

    /** The name in names of alerts, in CamelCase. */
    public String title() {
        return title;
    }
}
